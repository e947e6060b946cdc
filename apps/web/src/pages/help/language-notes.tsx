/** What every formula has in common: names, operators, and the few rules that differ from Excel. */
import { Stack, Table, Text, Title } from "@mantine/core";
import { FormulaText } from "../../kit/index.ts";

const forms: readonly (readonly [string, string])[] = [
  ["Account.[Billing City]", "A field; a dot leads to a related record, brackets hold names with spaces"],
  ['"Order " & Name', "Text in quotes; & joins, and takes blank as nothing"],
  ["Amount * 25% + 0.1", "+ - * / ^ and % compute exactly, with no rounding of cents"],
  ['Status = "Completed" AND NOT Active', "= <> < <= > >= compare, AND OR NOT combine"],
  ["SUM(Lines.Quantity * Lines.UnitPrice)", "Inside a list function a path goes through all lines"],
  ["// why this is so", "A note, up to the end of the line"],
];

const rules: readonly (readonly [string, string])[] = [
  [
    "Blank stays blank",
    "Amount + a blank is blank and not Amount: a silent 0 on an invoice is worse than an empty field. ZEROIFBLANK says that 0 is meant.",
  ],
  ["Text compares exactly", "“abc” and “ABC” differ; SAMETEXT ignores the case."],
  ["Nothing is converted in silence", "VALUE, TEXT and DATEVALUE convert; & alone makes text of a number."],
  [
    "Dates have no hidden zone",
    "The date of an instant is taken in the time zone of the transfer, never in that of a computer.",
  ],
  ["Commas separate values", "Formulas with ; or a decimal comma are converted when you paste them."],
];

export function LanguageNotes() {
  return (
    <Stack gap="md">
      <Title order={2} size="h3">
        How a formula is written
      </Title>
      <Table verticalSpacing={6} aria-label="How a formula is written">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Written</Table.Th>
            <Table.Th scope="col">What it is</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {forms.map(([formula, words]) => (
            <Table.Tr key={formula}>
              <Table.Td>
                <FormulaText formula={formula} />
              </Table.Td>
              <Table.Td>{words}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      <Title order={2} size="h3">
        What differs from Excel
      </Title>
      <Stack gap="xs" component="dl" m={0}>
        {rules.map(([title, words]) => (
          <div key={title}>
            <Text component="dt" fw={600} size="sm">
              {title}
            </Text>
            <Text component="dd" m={0} size="sm">
              {words}
            </Text>
          </div>
        ))}
      </Stack>
    </Stack>
  );
}
