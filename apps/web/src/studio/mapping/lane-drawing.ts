/**
 * Draws all lines of the lane in one animation frame, straight into the DOM: a scroll moves 200 lines without
 * rendering React. Positions are computed from row numbers; nothing is measured and nothing is stored.
 */
import type { GraphEdge } from "../graph/rows.ts";

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

/** The parts of one line in the DOM. */
export interface EdgeParts {
  /** The drawing surface React Flow gives every edge; hidden as a whole, so that unseen lines cost no paint. */
  readonly surface: SVGElement;
  readonly group: SVGGElement;
  readonly line: SVGPathElement;
  readonly hit: SVGPathElement;
  readonly chip: SVGGElement | null;
  readonly stub: SVGTextElement;
  readonly mark: SVGGElement | null;
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
  readonly stop: () => void;
}

export const chipWidth = (text: string): number => Math.ceil(text.length * 6.9) + 16;

const chipGap = 14;
const stubLength = 34;

/** A curve that leaves and arrives level. */
export const curve = (x1: number, y1: number, x2: number, y2: number): string => {
  const bend = Math.max(24, (x2 - x1) * 0.45);
  return `M${x1},${y1}C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
};

/** Stubs of both sides must fit beside each other; where the lane is too narrow only the arrow is left. */
const shorten = (text: string, laneWidth: number): string => {
  const room = Math.floor((laneWidth / 2 - 2 * stubLength - 14) / 6);
  return room < 4 ? "" : text.length > room ? `${text.slice(0, room - 1)}…` : text;
};

export function createLaneDrawing(
  requestFrame: (work: () => void) => number,
  cancelFrame: (id: number) => void,
): LaneDrawing {
  let layout: LaneLayout | null = null;
  let size = { width: 0, height: 0 };
  const scroll = { source: 0, target: 0 };
  const parts = new Map<string, EdgeParts>();
  let frame: number | null = null;
  let listener: (counts: HiddenCounts) => void = () => {};
  let counts: HiddenCounts = { above: 0, below: 0 };

  const yOf = (side: "source" | "target", id: string): number | null => {
    const index = (side === "source" ? layout?.sourceIndex : layout?.targetIndex)?.get(id);
    if (index === undefined || !layout) return null;
    return index * layout.rowHeight + layout.rowHeight / 2 - scroll[side];
  };
  const isInside = (y: number): boolean => y >= 0 && y <= size.height;

  const drawEdge = (edge: GraphEdge, at: EdgeParts, dimmed: boolean): "shown" | "above" | "below" => {
    const y1 = yOf("source", edge.source);
    const y2 = yOf("target", edge.target);
    if (y1 === null || y2 === null) {
      at.surface.style.display = "none";
      return "shown";
    }
    const [startsInside, endsInside] = [isInside(y1), isInside(y2)];
    if (!startsInside && !endsInside) {
      at.surface.style.display = "none";
      if (y1 < 0 && y2 < 0) return "above";
      return y1 > 0 && y2 > 0 ? "below" : "shown";
    }
    at.surface.style.display = "";
    at.group.style.display = "";
    at.group.style.opacity = dimmed ? "0.3" : "1";
    const both = startsInside && endsInside;
    const width = edge.chip === null ? 0 : chipWidth(edge.chip);
    const chipX = size.width - width - chipGap;
    let path: string;
    if (both)
      path =
        edge.chip === null
          ? curve(0, y1, size.width, y2)
          : `${curve(0, y1, chipX, y2)}M${chipX + width},${y2}L${size.width},${y2}`;
    else if (startsInside) path = `M0,${y1}L${stubLength},${y1}`;
    else
      path =
        edge.chip === null
          ? `M${size.width - stubLength},${y2}L${size.width},${y2}`
          : `M${chipX - 12},${y2}L${chipX},${y2}M${chipX + width},${y2}L${size.width},${y2}`;
    at.line.setAttribute("d", path);
    at.hit.setAttribute("d", path);
    if (at.chip) {
      at.chip.style.display = endsInside ? "" : "none";
      at.chip.setAttribute("transform", `translate(${chipX},${y2 - 10})`);
    }
    if (at.mark) {
      const x = both ? size.width * 0.42 : startsInside ? stubLength / 2 : size.width - width - chipGap - 10;
      const y = both ? y1 + (y2 - y1) * 0.4 : startsInside ? y1 : y2;
      at.mark.setAttribute("transform", `translate(${x},${y})`);
    }
    if (both) at.stub.style.display = "none";
    else {
      at.stub.style.display = "";
      const up = startsInside ? y2 < 0 : y1 < 0;
      const partner = startsInside ? layout?.targetLabel(edge.target) : layout?.sourceLabel(edge.source);
      at.stub.textContent = `${up ? "↑" : "↓"} ${shorten(partner ?? "", size.width)}`;
      at.stub.setAttribute(
        "x",
        String(
          startsInside ? stubLength + 5 : (edge.chip === null ? size.width - stubLength : chipX - 12) - 5,
        ),
      );
      at.stub.setAttribute("y", String((startsInside ? y1 : y2) + 4));
      at.stub.setAttribute("text-anchor", startsInside ? "start" : "end");
    }
    return "shown";
  };

  const draw = () => {
    frame = null;
    if (!layout || size.width === 0) return;
    let [above, below] = [0, 0];
    const { highlighted } = layout;
    for (const edge of layout.edges) {
      const at = parts.get(edge.id);
      if (!at) continue;
      const related = highlighted.has(`s:${edge.source}`) || highlighted.has(`t:${edge.target}`);
      const place = drawEdge(edge, at, highlighted.size > 0 && !related);
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
      if (found === null) parts.delete(id);
      else parts.set(id, found);
      plan();
    },
    onCounts: (next) => {
      listener = next;
      next(counts);
    },
    yOf,
    stop: () => {
      if (frame !== null) cancelFrame(frame);
      frame = null;
    },
  };
}
