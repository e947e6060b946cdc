/**
 * Shape of one line of the lane and the pen that puts it into the DOM. A frame of scrolling writes only what is
 * different from the frame before: an attribute of SVG costs style and layout even where its value is the same.
 */

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

export interface EdgeShape {
  readonly path: string;
  readonly dimmed: boolean;
  /** Where the chip stands; null where its end of the line is out of view. */
  readonly chip: Point | null;
  readonly mark: Point;
  /** Name of the end that is out of view, at the border of the lane. */
  readonly stub: { readonly text: string; readonly anchor: "start" | "end"; readonly at: Point } | null;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface EdgePen {
  readonly hide: () => void;
  readonly draw: (shape: EdgeShape) => void;
  /** Puts the wide, unseen line under the pointer where the line is; a frame of scrolling leaves it out. */
  readonly settle: () => void;
}

/** Height at both ends inside the lane, and whether each is in view. */
export interface EdgeEnds {
  readonly y1: number;
  readonly y2: number;
  readonly startsInside: boolean;
  readonly endsInside: boolean;
}

export const chipWidth = (text: string): number => Math.ceil(text.length * 6.9) + 16;

const chipGap = 14;
/** The piece of line before a chip whose start is out of view. */
const chipLead = 12;
const longestStub = 34;

/** A narrow lane has short stubs, so that those of both sides stay apart. */
const stubLengthIn = (laneWidth: number): number => Math.min(longestStub, laneWidth / 8);

/** A curve that leaves and arrives level. */
export const curve = (x1: number, y1: number, x2: number, y2: number): string => {
  const bend = Math.max(24, (x2 - x1) * 0.45);
  return `M${x1},${y1}C${x1 + bend},${y1} ${x2 - bend},${y2} ${x2},${y2}`;
};

/** Stubs of both sides must fit beside each other; where the lane is too narrow only the arrow is left. */
const shorten = (text: string, laneWidth: number): string => {
  const room = Math.floor((laneWidth / 2 - 2 * stubLengthIn(laneWidth) - 14) / 6);
  return room < 4 ? "" : text.length > room ? `${text.slice(0, room - 1)}…` : text;
};

/** `partner` is the name of the end that is out of view; `chip` the text on the line. */
export function toEdgeShape(
  ends: EdgeEnds,
  laneWidth: number,
  chip: string | null,
  partner: string,
  dimmed: boolean,
): EdgeShape {
  const { y1, y2, startsInside, endsInside } = ends;
  const stubLength = stubLengthIn(laneWidth);
  const width = chip === null ? 0 : chipWidth(chip);
  const chipX = laneWidth - width - chipGap;
  const chipAt = chip !== null && endsInside ? { x: chipX, y: y2 - 10 } : null;
  if (startsInside && endsInside)
    return {
      path:
        chip === null
          ? curve(0, y1, laneWidth, y2)
          : `${curve(0, y1, chipX, y2)}M${chipX + width},${y2}L${laneWidth},${y2}`,
      dimmed,
      chip: chipAt,
      mark: { x: laneWidth * 0.42, y: y1 + (y2 - y1) * 0.4 },
      stub: null,
    };
  const arrow = (startsInside ? y2 : y1) < 0 ? "↑" : "↓";
  const text = `${arrow} ${shorten(partner, laneWidth)}`;
  if (startsInside)
    return {
      path: `M0,${y1}L${stubLength},${y1}`,
      dimmed,
      chip: null,
      mark: { x: stubLength / 2, y: y1 },
      stub: { text, anchor: "start", at: { x: stubLength + 5, y: y1 + 4 } },
    };
  const stubX = chip === null ? laneWidth - stubLength : chipX - chipLead;
  return {
    path:
      chip === null
        ? `M${stubX},${y2}L${laneWidth},${y2}`
        : `M${stubX},${y2}L${chipX},${y2}M${chipX + width},${y2}L${laneWidth},${y2}`,
    dimmed,
    chip: chipAt,
    mark: { x: chipX - 10, y: y2 },
    stub: { text, anchor: "end", at: { x: stubX - 5, y: y2 + 4 } },
  };
}

const isSamePoint = (a: Point | null, b: Point | null): boolean => a?.x === b?.x && a?.y === b?.y;

function place(element: SVGElement, at: Point | null, before: Point | null | undefined): void {
  if (before !== undefined && isSamePoint(at, before)) return;
  if ((at === null) !== (before === null) || before === undefined)
    element.style.display = at === null ? "none" : "";
  if (at !== null) element.setAttribute("transform", `translate(${at.x},${at.y})`);
}

export function createEdgePen(parts: EdgeParts): EdgePen {
  /** What stands in the DOM; undefined before the first stroke. */
  let drawn: EdgeShape | undefined;
  let hidden: boolean | undefined;
  let isSettled = false;
  return {
    hide: () => {
      if (hidden === true) return;
      parts.surface.style.display = "none";
      hidden = true;
    },
    draw: (shape) => {
      if (hidden !== false) {
        parts.surface.style.display = "";
        hidden = false;
      }
      if (drawn === undefined) parts.group.style.display = "";
      if (drawn?.dimmed !== shape.dimmed) parts.group.style.opacity = shape.dimmed ? "0.3" : "1";
      if (drawn?.path !== shape.path) {
        parts.line.setAttribute("d", shape.path);
        if (isSettled || drawn === undefined) parts.hit.style.display = "none";
        isSettled = false;
      }
      if (parts.chip) place(parts.chip, shape.chip, drawn && drawn.chip);
      if (parts.mark) place(parts.mark, shape.mark, drawn && drawn.mark);
      const stub = drawn?.stub ?? null;
      place(parts.stub, shape.stub?.at ?? null, drawn && (stub?.at ?? null));
      if (shape.stub && stub?.text !== shape.stub.text) parts.stub.textContent = shape.stub.text;
      if (shape.stub && stub?.anchor !== shape.stub.anchor)
        parts.stub.setAttribute("text-anchor", shape.stub.anchor);
      drawn = shape;
    },
    settle: () => {
      if (isSettled || drawn === undefined || hidden === true) return;
      parts.hit.setAttribute("d", drawn.path);
      parts.hit.style.display = "";
      isSettled = true;
    },
  };
}
