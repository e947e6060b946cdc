/** Which values of a source record the formulas of a transfer read, so that those are offered for correction first. */
import { listFields } from "@fieldbridge/formula";
import type { Cell, Issue, Row, TransferDefinition } from "@fieldbridge/model";
import { toIssuePlace } from "../../format/issue-place.ts";
import { toLines } from "./record-tree.tsx";

/** One value of a record that a person may correct. */
export interface RecordValue {
  readonly path: string;
  readonly value: string | boolean | null;
  readonly isUsed: boolean;
  /** True where a reason the record is held for comes from a formula that reads it. */
  readonly isBlamed: boolean;
}

const headerFormulas = (definition: TransferDefinition): readonly string[] => [
  ...Object.values(definition.mappings).map((each) => each.value),
  ...(definition.filter === undefined ? [] : [definition.filter]),
  ...(definition.match?.by === "keys" ? Object.values(definition.match.keys) : []),
];

type Lines = NonNullable<TransferDefinition["lines"]>[number];

/** Paths in lower case with `*` for the place of a row; field names of formulas do not mind their case. */
const toPatterns = (formula: string, lines?: Lines): string[] =>
  listFields(formula).map((path) =>
    (lines === undefined
      ? path.join(".")
      : path[0] === "header"
        ? path.slice(1).join(".")
        : `${lines.source}.*.${path.join(".")}`
    ).toLowerCase(),
  );

const listUsed = (definition: TransferDefinition): ReadonlySet<string> =>
  new Set([
    ...headerFormulas(definition).flatMap((formula) => toPatterns(formula)),
    ...(definition.lines ?? []).flatMap((lines) =>
      Object.values(lines.mappings).flatMap((mapping) => toPatterns(mapping.value, lines)),
    ),
  ]);

/** What the formula at the place of an issue reads; where the issue names a value, only paths with that value count. */
function blame(issue: Issue, definition: TransferDefinition): (pattern: string, value: unknown) => boolean {
  const place = toIssuePlace(issue.path);
  const lines = definition.lines?.find((each) => each.target === place?.lines);
  const mappings = place?.lines == null ? definition.mappings : (lines?.mappings ?? {});
  const formula = place === null ? undefined : mappings[place.field]?.value;
  const patterns = new Set(formula === undefined ? [] : toPatterns(formula, lines));
  const wanted = issue.valueMap?.key;
  return (pattern, value) => patterns.has(pattern) && (wanted === undefined || wanted === value);
}

export const isPlain = (value: Cell): value is string | boolean | null =>
  value === null || typeof value === "string" || typeof value === "boolean";

export function listRecordValues(
  source: Row,
  definition: TransferDefinition,
  issues: readonly Issue[],
): RecordValue[] {
  const used = listUsed(definition);
  const blamed = issues.map((issue) => blame(issue, definition));
  return toLines(source).flatMap(({ path, value, isHeading }) => {
    if (isHeading || !isPlain(value)) return [];
    const pattern = path.toLowerCase().replaceAll(/\.\d+(?=\.)/g, ".*");
    const isBlamed = blamed.some((names) => names(pattern, value));
    return { path, value, isUsed: isBlamed || used.has(pattern), isBlamed };
  });
}

/** `WorkOrderLineItems.2.Product2.Unit` → "Row 3 of WorkOrderLineItems, Product2". Blank for the record's own values. */
export const describePlace = (path: string): string => {
  const names = path.split(".").slice(0, -1);
  const at = names.findIndex((name) => /^\d+$/.test(name));
  if (at < 0) return names.join(" › ");
  const rest = names.slice(at + 1);
  return [
    `Row ${Number(names[at]) + 1} of ${names.slice(0, at).join(" › ")}`,
    ...(rest.length === 0 ? [] : [rest.join(" › ")]),
  ].join(", ");
};
