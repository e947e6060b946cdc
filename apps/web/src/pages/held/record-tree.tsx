/** A record with its related rows as indented field-value lines; blanks stay visible. */
import { Text } from "@mantine/core";
import type { Cell, Row } from "@fieldbridge/model";
import { formatCell } from "../../format/value.ts";
import classes from "./held.module.css";

interface Line {
  readonly path: string;
  readonly name: string;
  readonly depth: number;
  readonly value: Cell;
  readonly isHeading: boolean;
}

const isRow = (cell: Cell): cell is Row => typeof cell === "object" && cell !== null && !Array.isArray(cell);
const isList = (cell: Cell): cell is readonly Row[] => Array.isArray(cell);

const isNested = ([, value]: readonly [string, Cell]): boolean => isRow(value) || isList(value);

/** Flattens a record: plain fields first, then related rows and lists below their names. */
export function toLines(row: Row, depth = 0, prefix = ""): Line[] {
  const entries = Object.entries(row);
  const plain = entries.filter((entry) => !isNested(entry));
  const nested = entries.filter(isNested);
  return [
    ...plain.map(([name, value]) => ({ path: prefix + name, name, depth, value, isHeading: false })),
    ...nested.flatMap(([name, value]): Line[] => {
      const path = prefix + name;
      const heading = { path, name, depth, value, isHeading: true };
      if (isRow(value)) return [heading, ...toLines(value, depth + 1, `${path}.`)];
      if (!isList(value)) return [heading];
      return [
        heading,
        ...value.flatMap((each, index): Line[] => [
          {
            path: `${path}.${index}`,
            name: `Row ${index + 1}`,
            depth: depth + 1,
            value: each,
            isHeading: true,
          },
          ...toLines(each, depth + 2, `${path}.${index}.`),
        ]),
      ];
    }),
  ];
}

export interface RecordTreeProps {
  readonly row: Row | null;
  readonly label: string;
  readonly empty?: string;
}

export function RecordTree({ row, label, empty = "The record was not read." }: RecordTreeProps) {
  if (row === null)
    return (
      <Text c="dimmed" size="sm">
        {empty}
      </Text>
    );
  return (
    <table className={classes.tree} aria-label={label}>
      <tbody>
        {toLines(row).map((line) => (
          <tr key={line.path} data-blank={line.value === null || undefined}>
            <th
              scope="row"
              style={{ paddingInlineStart: line.depth * 14, fontWeight: line.isHeading ? 650 : 500 }}
            >
              {line.name}
            </th>
            <td>{line.isHeading && isRow(line.value) ? "" : formatCell(line.value)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
