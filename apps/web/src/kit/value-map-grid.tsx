/**
 * The entries of a value map as a grid: edit in place, add, remove, and paste two columns from a spreadsheet into any
 * cell. Doubled "from" values are marked where they stand.
 */
import { ActionIcon, Button, Group, Text, TextInput } from "@mantine/core";
import type { ValueMap } from "@fieldbridge/model";
import { Plus, Trash2 } from "lucide-react";
import { useRef, type ClipboardEvent } from "react";
import { countOf } from "../format/number.ts";
import { findDoubles, parsePasted, type Entry } from "./value-map-entries.ts";
import classes from "./value-map-grid.module.css";

export interface ValueMapGridProps {
  readonly map: ValueMap;
  readonly onChange: (entries: Entry[]) => void;
  readonly readOnly?: boolean;
  /** Only entries that hold this text are shown. */
  readonly search?: string;
}

export function ValueMapGrid({ map, onChange, readOnly = false, search = "" }: ValueMapGridProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const { entries } = map;
  const doubles = findDoubles(entries);
  const wanted = search.trim().toLowerCase();
  const shown = entries
    .map((entry, index) => ({ entry, index }))
    .filter(
      ({ entry }) =>
        wanted === "" || entry.from.toLowerCase().includes(wanted) || entry.to.toLowerCase().includes(wanted),
    );

  const setEntry = (index: number, change: Partial<Entry>): void =>
    onChange(entries.map((entry, at) => (at === index ? { ...entry, ...change } : entry)));
  const setNote = (index: number, note: string): void =>
    onChange(
      entries.map((entry, at) => {
        if (at !== index) return entry;
        const { note: _before, ...rest } = entry;
        return note === "" ? rest : { ...rest, note };
      }),
    );
  const add = (): void => {
    onChange([...entries, { from: "", to: "" }]);
    requestAnimationFrame(() =>
      body.current?.querySelector<HTMLInputElement>("tr:last-child input")?.focus(),
    );
  };
  const paste = (index: number) => (event: ClipboardEvent) => {
    const pasted = parsePasted(event.clipboardData.getData("text/plain"));
    if (pasted === null) return;
    event.preventDefault();
    const rest = entries.slice(index).filter((entry) => entry.from !== "" || entry.to !== "");
    onChange([...entries.slice(0, index), ...pasted, ...rest]);
  };

  return (
    <div className={classes.frame}>
      <table className={classes.grid} aria-label={`Entries of ${map.name}`}>
        <thead>
          <tr>
            <th scope="col">From (source value)</th>
            <th scope="col">To (target value)</th>
            <th scope="col">Note</th>
            {readOnly ? null : (
              <th scope="col" className={classes.action}>
                <span className="fb-hidden">Remove</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody ref={body}>
          {shown.map(({ entry, index }) => (
            <tr key={index}>
              <td>
                {readOnly ? (
                  entry.from
                ) : (
                  <TextInput
                    size="xs"
                    aria-label={`From, row ${index + 1}`}
                    value={entry.from}
                    error={doubles.has(index) ? "Listed twice; only one can count." : null}
                    onChange={(event) => setEntry(index, { from: event.currentTarget.value })}
                    onPaste={paste(index)}
                  />
                )}
              </td>
              <td>
                {readOnly ? (
                  entry.to
                ) : (
                  <TextInput
                    size="xs"
                    aria-label={`To, row ${index + 1}`}
                    value={entry.to}
                    onChange={(event) => setEntry(index, { to: event.currentTarget.value })}
                  />
                )}
              </td>
              <td>
                {readOnly ? (
                  entry.note
                ) : (
                  <TextInput
                    size="xs"
                    aria-label={`Note, row ${index + 1}`}
                    value={entry.note ?? ""}
                    onChange={(event) => setNote(index, event.currentTarget.value)}
                  />
                )}
              </td>
              {readOnly ? null : (
                <td className={classes.action}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    size={28}
                    aria-label={`Remove ${entry.from === "" ? `row ${index + 1}` : entry.from}`}
                    onClick={() => onChange(entries.filter((_entry, at) => at !== index))}
                  >
                    <Trash2 size={15} aria-hidden />
                  </ActionIcon>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      <Group gap="sm" p="xs">
        {readOnly ? null : (
          <Button
            variant="default"
            size="compact-sm"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={add}
          >
            Add entry
          </Button>
        )}
        <Text size="xs" c="dimmed">
          {shown.length === entries.length
            ? countOf(entries.length, "entry", "entries")
            : `${shown.length} of ${countOf(entries.length, "entry", "entries")}`}
          {readOnly ? "" : ". Two columns copied from Excel can be pasted into a From cell."}
        </Text>
      </Group>
    </div>
  );
}
