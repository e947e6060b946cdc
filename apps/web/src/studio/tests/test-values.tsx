/** What a test expects, value by value, beside what the draft gives; each can be accepted, typed or left out. */
import { Button, Group, Table, Text, TextInput } from "@mantine/core";
import type { TestOutcome, TestResult } from "@fieldbridge/model";
import { useEffect, useRef, useState } from "react";
import { formatCell } from "../../format/value.ts";
import { toPlaceWords, toTestRows, withExpected, type TestRow } from "./test-words.ts";
import classes from "./tests-tab.module.css";

export interface TestValuesProps {
  readonly label: string;
  readonly expected: TestOutcome;
  readonly result: TestResult | undefined;
  readonly onChange: (expected: TestOutcome) => void;
}

export function TestValues({ label, expected, result, onChange }: TestValuesProps) {
  const rows = toTestRows(expected, result);
  if (rows.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No value is compared: the record is not sent.
      </Text>
    );
  return (
    <Table verticalSpacing={4} horizontalSpacing="xs" aria-label={`Expected values of ${label}`}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Field</Table.Th>
          <Table.Th scope="col">Expected</Table.Th>
          <Table.Th scope="col">Now</Table.Th>
          <Table.Th scope="col">
            <span className="fb-hidden">Actions</span>
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map((row) => (
          <ValueRow
            key={row.place}
            row={row}
            onExpect={(value) => onChange(withExpected(expected, row.place, value))}
          />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function ValueRow({
  row,
  onExpect,
}: {
  readonly row: TestRow;
  readonly onExpect: (value: string | null | undefined) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const isTyping = typed !== null;
  useEffect(() => input.current?.select(), [isTyping]);
  const { place, expected, actual, differs } = row;
  const name = toPlaceWords(place);
  const finish = (keep: boolean) => {
    if (keep && typed !== null && typed !== (expected ?? "")) onExpect(typed === "" ? null : typed);
    setTyped(null);
  };
  return (
    <Table.Tr data-differs={differs || undefined} className={classes.value}>
      <Table.Th scope="row" fw={500}>
        {name}
      </Table.Th>
      <Table.Td>
        {typed === null ? (
          <Text size="sm" span {...(expected === undefined && { c: "dimmed" })}>
            {expected === undefined ? "Not compared" : formatCell(expected)}
          </Text>
        ) : (
          <TextInput
            size="xs"
            aria-label={`Expected value of ${name}`}
            description="Empty means blank"
            value={typed}
            ref={input}
            onChange={(event) => setTyped(event.currentTarget.value)}
            onBlur={() => finish(true)}
            onKeyDown={(event) => {
              if (event.key === "Enter") finish(true);
              if (event.key === "Escape") finish(false);
            }}
          />
        )}
      </Table.Td>
      <Table.Td>{actual === undefined ? "Nothing is sent" : formatCell(actual)}</Table.Td>
      <Table.Td>
        <Group gap={4} justify="flex-end" wrap="nowrap">
          {differs || expected === undefined ? (
            <Button
              size="compact-xs"
              variant="light"
              aria-label={`${differs ? "Accept" : "Compare"} ${name}`}
              onClick={() => onExpect(actual)}
            >
              {differs ? "Accept" : "Compare"}
            </Button>
          ) : null}
          {expected === undefined ? null : (
            <>
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                aria-label={`Edit expected value of ${name}`}
                onClick={() => setTyped(expected ?? "")}
              >
                Edit
              </Button>
              <Button
                size="compact-xs"
                variant="subtle"
                color="gray"
                aria-label={`Leave out ${name}`}
                onClick={() => onExpect(undefined)}
              >
                Leave out
              </Button>
            </>
          )}
        </Group>
      </Table.Td>
    </Table.Tr>
  );
}
