/** The cells of a source row: type, label, API name, sample value, use and handle. */
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

export function SourceCells({ row, sample, query }: SourceCellsProps) {
  const Icon = row.loading ? Loader : row.kind === "many" ? List : row.expanded ? ChevronDown : ChevronRight;
  const isField = row.kind === "field";
  return (
    <>
      <div role="gridcell" className={classes.main} style={{ paddingInlineStart: (row.level - 1) * 16 }}>
        {isField ? (
          <span className={classes.glyph} title={row.field ? typeText(row.field) : undefined}>
            {row.type === null ? "" : typeGlyphs[row.type]}
          </span>
        ) : row.kind === "parent" ? (
          <CornerDownRight size={16} className={classes.icon} aria-hidden />
        ) : (
          <Icon size={16} className={classes.icon} aria-hidden />
        )}
        <span className={isField ? classes.label : classes.branch}>
          <Marked text={row.label} query={query} />
        </span>
        {row.name === row.label ? null : (
          <span className={classes.name}>
            <Marked text={row.name} query={query} />
          </span>
        )}
      </div>
      <div
        role="gridcell"
        className={classes.sample}
        title={sample ?? undefined}
        data-blank={sample === "(blank)"}
      >
        {sample === null ? null : <Marked text={sample} query={query} />}
      </div>
      <div
        role="gridcell"
        className={classes.used}
        title={row.used > 0 ? `Used in ${row.used} mappings` : undefined}
      >
        {row.used === 0 ? null : row.used === 1 ? <span className={classes.dot} /> : row.used}
      </div>
      <div className={classes.handleCell}>
        {isField || row.kind === "many" ? (
          <span className={classes.handle} data-filled={row.used > 0} data-handle />
        ) : row.used > 0 ? (
          <span className={classes.handle} data-filled data-passive />
        ) : null}
      </div>
    </>
  );
}
