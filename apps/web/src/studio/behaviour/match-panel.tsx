/** The match rule: by which key or link the existing target record is found, and what happens then. */
import { Button, Group, Radio, Select, Stack, Text } from "@mantine/core";
import { formatSegment } from "@fieldbridge/formula";
import type { Match } from "@fieldbridge/model";
import { useMemo } from "react";
import { IssueText, Panel } from "../../kit/index.ts";
import { useLive, useTransferContext } from "../data/use-transfer-context.ts";
import { FieldFormulas } from "../formula-editor/field-formulas.tsx";
import { toVocabulary } from "../formula-editor/vocabulary.ts";
import { sampleText, useSamples } from "../samples/use-samples.ts";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";
import { isKeyUnique, proposeKeys } from "./match-keys.ts";

const nothingOpen: ReadonlySet<string> = new Set();

const foundRules = [
  { value: "update", label: "Update it" },
  { value: "skip", label: "Skip the record" },
  { value: "fail", label: "Hold the record" },
] as const;
const missingRules = [
  { value: "create", label: "Create it" },
  { value: "skip", label: "Skip the record" },
  { value: "fail", label: "Hold the record" },
] as const;
export function MatchPanel() {
  const { schemas, issues, session } = useStudio();
  const definition = useDefinition();
  const apply = useApply();
  const context = useTransferContext(definition, schemas);
  const { live, scope } = useLive(context, definition, "mappings", null);
  const samples = useSamples(definition, schemas.source, nothingOpen, session.read);
  const record = samples.records[0]?.row ?? null;
  const vocabulary = useMemo(
    () => toVocabulary(scope, (path) => sampleText(record, null, path), formatSegment),
    [scope, record],
  );
  const { match } = definition;
  const target = context.target;
  const own = issues.filter((each) => each.path === "match" || each.path.startsWith("match."));
  const save = (name: string, next: Match) => apply(name, [{ type: "set-match", match: next }]);
  const rules =
    match && match.by !== "never"
      ? { found: match.found, missing: match.missing }
      : { found: "update" as const, missing: "create" as const };
  const keys = match?.by === "keys" ? match.keys : {};
  const proposed = Object.keys(keys).length === 0 ? proposeKeys(definition, target ?? undefined) : null;
  const choose = (by: string) => {
    if (by === "keys") save("Match by key", { by: "keys", keys, ...rules });
    else if (by === "link") save("Match by link", { by: "link", ...rules });
    else save("Never match", { by: "never" });
  };
  const setKey = (field: string, formula: string | null) => {
    const { [field]: _before, ...rest } = keys;
    save(`Match key ${field}`, {
      by: "keys",
      keys: formula === null ? rest : { ...rest, [field]: formula },
      ...rules,
    });
  };
  const unique = match?.by === "keys" ? isKeyUnique(Object.values(keys), samples.records, live) : null;
  return (
    <Panel title="Match: how the existing record in the target is found">
      <Stack gap="md">
        <Radio.Group label="Find it" value={match?.by ?? ""} onChange={choose}>
          <Stack gap={6} mt={6}>
            <Radio value="keys" label="by a key: one or several target fields equal values of the source" />
            <Radio value="link" label="by the remembered link from an earlier run only" />
            <Radio value="never" label="never: every record is created once and not touched again" />
          </Stack>
        </Radio.Group>
        {match?.by === "keys" || match === undefined ? (
          <>
            {proposed ? (
              <Group gap="sm">
                <Text size="sm">
                  Suggested key: <b>{proposed.label}</b> = <code>{proposed.formula}</code>
                </Text>
                <Button
                  size="compact-sm"
                  variant="light"
                  onClick={() => setKey(proposed.field, proposed.formula)}
                >
                  Use suggested key
                </Button>
              </Group>
            ) : null}
            {Object.keys(keys).length > 0 ? (
              <FieldFormulas
                label="Match key"
                fieldHeader="Target field"
                formulaHeader="equals"
                formulas={keys}
                labelOf={(name) => target?.fields.find((field) => field.name === name)?.label}
                formulaLabel={(name) => `Key ${name} equals`}
                removeLabel={(name) => `Remove ${name} from the key`}
                placeholder="Source field or formula"
                vocabulary={vocabulary}
                check={(_name, text) => live.check(text, null).issues}
                evaluate={(text) => live.evaluate(text, record, null, null)}
                onChange={setKey}
                onRemove={(name) => setKey(name, null)}
              />
            ) : null}
            <Select
              aria-label="Add a key field"
              placeholder="Add a key field…"
              maw={420}
              searchable
              limit={100}
              value={null}
              data={(target?.fields ?? [])
                .filter((field) => field.filterable && !(field.name in keys))
                .map((field) => ({
                  value: field.name,
                  label: field.unique ? `${field.label} (unique)` : field.label,
                }))}
              onChange={(name) => {
                if (name !== null) setKey(name, definition.mappings[name]?.value ?? "");
              }}
            />
            {unique ? (
              <Text
                size="sm"
                c={unique.unique === unique.of ? "dimmed" : "var(--mantine-color-error)"}
                role="status"
              >
                The key is unique in {unique.unique} of {unique.of} sample records.
              </Text>
            ) : null}
          </>
        ) : null}
        {match && match.by !== "never" ? (
          <Group grow align="flex-start">
            <Select
              label="When it is found"
              data={[...foundRules]}
              allowDeselect={false}
              value={match.found}
              onChange={(value) => {
                const found = foundRules.find((each) => each.value === value)?.value;
                if (found) save("Rule for found records", { ...match, found });
              }}
            />
            <Select
              label="When it is not found"
              data={[...missingRules]}
              allowDeselect={false}
              value={match.missing}
              onChange={(value) => {
                const missing = missingRules.find((each) => each.value === value)?.value;
                if (missing) save("Rule for missing records", { ...match, missing });
              }}
            />
          </Group>
        ) : null}
        {own.map((issue) => (
          <IssueText key={`${issue.code}${issue.path}${issue.message}`} issue={issue} />
        ))}
      </Stack>
    </Panel>
  );
}
