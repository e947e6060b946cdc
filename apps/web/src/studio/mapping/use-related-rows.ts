/** Which rows and lines stand out: those of the row last chosen on either side, or of the line under the pointer. */
import { useMemo } from "react";
import type { GraphEdge } from "../graph/rows.ts";

/** Rows are named `s:<source id>` and `t:<target id>`. */
export interface RelatedRows {
  /** Rows whose lines stand out. */
  readonly highlighted: ReadonlySet<string>;
  /** The same with the rows at the other ends. */
  readonly related: ReadonlySet<string>;
}

export function useRelatedRows(
  edges: readonly GraphEdge[],
  chosen: string | null,
  hovered: GraphEdge | null,
): RelatedRows {
  return useMemo(() => {
    const own = hovered ? `t:${hovered.target}` : chosen;
    const touching = edges.filter((edge) => own === `s:${edge.source}` || own === `t:${edge.target}`);
    return {
      highlighted: new Set(touching.length > 0 && own !== null ? [own] : []),
      related: new Set(touching.flatMap((edge) => [`s:${edge.source}`, `t:${edge.target}`])),
    };
  }, [hovered, chosen, edges]);
}
