/** What an import would do, line by line: what cannot count comes first. */
import { Stack, Table, Text } from "@mantine/core";
import type { ValueMapImport, ValueMapImportLine } from "@fieldbridge/model";
import { countOf } from "../../format/number.ts";
import classes from "./library.module.css";

const MOST_SHOWN = 200;
const order: readonly ValueMapImportLine["state"][] = ["refused", "changed", "added", "unchanged"];

const describe = ({ state, to, before, reason }: ValueMapImportLine): string => {
  switch (state) {
    case "added":
      return `new: ${to}`;
    case "changed":
      return before === to ? "another note" : `${to}, was ${before ?? ""}`;
    case "unchanged":
      return `stays ${to}`;
    case "refused":
      return `not imported: ${reason ?? ""}`;
  }
};

export function ImportReport({ report: { lines, removed } }: { report: ValueMapImport }) {
  const countState = (state: ValueMapImportLine["state"]): number =>
    lines.filter((line) => line.state === state).length;
  const shown = order.flatMap((state) => lines.filter((line) => line.state === state)).slice(0, MOST_SHOWN);
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600} component="output">
        {order.map((state) => `${countState(state)} ${state}`).join(", ")}
        {removed.length === 0 ? "" : `, ${countOf(removed.length, "entry", "entries")} removed`}
      </Text>
      <div className={classes.report}>
        <Table verticalSpacing={4} fz="sm" aria-label="What each line does">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Line</Table.Th>
              <Table.Th>From</Table.Th>
              <Table.Th>What happens</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((line) => (
              <Table.Tr key={line.line} data-refused={line.state === "refused" || undefined}>
                <Table.Td className={classes.number}>{line.line}</Table.Td>
                <Table.Td>{line.from}</Table.Td>
                <Table.Td>{describe(line)}</Table.Td>
              </Table.Tr>
            ))}
            {removed.slice(0, MOST_SHOWN).map((entry) => (
              <Table.Tr key={`removed ${entry.from}`}>
                <Table.Td className={classes.number} />
                <Table.Td>{entry.from}</Table.Td>
                <Table.Td>removed, was {entry.to}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {lines.length + removed.length > MOST_SHOWN ? (
        <Text size="xs" c="dimmed">
          The first {MOST_SHOWN} are shown; all count.
        </Text>
      ) : null}
    </Stack>
  );
}
