/** Everything about one target field: what it takes, what the sample holds, and the rules of its mapping. */
import { Badge, Drawer, Group, Select, Stack, Switch, Table, Text, Textarea, TextInput } from "@mantine/core";
import type { Mapping } from "@fieldbridge/model";
import { IssueText } from "../../kit/index.ts";
import type { TargetRow } from "../graph/rows.ts";
import type { LiveResult } from "../samples/live-result.ts";
import { kindWords, typeText } from "./row-words.ts";

const blankRules = [
  { value: "leave", label: "Leave the field alone" },
  { value: "clear", label: "Clear the field" },
  { value: "default", label: "Use a default" },
  { value: "hold", label: "Hold the record" },
];

export interface MappingInspectorProps {
  readonly row: TargetRow | null;
  readonly results: readonly LiveResult[];
  readonly onChange: (name: string, mapping: Mapping, mergeKey?: string) => void;
  readonly onClose: () => void;
}

/** A copy without the rules that are undefined. */
const tidy = (mapping: { [K in keyof Mapping]: Mapping[K] | undefined } & { value: string }): Mapping =>
  Object.fromEntries(Object.entries(mapping).filter((entry) => entry[1] !== undefined)) as Mapping;

export function MappingInspector({ row, results, onChange, onClose }: MappingInspectorProps) {
  const mapping = row?.mapping ?? null;
  const field = row?.field ?? null;
  const filled = results.filter((each) => each.kind === "value");
  const different = new Set(filled.map((each) => each.text));
  return (
    <Drawer opened={row !== null} onClose={onClose} position="right" title={row?.label ?? ""} size={380}>
      {row && field ? (
        <Stack gap="md">
          <div>
            <Text size="sm" className="fb-mono">
              {field.name}
            </Text>
            <Group gap={6} mt={4}>
              <Badge variant="default" tt="none">
                {typeText(field)}
              </Badge>
              {field.required ? (
                <Badge variant="default" tt="none">
                  required
                </Badge>
              ) : null}
              {row.readOnly ? (
                <Badge variant="default" tt="none">
                  read-only
                </Badge>
              ) : null}
              {!row.readOnly && !field.updatable ? (
                <Badge variant="default" tt="none">
                  only when created
                </Badge>
              ) : null}
            </Group>
            {field.description === undefined ? null : (
              <Text size="sm" mt={6}>
                {field.description}
              </Text>
            )}
          </div>
          {row.issues.map((issue) => (
            <IssueText key={`${issue.code}${issue.message}`} issue={issue} />
          ))}
          {mapping ? (
            <>
              <Text size="sm">
                Mapped by {row.mappingKind ? kindWords[row.mappingKind] : "formula"}. On {results.length}{" "}
                sample records: {filled.length} filled, {different.size} different,{" "}
                {results.filter((each) => each.kind === "error").length} with errors.
              </Text>
              <Select
                label="When the result is blank"
                data={blankRules}
                value={mapping.whenBlank ?? "leave"}
                allowDeselect={false}
                onChange={(value) => {
                  const rule = blankRules.find((each) => each.value === value)?.value as Mapping["whenBlank"];
                  onChange(
                    `Blank rule of ${row.label}`,
                    tidy({
                      ...mapping,
                      whenBlank: rule === "leave" ? undefined : rule,
                      default: rule === "default" ? (mapping.default ?? '""') : undefined,
                    }),
                  );
                }}
              />
              {mapping.whenBlank === "default" ? (
                <TextInput
                  label="Default"
                  description="A formula, for example a text in quotes"
                  value={mapping.default ?? ""}
                  classNames={{ input: "fb-mono" }}
                  onChange={(event) =>
                    onChange(
                      `Default of ${row.label}`,
                      { ...mapping, default: event.currentTarget.value },
                      `default ${row.id}`,
                    )
                  }
                />
              ) : null}
              <Switch
                label="Only when the record is created"
                description="Later runs never touch the field"
                checked={mapping.onlyOn === "create"}
                onChange={(event) =>
                  onChange(
                    `Rule of ${row.label}`,
                    tidy({ ...mapping, onlyOn: event.currentTarget.checked ? "create" : undefined }),
                  )
                }
              />
              <Textarea
                label="Note"
                autosize
                minRows={2}
                value={mapping.note ?? ""}
                onChange={(event) =>
                  onChange(
                    `Note on ${row.label}`,
                    tidy({
                      ...mapping,
                      note: event.currentTarget.value === "" ? undefined : event.currentTarget.value,
                    }),
                    `note ${row.id}`,
                  )
                }
              />
            </>
          ) : (
            <Text size="sm" c="dimmed">
              This field is not mapped.
            </Text>
          )}
          {field.choices && field.choices.length > 0 ? (
            <Table verticalSpacing={4} aria-label="Values the target knows">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Code</Table.Th>
                  <Table.Th>Label</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {field.choices.map((choice) => (
                  <Table.Tr key={choice.code}>
                    <Table.Td className="fb-mono">{choice.code}</Table.Td>
                    <Table.Td>{choice.label}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          ) : null}
        </Stack>
      ) : null}
    </Drawer>
  );
}
