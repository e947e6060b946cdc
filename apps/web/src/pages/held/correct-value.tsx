/** One value of a source record as an input of its type, with the value it was held with and the way back to it. */
import { ActionIcon, Autocomplete, Select, TextInput, Tooltip } from "@mantine/core";
import type { FieldSchema } from "@fieldbridge/model";
import { Undo2 } from "lucide-react";
import { formatCell } from "../../format/value.ts";
import classes from "./held.module.css";
import { describePlace, type RecordValue } from "./used-values.ts";

export type Corrected = string | boolean | null;

const examples: Partial<Record<FieldSchema["type"], string>> = {
  number: "such as 1250.50",
  date: "such as 2026-11-20",
  datetime: "such as 2026-11-20T08:00:00Z",
  time: "such as 08:30:00",
};

const toBoolean = (text: string | null): Corrected => (text === null ? null : text === "TRUE");

export interface CorrectValueProps {
  readonly value: RecordValue;
  readonly field: FieldSchema | undefined;
  /** Undefined where it was left as it is. */
  readonly corrected: Corrected | undefined;
  readonly onCorrect: (value: Corrected | undefined) => void;
}

export function CorrectValue({ value, field, corrected, onCorrect }: CorrectValueProps) {
  const place = describePlace(value.path);
  const name = value.path.split(".").at(-1) ?? value.path;
  const shown = corrected === undefined ? value.value : corrected;
  const set = (next: Corrected): void => onCorrect(next === value.value ? undefined : next);
  const text = typeof shown === "string" ? shown : "";
  const isBoolean = field?.type === "boolean" || typeof value.value === "boolean";
  const common = {
    size: "xs" as const,
    "aria-label": place === "" ? name : `${name}, ${place}`,
    placeholder: "(blank)",
  };
  // A blank box is a blank value: no system of ours tells an empty text from none.
  const onText = (next: string): void => set(next === "" ? null : next);
  return (
    <div className={classes.correct} data-changed={corrected !== undefined || undefined}>
      <span className={classes.correctName}>
        {name}
        {value.isBlamed && place !== "" ? <small>{place}</small> : null}
        {field === undefined || examples[field.type] === undefined ? null : (
          <small>{examples[field.type]}</small>
        )}
      </span>
      {isBoolean ? (
        <Select
          {...common}
          data={["TRUE", "FALSE"]}
          clearable
          value={shown === null ? null : shown === true || shown === "true" ? "TRUE" : "FALSE"}
          onChange={(next) => set(toBoolean(next))}
        />
      ) : field?.choices !== undefined && field.choices.length > 0 ? (
        <Autocomplete
          {...common}
          data={field.choices.map((choice) => choice.code)}
          value={text}
          onChange={onText}
          openOnFocus={false}
        />
      ) : (
        <TextInput
          {...common}
          value={text}
          inputMode={field?.type === "number" ? "decimal" : "text"}
          onChange={(event) => onText(event.currentTarget.value)}
        />
      )}
      {corrected === undefined ? null : (
        <span className={classes.was}>
          Was <span className={classes.value}>{formatCell(value.value)}</span>
          <Tooltip label="Back to the value of the source">
            <ActionIcon
              size={24}
              variant="subtle"
              aria-label={`Undo the correction of ${name}`}
              onClick={() => onCorrect(undefined)}
            >
              <Undo2 size={14} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </span>
      )}
    </div>
  );
}
