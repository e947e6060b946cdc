/** Test cases of a named formula: values, what they must give, and what they give now, with every key. */
import { ActionIcon, Button, Table, Text, TextInput } from "@mantine/core";
import type { FormulaVerdict, LibraryFormula, NamedFormulaTest } from "@fieldbridge/model";
import { Check, Plus, Trash2, X } from "lucide-react";
import { MarkIcon } from "../../kit/index.ts";
import classes from "./library.module.css";

export interface FormulaTestsProps {
  readonly formula: LibraryFormula;
  readonly results: FormulaVerdict["results"];
  readonly onChange: (formula: LibraryFormula) => void;
}

export function FormulaTests({ formula, results, onChange }: FormulaTestsProps) {
  const { parameters, tests } = formula;
  const setAt = (index: number, change: Partial<NamedFormulaTest>): void =>
    onChange({
      ...formula,
      tests: tests.map((test, at) => (at === index ? { ...test, ...change } : test)),
    });
  return (
    <div>
      {tests.length === 0 ? (
        <Text size="sm" c="dimmed" mb={8}>
          None yet. A test says what the formula must give; it is saved only while all of them pass.
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={320 + parameters.length * 110} mb={8}>
          <Table verticalSpacing={4} fz="sm" aria-label="Tests">
            <Table.Thead>
              <Table.Tr>
                {parameters.map((each) => (
                  <Table.Th key={each.name}>{each.name}</Table.Th>
                ))}
                <Table.Th>Must give</Table.Th>
                <Table.Th>Gives</Table.Th>
                <Table.Th w={44}>
                  <span className="fb-hidden">Remove</span>
                </Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {tests.map((test, index) => {
                const result = results[index];
                return (
                  <Table.Tr key={index}>
                    {parameters.map((each) => (
                      <Table.Td key={each.name}>
                        <TextInput
                          size="xs"
                          aria-label={`${each.name} of test ${index + 1}`}
                          placeholder="blank"
                          value={test.arguments[each.name] ?? ""}
                          onChange={(event) =>
                            setAt(index, {
                              arguments: { ...test.arguments, [each.name]: event.currentTarget.value },
                            })
                          }
                        />
                      </Table.Td>
                    ))}
                    <Table.Td>
                      <TextInput
                        size="xs"
                        aria-label={`Test ${index + 1} must give`}
                        placeholder="blank"
                        value={test.expected}
                        onChange={(event) => setAt(index, { expected: event.currentTarget.value })}
                      />
                    </Table.Td>
                    <Table.Td>
                      {result === undefined ? null : (
                        <span className={classes.result} data-passed={result.passed}>
                          <MarkIcon
                            icon={result.passed ? Check : X}
                            label={result.passed ? "Passes:" : "Fails:"}
                            className={classes.mark}
                          />
                          {result.actual === "" ? "blank" : result.actual}
                        </span>
                      )}
                    </Table.Td>
                    <Table.Td>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        aria-label={`Remove test ${index + 1}`}
                        onClick={() =>
                          onChange({ ...formula, tests: tests.filter((_test, at) => at !== index) })
                        }
                      >
                        <Trash2 size={15} aria-hidden />
                      </ActionIcon>
                    </Table.Td>
                  </Table.Tr>
                );
              })}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<Plus size={14} aria-hidden />}
        onClick={() => onChange({ ...formula, tests: [...tests, { arguments: {}, expected: "" }] })}
      >
        Add test
      </Button>
    </div>
  );
}
