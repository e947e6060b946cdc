/** The cells of a target row: handle, label with marks, kind of mapping, formula (table), result and change. */
import { CircleAlert, Info, List, Lock, TriangleAlert } from "lucide-react";
import type { FieldDiff, Issue } from "@fieldbridge/model";
import { FormulaText } from "../../kit/formula-text.tsx";
import type { TargetRow } from "../graph/rows.ts";
import type { LiveResult } from "../samples/live-result.ts";
import type { Suggestion } from "../suggest/suggest-mappings.ts";
import { Marked } from "./marked.tsx";
import { kindLetters, kindWords, typeGlyphs, typeText } from "./row-words.ts";
import classes from "./cells.module.css";

export const changeWords: Record<FieldDiff["change"], string> = {
  new: "new",
  changed: "changed",
  same: "same",
  cleared: "cleared",
  left: "not sent",
};

export interface TargetCellsProps {
  readonly row: TargetRow;
  readonly result: LiveResult | null;
  readonly diff: FieldDiff | null;
  readonly suggestion: Suggestion | null;
  readonly query: string;
  /** Table view: the formula stands in the row. */
  readonly withFormula: boolean;
  readonly onOpenLines: () => void;
  readonly onAccept: () => void;
}

export function SeverityIcon({ issues }: { readonly issues: readonly Issue[] }) {
  const worst = ["error", "warning", "hint"].find((severity) =>
    issues.some((each) => each.severity === severity),
  );
  if (worst === undefined) return null;
  const Icon = worst === "error" ? CircleAlert : worst === "warning" ? TriangleAlert : Info;
  return (
    <span
      className={classes.severity}
      data-severity={worst}
      title={issues.map((each) => each.message).join("\n")}
    >
      <Icon size={15} aria-hidden />
    </span>
  );
}

function Result({ row, result, diff, query }: Pick<TargetCellsProps, "row" | "result" | "diff" | "query">) {
  if (row.mapping === null) return null;
  const title = [
    result?.text,
    result?.message,
    diff?.change === "changed" ? `Now: ${diff.before ?? "(blank)"}` : null,
  ]
    .filter(Boolean)
    .join("\n");
  return (
    <>
      {result ? (
        <div role="gridcell" className={classes.result} title={title} data-kind={result.kind}>
          <Marked text={result.text} query={query} />
        </div>
      ) : null}
      {diff ? (
        <div role="gridcell" className={classes.change} data-change={diff.change}>
          {changeWords[diff.change]}
        </div>
      ) : null}
    </>
  );
}

/** What a field is besides its type, in as much room as it needs. */
function Marks({ row }: { readonly row: TargetRow }) {
  if (!row.isKey && !row.readOnly && row.issues.length === 0) return null;
  return (
    <span className={classes.marks}>
      {row.isKey ? <span className={classes.tag}>key</span> : null}
      {row.readOnly ? <Lock size={13} className={classes.icon} aria-hidden /> : null}
      <SeverityIcon issues={row.issues} />
    </span>
  );
}

function LinesRow({ row, query, onOpenLines }: Pick<TargetCellsProps, "row" | "query" | "onOpenLines">) {
  return (
    <>
      <span className={classes.handle} data-filled={row.mapped > 0} data-handle />
      <div role="gridcell" className={classes.lines}>
        <List size={16} className={classes.icon} aria-hidden />
        <span className={classes.branch}>
          <Marked text={row.label} query={query} />
        </span>
        <button type="button" tabIndex={-1} className={classes.rowButton} onClick={onOpenLines}>
          {row.mapped > 0 ? `${row.mapped} mapped, open` : "Map lines"}
        </button>
        <SeverityIcon issues={row.issues} />
      </div>
    </>
  );
}

export function TargetCells(props: TargetCellsProps) {
  const { row, suggestion, query } = props;
  if (row.kind === "many") return <LinesRow {...props} />;
  return (
    <>
      <span className={classes.handle} data-filled={row.mapping !== null} data-handle />
      <div
        role="gridcell"
        className={classes.label}
        data-glyph={row.field ? typeGlyphs[row.field.type] : undefined}
        title={row.field ? `${row.label}, ${row.name}, ${typeText(row.field)}` : row.name}
      >
        <Marked text={row.label} query={query} />
        {row.required ? <span className={classes.required}> *</span> : null}
      </div>
      <Marks row={row} />
      {row.mappingKind === null ? null : (
        <span
          className={classes.kind}
          data-kind={row.mappingKind}
          title={`Mapped by ${kindWords[row.mappingKind]}`}
        >
          {kindLetters[row.mappingKind]}
        </span>
      )}
      {props.withFormula && row.mapping ? (
        <div role="gridcell" className={classes.formula} title={row.mapping.value}>
          <FormulaText formula={row.mapping.value} />
        </div>
      ) : null}
      {suggestion && row.mapping === null ? (
        <div
          role="gridcell"
          className={classes.suggestion}
          title={`${suggestion.source.id}: ${suggestion.reason}`}
        >
          <button type="button" tabIndex={-1} className={classes.rowButton} onClick={props.onAccept}>
            {suggestion.source.label}? {Math.round(suggestion.score * 100)} %
          </button>
        </div>
      ) : (
        <Result row={row} result={props.result} diff={props.diff} query={query} />
      )}
    </>
  );
}
