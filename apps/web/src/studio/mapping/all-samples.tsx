/** What a formula gives for every sample record, errors first, with what it read and what it would change. */
import { UnstyledButton } from "@mantine/core";
import { useRef } from "react";
import { useArrowKeys } from "../../kit/use-arrow-keys.ts";
import type { LiveResult } from "../samples/live-result.ts";
import type { SampleRecord } from "../samples/use-samples.ts";
import classes from "./all-samples.module.css";

export interface SampleResult {
  readonly record: SampleRecord;
  readonly result: LiveResult;
  /** The fields the formula reads, with their values for this record. */
  readonly inputs: readonly { readonly label: string; readonly value: string }[];
  /** Against the target's record now; null where that is not known. */
  readonly change: string | null;
}

export interface AllSamplesProps {
  readonly results: readonly SampleResult[];
  /** Type of the result in words. */
  readonly type: string;
  readonly pinned: string | null;
  /** Shows the record on the whole screen. */
  readonly onPick: (key: string) => void;
}

const shownInputs = 4;

/** Errors, then what is skipped or blank, then values; otherwise in the order of the samples. */
const rank: Record<LiveResult["kind"], number> = { error: 0, skip: 1, blank: 2, lookup: 3, value: 4 };

export function AllSamples({ results, type, pinned, onPick }: AllSamplesProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  useArrowKeys(body);
  const sorted = [...results].sort((a, b) => rank[a.result.kind] - rank[b.result.kind]);
  const errors = results.filter(({ result }) => result.kind === "error").length;
  return (
    <section className={classes.all} aria-label="Result for all sample records">
      <table>
        <caption>
          {results.length} sample records, {errors === 0 ? "no errors" : `${errors} with errors`}. Enter on a
          record shows it everywhere.
        </caption>
        <thead>
          <tr>
            <th scope="col">Record</th>
            <th scope="col">Reads</th>
            <th scope="col">Result</th>
            <th scope="col">Type</th>
            <th scope="col">In the target</th>
            <th scope="col">Issue</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {sorted.map(({ record, result, inputs, change }) => (
            <tr
              key={record.key}
              data-row
              data-kind={result.kind}
              data-pinned={record.key === pinned || undefined}
            >
              <th scope="row">
                <UnstyledButton
                  className={classes.record}
                  aria-current={record.key === pinned || undefined}
                  onClick={() => onPick(record.key)}
                >
                  {record.label}
                </UnstyledButton>
              </th>
              <td className={classes.inputs}>
                {inputs.slice(0, shownInputs).map(({ label, value }) => (
                  <span key={label}>
                    {label} <b>{value}</b>
                  </span>
                ))}
                {inputs.length > shownInputs ? <span>+{inputs.length - shownInputs}</span> : null}
              </td>
              <td className={classes.result}>{result.kind === "error" ? "Error" : result.text}</td>
              <td>{type}</td>
              <td>{change}</td>
              <td className={classes.message}>
                {[result.kind === "error" ? result.text : null, result.message].filter(Boolean).join(". ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
