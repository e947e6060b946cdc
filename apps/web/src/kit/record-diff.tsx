/** One record before and after: changed fields first, the unchanged ones folded below. */
import { Table, Text } from "@mantine/core";
import type { FieldDiff } from "@fieldbridge/model";
import { Ban, Eraser, Equal, Pencil, Plus, type LucideIcon } from "lucide-react";
import { formatCell } from "../format/value.ts";
import classes from "./record-diff.module.css";

const changes: Record<FieldDiff["change"], [LucideIcon, string]> = {
  new: [Plus, "new"],
  changed: [Pencil, "changed"],
  cleared: [Eraser, "cleared"],
  same: [Equal, "same"],
  left: [Ban, "not sent"],
};

const order: readonly FieldDiff["change"][] = ["changed", "cleared", "new", "same", "left"];

/** Changed rows first; within one kind the order of the mappings stays. */
export const sortDiff = (diff: readonly FieldDiff[]): FieldDiff[] =>
  [...diff].sort((left, right) => order.indexOf(left.change) - order.indexOf(right.change));

export interface RecordDiffProps {
  readonly diff: readonly FieldDiff[];
  /** Name of the table for screen readers: "Sales invoice for WO-00031". */
  readonly label: string;
  /** Whether the target had a record before; the "before" column is left out for new ones. */
  readonly isNew: boolean;
  /** What the two columns are called where it is not before and after. */
  readonly titles?: { readonly before: string; readonly after: string };
}

const defaultTitles = { before: "Before", after: "After" };

export function RecordDiff({ diff, label, isNew, titles = defaultTitles }: RecordDiffProps) {
  const shown = sortDiff(diff);
  const withBefore = !isNew || diff.some((each) => each.before !== null);
  if (shown.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No field is written.
      </Text>
    );
  return (
    <Table className={classes.diff} aria-label={label} verticalSpacing={4} horizontalSpacing="xs">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Field</Table.Th>
          {withBefore ? <Table.Th scope="col">{titles.before}</Table.Th> : null}
          <Table.Th scope="col">{withBefore ? titles.after : "Value"}</Table.Th>
          <Table.Th scope="col">Change</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {shown.map((each) => {
          const [Icon, word] = changes[each.change];
          return (
            <Table.Tr key={each.path} data-change={each.change}>
              <Table.Th scope="row" className={classes.field} title={each.path}>
                {each.label}
              </Table.Th>
              {withBefore ? <Table.Td className={classes.before}>{formatCell(each.before)}</Table.Td> : null}
              <Table.Td className={classes.after}>
                {each.change === "left" ? "—" : formatCell(each.after)}
              </Table.Td>
              <Table.Td className={classes.mark}>
                <Icon size={13} aria-hidden /> {word}
              </Table.Td>
            </Table.Tr>
          );
        })}
      </Table.Tbody>
    </Table>
  );
}
