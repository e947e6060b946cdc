/** Held records as a list: what the record is called, the field, its value and a short reason. */
import { Checkbox, Group, Text, UnstyledButton } from "@mantine/core";
import type { HeldRecord } from "@fieldbridge/model";
import { useRef, type ReactNode } from "react";
import { countOf } from "../../format/number.ts";
import { toIssuePlace } from "../../format/issue-place.ts";
import { toTitle } from "../../format/object-words.ts";
import { formatText } from "../../format/value.ts";
import { StatusBadge, TimeText, useArrowKeys } from "../../kit/index.ts";
import { Trash2, Undo2 } from "lucide-react";
import classes from "./held.module.css";

export interface HeldRowsProps {
  readonly records: readonly HeldRecord[];
  readonly total: number;
  readonly active: string | undefined;
  readonly onChoose: (id: string) => void;
  readonly selected?: ReadonlySet<string>;
  readonly onSelect?: (selected: ReadonlySet<string>) => void;
  readonly withTransfer?: boolean;
  readonly more?: ReactNode;
}

function Summary({ record, withTransfer }: { record: HeldRecord; withTransfer: boolean }) {
  const issue = record.issues[0];
  const place = issue ? toIssuePlace(issue.path) : null;
  return (
    <>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text size="sm" fw={600} truncate>
          {record.label}
        </Text>
        <Text size="xs" c="dimmed" style={{ whiteSpace: "nowrap" }}>
          <TimeText at={record.heldSince} />
        </Text>
      </Group>
      {record.step === "write-back" ? (
        <StatusBadge tone="yellow" icon={Undo2}>
          Write-back only
        </StatusBadge>
      ) : null}
      {record.step === "removal" ? (
        <StatusBadge tone="yellow" icon={Trash2}>
          Removal only
        </StatusBadge>
      ) : null}
      <Text size="sm" lineClamp={2}>
        {issue?.message ?? "No reason was stored."}
      </Text>
      {place === null && !withTransfer ? null : (
        <Text size="xs" c="dimmed" truncate>
          {[
            withTransfer ? record.transferName : null,
            place === null ? null : toTitle(place.field),
            issue?.value === undefined ? null : formatText(issue.value),
          ]
            .filter((part) => part !== null)
            .join(" · ")}
        </Text>
      )}
    </>
  );
}

export function HeldRows(props: HeldRowsProps) {
  const { records, selected, onSelect } = props;
  const list = useRef<HTMLUListElement>(null);
  useArrowKeys(list);
  const toggle = (id: string) => (): void => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect?.(next);
  };
  return (
    <>
      <ul className={classes.list} ref={list}>
        {records.map((record) => (
          <li key={record.id} className={classes.row} data-row>
            {onSelect === undefined ? null : (
              <Checkbox
                className={classes.box ?? ""}
                aria-label={`Select ${record.label}`}
                checked={selected?.has(record.id) ?? false}
                onChange={toggle(record.id)}
              />
            )}
            <UnstyledButton
              className={classes.item}
              aria-current={record.id === props.active ? "true" : undefined}
              onClick={() => props.onChoose(record.id)}
            >
              <Summary record={record} withTransfer={props.withTransfer ?? false} />
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <Group px="md" pb="sm" gap="sm">
        <Text size="xs" c="dimmed">
          {records.length < props.total
            ? `${records.length} of ${countOf(props.total, "record")}`
            : countOf(props.total, "record")}
        </Text>
        {props.more}
      </Group>
    </>
  );
}
