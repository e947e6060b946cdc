/** The parameters of a named formula as rows: name, type, and whether a call may leave it out. */
import { ActionIcon, Button, Checkbox, Select, Table, Text, TextInput } from "@mantine/core";
import { namedParameterType, type LibraryFormula } from "@fieldbridge/model";
import { Plus, Trash2 } from "lucide-react";
import { typeWords } from "../../studio/mapping/row-words.ts";
import { renameParameter } from "./formula-draft.ts";

const types = namedParameterType.options.map((value) => ({ value, label: typeWords[value] }));

export interface FormulaParametersProps {
  readonly formula: LibraryFormula;
  readonly onChange: (formula: LibraryFormula) => void;
}

export function FormulaParameters({ formula, onChange }: FormulaParametersProps) {
  const { parameters } = formula;
  const setAt = (index: number, change: object): void =>
    onChange({
      ...formula,
      parameters: parameters.map((each, at) => (at === index ? { ...each, ...change } : each)),
    });
  return (
    <div>
      {parameters.length === 0 ? (
        <Text size="sm" c="dimmed" mb={8}>
          None yet. A formula sees nothing of a record but the values a call gives it.
        </Text>
      ) : (
        <Table verticalSpacing={4} fz="sm" aria-label="Parameters" mb={8}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Name</Table.Th>
              <Table.Th>Type</Table.Th>
              <Table.Th>May be left out</Table.Th>
              <Table.Th w={44}>
                <span className="fb-hidden">Remove</span>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {parameters.map((each, index) => (
              <Table.Tr key={index}>
                <Table.Td>
                  <TextInput
                    size="xs"
                    aria-label={`Name of parameter ${index + 1}`}
                    value={each.name}
                    maxLength={40}
                    onChange={(event) =>
                      onChange(
                        renameParameter(
                          formula,
                          index,
                          event.currentTarget.value.replace(/[^\p{L}\p{N}_]/gu, ""),
                        ),
                      )
                    }
                  />
                </Table.Td>
                <Table.Td>
                  <Select
                    size="xs"
                    aria-label={`Type of ${each.name}`}
                    data={types}
                    value={each.type}
                    allowDeselect={false}
                    onChange={(value) => setAt(index, { type: namedParameterType.parse(value) })}
                  />
                </Table.Td>
                <Table.Td>
                  <Checkbox
                    aria-label={`${each.name} may be left out`}
                    checked={each.optional ?? false}
                    onChange={(event) => setAt(index, { optional: event.currentTarget.checked })}
                  />
                </Table.Td>
                <Table.Td>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Remove ${each.name}`}
                    onClick={() =>
                      onChange({ ...formula, parameters: parameters.filter((_each, at) => at !== index) })
                    }
                  >
                    <Trash2 size={15} aria-hidden />
                  </ActionIcon>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<Plus size={14} aria-hidden />}
        disabled={parameters.length >= 20}
        onClick={() =>
          onChange({
            ...formula,
            parameters: [...parameters, { name: `value${parameters.length + 1}`, type: "text" }],
          })
        }
      >
        Add parameter
      </Button>
    </div>
  );
}
