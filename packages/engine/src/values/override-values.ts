/** Values a person corrected for one attempt, laid over a record as it was read. */
import type { Cell, HeldRecordDetail, Row } from "@fieldbridge/model";
import type { CorrectedValue } from "../ports.ts";

const isRow = (cell: Cell | undefined): cell is Row =>
  typeof cell === "object" && cell !== null && !Array.isArray(cell);

function override(cell: Cell | undefined, path: readonly string[], value: CorrectedValue): Cell {
  const [head = "", ...rest] = path;
  if (path.length === 0) return cell === value.before ? value.after : (cell ?? null);
  if (Array.isArray(cell))
    return cell.map((row, index) => {
      const changed = String(index) === head ? override(row, rest, value) : row;
      return isRow(changed) ? changed : row;
    });
  return isRow(cell) && Object.hasOwn(cell, head)
    ? { ...cell, [head]: override(cell[head], rest, value) }
    : (cell ?? null);
}

/** A value that the source changed since it was corrected stays as the source has it: the newer change wins. */
export const overrideValues = (row: Row, values: readonly CorrectedValue[]): Row =>
  values.reduce<Row>((result, value) => {
    const changed = override(result, value.path.split("."), value);
    return isRow(changed) ? changed : result;
  }, row);

/** What the source itself holds, as far as it is known, and what a person corrected for the last attempt. */
export interface OwnSource {
  readonly source: Row | null;
  readonly corrections: readonly CorrectedValue[];
}

/** A trail shows a record as it was tried; its corrections are taken off it, latest first. */
export function findOwnSource({
  trail,
  edits,
  lastRunId,
}: Pick<HeldRecordDetail, "trail" | "edits" | "lastRunId">): OwnSource {
  const corrections = edits.filter((edit) => edit.runId === lastRunId).flatMap((edit) => edit.values);
  const undone = corrections.map(({ path, before, after }) => ({ path, before: after, after: before }));
  return { source: trail.source && overrideValues(trail.source, undone.reverse()), corrections };
}
