/** How the transfer decides and when it stops: match rule, blanks, limits, removals, time zone. */
import {
  ActionIcon,
  Alert,
  Button,
  Group,
  NumberInput,
  Radio,
  Select,
  Stack,
  Table,
  Text,
} from "@mantine/core";
import { formatSegment } from "@fieldbridge/formula";
import type { Match, TransferDefinition } from "@fieldbridge/model";
import { Trash2 } from "lucide-react";
import { useMemo } from "react";
import { IssueText, Panel } from "../../kit/index.ts";
import { useLive, useTransferContext } from "../data/use-transfer-context.ts";
import { FormulaField } from "../formula-editor/formula-field.tsx";
import { toVocabulary } from "../formula-editor/vocabulary.ts";
import { sampleText, useSamples } from "../samples/use-samples.ts";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";
import { isKeyUnique, proposeKeys } from "./match-keys.ts";
import classes from "../studio-page.module.css";

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
const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

export function BehaviourTab() {
  return (
    <div className={classes.form}>
      <Stack gap="md" maw={1000} mx="auto">
        <MatchPanel />
        <BlankPanel />
        <LimitsPanel />
      </Stack>
    </div>
  );
}

function MatchPanel() {
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
              <Table verticalSpacing={6} aria-label="Match key">
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th w="36%">Target field</Table.Th>
                    <Table.Th>equals</Table.Th>
                    <Table.Td w={48} />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {Object.entries(keys).map(([name, formula]) => (
                    <Table.Tr key={name} style={{ verticalAlign: "top" }}>
                      <Table.Td>
                        <Text size="sm">
                          {target?.fields.find((field) => field.name === name)?.label ?? name}
                        </Text>
                        <Text size="xs" c="dimmed" className="fb-mono">
                          {name}
                        </Text>
                      </Table.Td>
                      <Table.Td>
                        <FormulaField
                          label={`Key ${name} equals`}
                          labelHidden
                          value={formula}
                          placeholder="Source field or formula"
                          vocabulary={vocabulary}
                          check={(text) => live.check(text, null).issues}
                          evaluate={(text) => live.evaluate(text, record, null, null)}
                          onApply={(text) => setKey(name, text)}
                        />
                      </Table.Td>
                      <Table.Td>
                        <ActionIcon
                          variant="subtle"
                          color="gray"
                          size={32}
                          aria-label={`Remove ${name} from the key`}
                          onClick={() => setKey(name, null)}
                        >
                          <Trash2 size={16} aria-hidden />
                        </ActionIcon>
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
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

/** Mappings that do something else with a blank than leaving the field alone. */
function BlankPanel() {
  const { goTo } = useStudio();
  const definition = useDefinition();
  const words = {
    leave: "leave",
    clear: "clear the field",
    default: "use the default",
    hold: "hold the record",
  };
  const special = Object.entries(definition.mappings).filter(
    ([, mapping]) => (mapping.whenBlank ?? "leave") !== "leave",
  );
  return (
    <Panel title="Blank values">
      <Text size="sm" mb="xs">
        A blank result leaves the target field alone.{" "}
        {special.length === 0 ? "No mapping has another rule." : "These mappings have another rule:"}
      </Text>
      {special.length === 0 ? null : (
        <Table verticalSpacing={4} aria-label="Blank rules">
          <Table.Tbody>
            {special.map(([field, mapping]) => (
              <Table.Tr key={field}>
                <Table.Td>{field}</Table.Td>
                <Table.Td>
                  {words[mapping.whenBlank ?? "leave"]}
                  {mapping.whenBlank === "default" ? ` ${mapping.default ?? ""}` : ""}
                </Table.Td>
                <Table.Td ta="end">
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    aria-label={`Show mapping ${field}`}
                    onClick={() => goTo({ tab: "map", scope: null, target: field })}
                  >
                    Show
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}

function LimitsPanel() {
  const definition = useDefinition();
  const apply = useApply();
  const limits = definition.limits ?? {};
  const setLimit =
    (key: keyof NonNullable<TransferDefinition["limits"]>, name: string) => (value: string | number) => {
      const { [key]: _before, ...rest } = limits;
      const next = typeof value === "number" && value >= 1 ? { ...rest, [key]: Math.round(value) } : rest;
      apply(name, [{ type: "set-limits", limits: Object.keys(next).length === 0 ? null : next }], {
        mergeKey: key,
      });
    };
  const mode = definition.removals?.mode ?? "ignore";
  return (
    <Panel title="Limits and time">
      <Stack gap="md">
        <Group grow align="flex-start">
          <NumberInput
            label="Stop after failures"
            description="Empty means never; records not tried are read by the next run"
            min={1}
            max={1_000_000}
            allowDecimal={false}
            value={limits.stopAfterFailures ?? ""}
            onChange={setLimit("stopAfterFailures", "Stop rule")}
          />
          <NumberInput
            label="Records per batch"
            description="Empty means what the target system allows"
            min={1}
            max={2_000}
            allowDecimal={false}
            value={limits.batchSize ?? ""}
            onChange={setLimit("batchSize", "Batch size")}
          />
        </Group>
        <Select
          label="Time zone"
          description="In which dates are taken from instants, by TODAY(), TODATE() and YEAR()"
          searchable
          limit={80}
          allowDeselect={false}
          data={zones}
          value={definition.timeZone ?? "UTC"}
          onChange={(zone) =>
            apply("Time zone", [{ type: "set-time-zone", timeZone: zone === "UTC" ? null : zone }])
          }
        />
        <Select
          label="When a source record is deleted"
          allowDeselect={false}
          value={mode}
          data={[
            { value: "ignore", label: "Ignore it" },
            { value: "flag", label: "Mark the target record" },
            { value: "delete", label: "Delete the target record" },
          ]}
          onChange={(value) => {
            if (value === "ignore") apply("Removals", [{ type: "set-removals", removals: null }]);
            if (value === "flag" || value === "delete")
              apply("Removals", [{ type: "set-removals", removals: { mode: value } }]);
          }}
        />
        {mode === "delete" ? (
          <Alert color="yellow" variant="light" title="Records are deleted in the target">
            Only records this transfer has matched itself are ever deleted.
          </Alert>
        ) : null}
      </Stack>
    </Panel>
  );
}
