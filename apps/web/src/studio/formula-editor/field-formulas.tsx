/** Fields with a formula each, as a table: match keys, write-backs, flags. A row can be removed. */
import { ActionIcon, Table, Text } from "@mantine/core";
import { Trash2 } from "lucide-react";
import { FormulaField, type FormulaFieldProps } from "./formula-field.tsx";

export interface FieldFormulasProps extends Pick<FormulaFieldProps, "placeholder" | "vocabulary"> {
  /** What the table holds, for screen readers. */
  readonly label: string;
  readonly fieldHeader: string;
  readonly formulaHeader: string;
  readonly formulas: Readonly<Record<string, string>>;
  /** What a person calls the field; undefined where it is not known. */
  readonly labelOf: (name: string) => string | undefined;
  readonly formulaLabel: (name: string) => string;
  readonly removeLabel: (name: string) => string;
  readonly check: (name: string, formula: string) => ReturnType<FormulaFieldProps["check"]>;
  readonly evaluate?: FormulaFieldProps["evaluate"];
  readonly onChange: (name: string, formula: string) => void;
  readonly onRemove: (name: string) => void;
}

export function FieldFormulas(props: FieldFormulasProps) {
  const { formulas, vocabulary, placeholder, evaluate } = props;
  return (
    <Table verticalSpacing={6} aria-label={props.label}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th w="36%">{props.fieldHeader}</Table.Th>
          <Table.Th>{props.formulaHeader}</Table.Th>
          <Table.Td w={48} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {Object.entries(formulas).map(([name, formula]) => (
          <Table.Tr key={name} style={{ verticalAlign: "top" }}>
            <Table.Td>
              <Text size="sm">{props.labelOf(name) ?? name}</Text>
              <Text size="xs" c="dimmed" className="fb-mono">
                {name}
              </Text>
            </Table.Td>
            <Table.Td>
              <FormulaField
                label={props.formulaLabel(name)}
                labelHidden
                value={formula}
                placeholder={placeholder}
                vocabulary={vocabulary}
                check={(text) => props.check(name, text)}
                {...(evaluate && { evaluate })}
                onApply={(text) => props.onChange(name, text)}
              />
            </Table.Td>
            <Table.Td>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={32}
                aria-label={props.removeLabel(name)}
                onClick={() => props.onRemove(name)}
              >
                <Trash2 size={16} aria-hidden />
              </ActionIcon>
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
