/**
 * Draws all lines of the lane in one animation frame, straight into the DOM: a scroll moves 200 lines without
 * rendering React. Positions are computed from row numbers; nothing is measured and nothing is stored.
 */
import type { GraphEdge } from "../graph/rows.ts";
import { createEdgePen, toEdgeShape, type EdgeParts, type EdgePen } from "./edge-pen.ts";

export interface LaneLayout {
  readonly sourceIndex: ReadonlyMap<string, number>;
  readonly targetIndex: ReadonlyMap<string, number>;
  readonly sourceLabel: (id: string) => string;
  readonly targetLabel: (id: string) => string;
  readonly rowHeight: number;
  readonly edges: readonly GraphEdge[];
  /** Rows whose lines stand out; the others fade while this is not empty. */
  readonly highlighted: ReadonlySet<string>;
}

/** Lines with no end on screen, above and below the lane. */
export interface HiddenCounts {
  readonly above: number;
  readonly below: number;
}

export interface LaneDrawing {
  readonly setLayout: (layout: LaneLayout) => void;
  readonly setScroll: (side: "source" | "target", top: number) => void;
  readonly setSize: (width: number, height: number) => void;
  readonly register: (id: string, parts: EdgeParts | null) => void;
  readonly onCounts: (listener: (counts: HiddenCounts) => void) => void;
  /** Height of the middle of a row inside the lane; null where the row is not there. */
  readonly yOf: (side: "source" | "target", id: string) => number | null;
  /** Makes the lines as they stand easy to hit; to be called when the pointer is near. */
  readonly settle: () => void;
  readonly stop: () => void;
}

export function createLaneDrawing(
  requestFrame: (work: () => void) => number,
  cancelFrame: (id: number) => void,
): LaneDrawing {
  let layout: LaneLayout | null = null;
  let size = { width: 0, height: 0 };
  const scroll = { source: 0, target: 0 };
  const pens = new Map<string, EdgePen>();
  let frame: number | null = null;
  let listener: (counts: HiddenCounts) => void = () => {};
  let counts: HiddenCounts = { above: 0, below: 0 };

  const yOf = (side: "source" | "target", id: string): number | null => {
    const index = (side === "source" ? layout?.sourceIndex : layout?.targetIndex)?.get(id);
    if (index === undefined || !layout) return null;
    return index * layout.rowHeight + layout.rowHeight / 2 - scroll[side];
  };
  const isInside = (y: number): boolean => y >= 0 && y <= size.height;

  const drawEdge = (edge: GraphEdge, pen: EdgePen, dimmed: boolean): "shown" | "above" | "below" => {
    const y1 = yOf("source", edge.source);
    const y2 = yOf("target", edge.target);
    if (y1 === null || y2 === null) {
      pen.hide();
      return "shown";
    }
    const [startsInside, endsInside] = [isInside(y1), isInside(y2)];
    if (!startsInside && !endsInside) {
      pen.hide();
      if (y1 < 0 && y2 < 0) return "above";
      return y1 > 0 && y2 > 0 ? "below" : "shown";
    }
    const partner = startsInside ? layout?.targetLabel(edge.target) : layout?.sourceLabel(edge.source);
    pen.draw(toEdgeShape({ y1, y2, startsInside, endsInside }, size.width, edge.chip, partner ?? "", dimmed));
    return "shown";
  };

  const draw = () => {
    frame = null;
    if (!layout || size.width === 0) return;
    let [above, below] = [0, 0];
    const { highlighted } = layout;
    for (const edge of layout.edges) {
      const pen = pens.get(edge.id);
      if (!pen) continue;
      const related = highlighted.has(`s:${edge.source}`) || highlighted.has(`t:${edge.target}`);
      const place = drawEdge(edge, pen, highlighted.size > 0 && !related);
      if (place === "above") above += 1;
      if (place === "below") below += 1;
    }
    if (above !== counts.above || below !== counts.below) {
      counts = { above, below };
      listener(counts);
    }
  };
  const plan = () => {
    frame ??= requestFrame(draw);
  };

  return {
    setLayout: (next) => {
      layout = next;
      plan();
    },
    setScroll: (side, top) => {
      scroll[side] = top;
      plan();
    },
    setSize: (width, height) => {
      size = { width, height };
      plan();
    },
    register: (id, found) => {
      if (found === null) pens.delete(id);
      else pens.set(id, createEdgePen(found));
      plan();
    },
    onCounts: (next) => {
      listener = next;
      next(counts);
    },
    yOf,
    settle: () => pens.forEach((pen) => pen.settle()),
    stop: () => {
      if (frame !== null) cancelFrame(frame);
      frame = null;
    },
  };
}
