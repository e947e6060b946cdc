/**
 * The cells of a source row: type, label, API name, sample value, use and handle. A row is few elements, because a
 * quick scroll makes hundreds of them; cells that have nothing to show are not there.
 */
import { ChevronDown, ChevronRight, CornerDownRight, List, Loader } from "lucide-react";
import type { SourceRow } from "../graph/rows.ts";
import { Marked } from "./marked.tsx";
import { typeGlyphs, typeText } from "./row-words.ts";
import classes from "./cells.module.css";

export interface SourceCellsProps {
  readonly row: SourceRow;
  readonly sample: string | null;
  readonly query: string;
}

function BranchIcon({ row }: { readonly row: SourceRow }) {
  const Icon = row.loading
    ? Loader
    : row.kind === "parent"
      ? CornerDownRight
      : row.kind === "many"
        ? List
        : row.expanded
          ? ChevronDown
          : ChevronRight;
  return <Icon size={16} className={classes.icon} aria-hidden />;
}

export function SourceCells({ row, sample, query }: SourceCellsProps) {
  const isField = row.kind === "field";
  const canLink = isField || row.kind === "many";
  return (
    <>
      <div
        role="gridcell"
        className={isField ? classes.label : classes.branch}
        data-glyph={isField && row.type !== null ? typeGlyphs[row.type] : undefined}
        title={row.field ? `${row.label}, ${typeText(row.field)}` : row.label}
        style={row.level > 1 ? { paddingInlineStart: (row.level - 1) * 16 } : undefined}
      >
        {isField ? null : <BranchIcon row={row} />}
        <Marked text={row.label} query={query} />
        {row.name === row.label ? null : (
          <span className={classes.name}>
            <Marked text={row.name} query={query} />
          </span>
        )}
      </div>
      {sample === null ? null : (
        <div role="gridcell" className={classes.sample} title={sample} data-blank={sample === "(blank)"}>
          <Marked text={sample} query={query} />
        </div>
      )}
      {row.used === 0 ? null : (
        <div
          role="gridcell"
          className={classes.used}
          data-once={row.used === 1}
          title={`Used in ${row.used} ${row.used === 1 ? "mapping" : "mappings"}`}
        >
          {row.used === 1 ? null : row.used}
        </div>
      )}
      {canLink ? (
        <span className={classes.handle} data-filled={row.used > 0} data-handle />
      ) : row.used > 0 ? (
        <span className={classes.handle} data-filled data-passive />
      ) : null}
    </>
  );
}
