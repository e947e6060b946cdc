/** The deciding half of the map step: one source record to the values, lines and match keys of its target. */
import { hashText } from "@fieldbridge/formula";
import type { Cell, Issue, Row } from "@fieldbridge/model";
import type { PlannedLines, PlannedMapping, TransferPlan } from "../plan/transfer-plan.ts";
import type { MappedLine, MappedLines, MappedRecord } from "../record-state.ts";
import { scatterRows, type ScatteredRows } from "./scatter-rows.ts";
import { toHashText } from "../values/hash-record.ts";
import { evaluateMapping } from "./evaluate-mapping.ts";
import { evaluatePlanned, withRoots, type EvaluationContext } from "./evaluate-planned.ts";
import { evaluateValues } from "./evaluate-values.ts";

export type MapResult =
  | { readonly state: "mapped"; readonly mapped: MappedRecord; readonly warnings: readonly Issue[] }
  | { readonly state: "skipped"; readonly reason: string }
  | { readonly state: "failed"; readonly issues: readonly Issue[] }
  | { readonly state: "pending" };

/** What the mappings of one header or line gave; all issues are collected, not only the first. */
interface Collected {
  readonly line: MappedLine;
  readonly issues: readonly Issue[];
  readonly warnings: readonly Issue[];
  readonly skipReason: string | null;
  readonly isPending: boolean;
}

const collect = (mappings: readonly PlannedMapping[], row: Row, context: EvaluationContext): Collected => {
  const values: Record<string, Cell> = {};
  const createValues: Record<string, Cell> = {};
  const issues: Issue[] = [];
  const warnings: Issue[] = [];
  let skipReason: string | null = null;
  let isPending = false;
  for (const mapping of mappings) {
    const result = evaluateMapping(mapping, row, context);
    const into = mapping.onlyOnCreate ? createValues : values;
    if (result.state === "value") {
      into[mapping.field.name] = result.cell;
      warnings.push(...result.issues);
    } else if (result.state === "clear") into[mapping.field.name] = null;
    else if (result.state === "failed") issues.push(...result.issues);
    else if (result.state === "skipRecord") skipReason ??= result.reason;
    else if (result.state === "pending") isPending = true;
  }
  return { line: { values, createValues }, issues, warnings, skipReason, isPending };
};

/** The rows of a to-many relation; none where the relation is blank. */
const rowsOf = (source: Row, relation: string): readonly Row[] => {
  const rows = source[relation];
  return Array.isArray(rows) ? rows : [];
};

/** The rows that become lines, whichever way they come. */
export const readLineRows = (
  { from }: Pick<PlannedLines, "from">,
  source: Row,
  context: EvaluationContext,
): ScatteredRows =>
  from.kind === "relation"
    ? { state: "rows", rows: rowsOf(source, from.name) }
    : scatterRows(from.formula, source, context);

const nameLine =
  (index: number) =>
  (issue: Issue): Issue => ({
    ...issue,
    message: `Line ${index + 1}: ${issue.message}`,
  });

const nothing = { line: { values: {}, createValues: {} }, issues: [], warnings: [], skipReason: null };

/** Null leaves the line out: its filter says no, or a mapping skips it. */
const mapLine = (lines: PlannedLines, row: Row, context: EvaluationContext): Collected | null => {
  if (lines.filter) {
    const wanted = evaluatePlanned(lines.filter, row, context);
    if (wanted.state === "pending") return { ...nothing, isPending: true };
    if (wanted.state === "failed") return { ...nothing, issues: wanted.issues, isPending: false };
    if (wanted.state !== "value" || wanted.value !== true) return null;
  }
  const collected = collect(lines.mappings, row, context);
  return collected.skipReason === null ? collected : null;
};

const mapLines = (
  lines: PlannedLines,
  source: Row,
  context: EvaluationContext,
): { readonly mapped: MappedLines; readonly parts: readonly Collected[] } => {
  const lineContext = withRoots(context, { header: source });
  const read = readLineRows(lines, source, context);
  if (read.state !== "rows") {
    const part =
      read.state === "pending"
        ? { ...nothing, isPending: true }
        : { ...nothing, issues: read.issues, isPending: false };
    return { mapped: { relation: lines.to, rows: [] }, parts: [part] };
  }
  const parts = read.rows.flatMap((row, index) => {
    const part = mapLine(lines, row, lineContext);
    const name = nameLine(index);
    return part ? { ...part, issues: part.issues.map(name), warnings: part.warnings.map(name) } : [];
  });
  return { mapped: { relation: lines.to, rows: parts.map((part) => part.line) }, parts };
};

/** Match keys alone, for records that are only searched. */
export const mapKeys = (
  plan: TransferPlan,
  source: Row,
  context: EvaluationContext,
): { state: "keys"; keys: Cell[] } | { state: "failed"; issues: readonly Issue[] } | { state: "pending" } => {
  if (plan.match.by !== "keys") return { state: "keys", keys: [] };
  const result = evaluateValues(plan.match.keys, source, context);
  return result.state === "values"
    ? { state: "keys", keys: plan.match.keys.map(({ field }) => result.values[field.name] ?? null) }
    : result;
};

/** SKIPRECORD wins over failures: what is skipped needs no repair. */
export function mapRecord(plan: TransferPlan, source: Row, context: EvaluationContext): MapResult {
  const header = collect(plan.mappings, source, context);
  const lines = plan.lines.map((each) => mapLines(each, source, context));
  const keys = mapKeys(plan, source, context);
  const parts = [header, ...lines.flatMap((each) => each.parts)];
  if (keys.state === "pending" || parts.some((part) => part.isPending)) return { state: "pending" };
  if (header.skipReason !== null) return { state: "skipped", reason: header.skipReason };
  const ofParts = parts.flatMap((part) => part.issues);
  const messages = new Set(ofParts.map((issue) => issue.message));
  // A key is usually mapped as well; a person wants to read once what is wrong with its value.
  const ofKeys = keys.state === "failed" ? keys.issues.filter((issue) => !messages.has(issue.message)) : [];
  const issues = [...ofParts, ...ofKeys];
  if (issues.length > 0 || keys.state === "failed") return { state: "failed", issues };
  const content = { ...header.line, lines: lines.map((each) => each.mapped) };
  return {
    state: "mapped",
    mapped: { ...content, keys: keys.keys, hash: hashText(toHashText(plan, content)) },
    warnings: parts.flatMap((part) => part.warnings),
  };
}
