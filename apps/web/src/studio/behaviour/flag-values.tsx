/** What marks a target record as removed: field ← formula. The formulas see the target record, not the source's. */
import { ActionIcon, Select, Stack, Table, Text } from "@mantine/core";
import { formatSegment } from "@fieldbridge/formula";
import { Trash2 } from "lucide-react";
import { useMemo } from "react";
import { useLive, useTransferContext } from "../data/use-transfer-context.ts";
import { FormulaField } from "../formula-editor/formula-field.tsx";
import { toVocabulary } from "../formula-editor/vocabulary.ts";
import { useDefinition, useStudio } from "../session/studio-context.tsx";

type Values = Readonly<Record<string, string>>;

export function FlagValues({
  values,
  onChange,
}: {
  values: Values;
  onChange: (name: string, values: Record<string, string>) => void;
}) {
  const { schemas } = useStudio();
  const definition = useDefinition();
  const context = useTransferContext(definition, schemas);
  const { live, scope } = useLive(context, definition, "flag", null);
  const vocabulary = useMemo(() => toVocabulary(scope, () => null, formatSegment), [scope]);
  const fields = context.target?.fields ?? [];
  const find = (name: string) => fields.find((field) => field.name === name) ?? null;
  return (
    <Stack gap="xs">
      {Object.keys(values).length === 0 ? null : (
        <Table verticalSpacing={6} aria-label="Flag of a removed record">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w="36%">Target field</Table.Th>
              <Table.Th>becomes</Table.Th>
              <Table.Td w={48} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {Object.entries(values).map(([name, formula]) => (
              <Table.Tr key={name} style={{ verticalAlign: "top" }}>
                <Table.Td>
                  <Text size="sm">{find(name)?.label ?? name}</Text>
                  <Text size="xs" c="dimmed" className="fb-mono">
                    {name}
                  </Text>
                </Table.Td>
                <Table.Td>
                  <FormulaField
                    label={`${name} of a removed record`}
                    labelHidden
                    value={formula}
                    placeholder="A value, or a formula with target. and run."
                    vocabulary={vocabulary}
                    check={(text) => live.check(text, find(name)).issues}
                    onApply={(text) => onChange(`Flag ${name}`, { ...values, [name]: text })}
                  />
                </Table.Td>
                <Table.Td>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={32}
                    aria-label={`Remove ${name} from the flag`}
                    onClick={() => {
                      const { [name]: _removed, ...rest } = values;
                      onChange(`Remove ${name} from the flag`, rest);
                    }}
                  >
                    <Trash2 size={16} aria-hidden />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Select
        aria-label="Add a field to the flag"
        placeholder="Add a target field to fill…"
        maw={420}
        searchable
        limit={100}
        value={null}
        data={fields
          .filter((field) => field.updatable && !(field.name in values))
          .map((field) => ({ value: field.name, label: `${field.label} (${field.name})` }))}
        onChange={(name) => {
          if (name !== null)
            onChange(`Flag ${name}`, { ...values, [name]: find(name)?.type === "boolean" ? "TRUE" : "" });
        }}
      />
    </Stack>
  );
}
