/** What is written to the source after the target answered: field ← formula, when, and on which record. */
import { Button, Group, MultiSelect, Select, Stack, Text } from "@mantine/core";
import { formatSegment } from "@fieldbridge/formula";
import type { ObjectSchema, WriteBack } from "@fieldbridge/model";
import { Plus, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { EmptyState, IssueText, Panel } from "../../kit/index.ts";
import { useLive, useTransferContext } from "../data/use-transfer-context.ts";
import { FieldFormulas } from "../formula-editor/field-formulas.tsx";
import { toVocabulary } from "../formula-editor/vocabulary.ts";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";
import { proposeWriteBacks } from "./propose-write-backs.ts";
import classes from "../studio-page.module.css";

type Moment = WriteBack["on"][number];

const moments: { value: Moment; label: string }[] = [
  { value: "created", label: "after create" },
  { value: "updated", label: "after update" },
  { value: "unchanged", label: "when nothing changed" },
  { value: "failed", label: "after a failure" },
];

const isMoment = (value: string): value is Moment => moments.some((each) => each.value === value);

const writable = (schema: ObjectSchema | undefined) =>
  (schema?.fields ?? [])
    .filter((field) => field.updatable)
    .map((field) => ({
      value: field.name,
      label: field.label === field.name ? field.name : `${field.label} (${field.name})`,
    }));

export function WriteBackTab() {
  const { schemas, issues } = useStudio();
  const definition = useDefinition();
  const apply = useApply();
  const context = useTransferContext(definition, schemas);
  const { live, scope } = useLive(context, definition, "write-back", null);
  const vocabulary = useMemo(() => toVocabulary(scope, () => null, formatSegment), [scope]);
  const list = definition.writeBacks ?? [];
  const source = schemas.source[definition.source.object];
  const proposal = list.length === 0 ? proposeWriteBacks(source, context.target ?? undefined) : [];
  const save = (name: string, writeBacks: readonly WriteBack[]) =>
    apply(name, [{ type: "set-write-backs", writeBacks: [...writeBacks] }]);
  const change = (index: number, name: string, next: WriteBack | null) =>
    save(name, next === null ? list.filter((_, at) => at !== index) : list.with(index, next));
  return (
    <div className={classes.form}>
      <Stack gap="md" maw={1280} mx="auto">
        <Text c="dimmed" size="sm">
          After the target has answered, these values are written to the source: the number it gave, a status,
          or why it failed. A failed write-back never hides that the target has the record; it is tried again
          by itself.
        </Text>
        {list.length === 0 ? (
          <Panel>
            <EmptyState
              title="Nothing is written back"
              action={
                proposal.length > 0 ? (
                  <Button onClick={() => save("Accept proposed write-backs", proposal)}>
                    Accept proposal: {proposal.map((each) => Object.keys(each.values).join(", ")).join("; ")}
                  </Button>
                ) : (
                  <Button
                    leftSection={<Plus size={16} aria-hidden />}
                    onClick={() => save("Add write-back", [{ on: ["created", "updated"], values: {} }])}
                  >
                    Add write-back
                  </Button>
                )
              }
            >
              Write the target's number back to the source to find the record again and to see that it went
              out.
            </EmptyState>
          </Panel>
        ) : null}
        {list.map((writeBack, index) => {
          const relation = source?.relations.find((each) => each.name === writeBack.to);
          const object = writeBack.to === undefined ? source : relation && schemas.source[relation.object];
          const fields = writable(object);
          const own = issues.filter((each) => each.path.startsWith(`writeBacks.${index}`));
          return (
            <Panel
              key={index}
              title={`Write-back ${index + 1}`}
              actions={
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="gray"
                  leftSection={<Trash2 size={14} aria-hidden />}
                  onClick={() => change(index, `Remove write-back ${index + 1}`, null)}
                >
                  Remove
                </Button>
              }
            >
              <Stack gap="md">
                <Group align="flex-start" grow preventGrowOverflow={false}>
                  <MultiSelect
                    label="When"
                    data={moments}
                    value={writeBack.on}
                    onChange={(values) => {
                      const on = values.filter(isMoment);
                      if (on.length > 0) change(index, "When to write back", { ...writeBack, on });
                    }}
                  />
                  <Select
                    label="On which record"
                    data={[
                      { value: "", label: source ? `The ${source.label} itself` : "The source record" },
                      ...(source?.relations ?? [])
                        .filter((each) => each.kind === "one")
                        .map((each) => ({ value: each.name, label: `Its ${each.label}` })),
                    ]}
                    value={writeBack.to ?? ""}
                    allowDeselect={false}
                    onChange={(value) => {
                      const { to: _before, ...rest } = writeBack;
                      change(
                        index,
                        "Record to write back to",
                        value === null || value === "" ? rest : { ...rest, to: value },
                      );
                    }}
                  />
                </Group>
                <FieldFormulas
                  label={`Values of write-back ${index + 1}`}
                  fieldHeader="Source field"
                  formulaHeader="Value"
                  formulas={writeBack.values}
                  labelOf={(name) => object?.fields.find((field) => field.name === name)?.label}
                  formulaLabel={(name) => `Value of ${name}`}
                  removeLabel={(name) => `Remove ${name}`}
                  placeholder="target.number, outcome.message or any formula"
                  vocabulary={vocabulary}
                  check={(name, text) =>
                    live.check(text, object?.fields.find((field) => field.name === name) ?? null).issues
                  }
                  onChange={(name, text) =>
                    change(index, `Value of ${name}`, {
                      ...writeBack,
                      values: { ...writeBack.values, [name]: text },
                    })
                  }
                  onRemove={(name) => {
                    const { [name]: _removed, ...values } = writeBack.values;
                    change(index, `Remove ${name} from write-back`, { ...writeBack, values });
                  }}
                />
                <Select
                  aria-label="Add a field"
                  placeholder="Add a field…"
                  maw={420}
                  searchable
                  limit={100}
                  value={null}
                  data={fields.filter((each) => !(each.value in writeBack.values))}
                  onChange={(name) => {
                    if (name !== null)
                      change(index, `Write back ${name}`, {
                        ...writeBack,
                        values: {
                          ...writeBack.values,
                          [name]: writeBack.on.includes("failed") ? "outcome.message" : "target.id",
                        },
                      });
                  }}
                />
                {own.map((issue) => (
                  <IssueText key={`${issue.code}${issue.path}${issue.message}`} issue={issue} />
                ))}
              </Stack>
            </Panel>
          );
        })}
        {list.length > 0 ? (
          <Group>
            <Button
              variant="default"
              leftSection={<Plus size={16} aria-hidden />}
              onClick={() => save("Add write-back", [...list, { on: ["failed"], values: {} }])}
            >
              Add write-back
            </Button>
          </Group>
        ) : null}
      </Stack>
    </div>
  );
}
