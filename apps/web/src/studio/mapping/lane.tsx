/**
 * The lane between the trees: React Flow, locked, with two invisible anchors. Its edges compute their own paths
 * (see `lane-drawing.ts`); everything in it is also available as rows, so it is one picture for a screen reader.
 * The attribution link stands in the header of the lane, since a picture may hold no link.
 */
import {
  Handle,
  Position,
  ReactFlow,
  ReactFlowProvider,
  type Edge,
  type EdgeProps,
  type Node,
} from "@xyflow/react";
import "@xyflow/react/dist/base.css";
import { createContext, memo, useContext, useEffect, useMemo, useRef, useState, type RefObject } from "react";
import { fixedCanvas } from "../../kit/fixed-canvas.ts";
import type { GraphEdge } from "../graph/rows.ts";
import { chipWidth } from "./edge-pen.ts";
import type { HiddenCounts, LaneDrawing } from "./lane-drawing.ts";
import classes from "./lane.module.css";

type LaneEdge = Edge<{ readonly edge: GraphEdge }, "mapping">;

interface LaneContent {
  readonly drawing: LaneDrawing;
  readonly onPick: (edge: GraphEdge) => void;
  readonly onHover: (edge: GraphEdge | null) => void;
}

const LaneContext = createContext<LaneContent | null>(null);

function AnchorNode() {
  return (
    <>
      <Handle type="source" position={Position.Right} className={classes.anchor} isConnectable={false} />
      <Handle type="target" position={Position.Left} className={classes.anchor} isConnectable={false} />
    </>
  );
}

const MappingEdge = memo(function MappingEdge({ id, data }: EdgeProps<LaneEdge>) {
  const lane = useContext(LaneContext);
  const group = useRef<SVGGElement>(null);
  const line = useRef<SVGPathElement>(null);
  const hit = useRef<SVGPathElement>(null);
  const chip = useRef<SVGGElement>(null);
  const stub = useRef<SVGTextElement>(null);
  const mark = useRef<SVGGElement>(null);
  const edge = data?.edge;
  useEffect(() => {
    const surface = group.current?.ownerSVGElement;
    if (!lane || !surface || !group.current || !line.current || !hit.current || !stub.current) return;
    lane.drawing.register(id, {
      surface,
      group: group.current,
      line: line.current,
      hit: hit.current,
      stub: stub.current,
      chip: chip.current,
      mark: mark.current,
    });
    return () => lane.drawing.register(id, null);
  }, [id, lane, edge]);
  if (!edge || !lane) return null;
  return (
    // The lane is a picture; the same action is a row of the target tree.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions, jsx-a11y/click-events-have-key-events
    <g
      ref={group}
      className={classes.edge}
      data-kind={edge.kind}
      data-problem={edge.problem}
      data-edge={id}
      onClick={() => lane.onPick(edge)}
      onMouseEnter={() => lane.onHover(edge)}
      onMouseLeave={() => lane.onHover(null)}
      style={{ display: "none" }}
    >
      <path ref={hit} className={classes.hit} />
      <path ref={line} className={classes.line} />
      <text ref={stub} className={classes.stub} />
      {edge.kind === "bundle" ? (
        <g ref={chip} className={classes.chip}>
          <title>{`${edge.count} mappings in these lines`}</title>
        </g>
      ) : edge.chip !== null && edge.first ? (
        <g ref={chip} className={classes.chip}>
          <rect width={chipWidth(edge.chip)} height={20} rx={10} />
          <text x={chipWidth(edge.chip) / 2} y={14} textAnchor="middle">
            {edge.chip}
          </text>
        </g>
      ) : null}
      {edge.problem ? (
        <g ref={mark} className={classes.mark}>
          <circle r={8} />
          <path d="M-4,2l2.6,-4l2.6,4l2.6,-4" />
        </g>
      ) : null}
    </g>
  );
});

const nodeTypes = { anchor: AnchorNode };
const edgeTypes = { mapping: MappingEdge };
const anchors: Node[] = ["source", "target"].map((id) => ({
  id,
  type: "anchor",
  position: { x: 0, y: 0 },
  data: {},
  width: 1,
  height: 1,
  selectable: false,
  draggable: false,
  focusable: false,
}));

const isSameEdge = (a: GraphEdge, b: GraphEdge): boolean =>
  a.kind === b.kind &&
  a.problem === b.problem &&
  a.chip === b.chip &&
  a.first === b.first &&
  a.count === b.count;

/** An edge that did not change keeps its object, so that React Flow leaves it alone. */
function toFlowEdge(edge: GraphEdge, known: Map<string, LaneEdge>): LaneEdge {
  const before = known.get(edge.id);
  if (before?.data && isSameEdge(before.data.edge, edge)) return before;
  const next: LaneEdge = { id: edge.id, source: "source", target: "target", type: "mapping", data: { edge } };
  known.set(edge.id, next);
  return next;
}

export interface LaneProps {
  readonly edges: readonly GraphEdge[];
  readonly drawing: LaneDrawing;
  readonly summary: string;
  readonly onPick: (edge: GraphEdge) => void;
  readonly onHover: (edge: GraphEdge | null) => void;
  readonly onWheel: (deltaY: number) => void;
}

/** Keeps the drawing informed about the size of the lane. */
function useLaneSize(drawing: LaneDrawing, element: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const box = element.current;
    if (!box) return;
    const measure = () => drawing.setSize(box.clientWidth, box.clientHeight);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(box);
    return () => observer.disconnect();
  }, [drawing, element]);
}

/** On its own, because the numbers change while scrolling and nothing else of the lane does. */
function HiddenLines({ drawing }: { readonly drawing: LaneDrawing }) {
  const [hidden, setHidden] = useState<HiddenCounts>({ above: 0, below: 0 });
  useEffect(() => drawing.onCounts(setHidden), [drawing]);
  return (
    <>
      {hidden.above > 0 ? <div className={classes.above}>↑ {hidden.above} above</div> : null}
      {hidden.below > 0 ? <div className={classes.below}>↓ {hidden.below} below</div> : null}
    </>
  );
}

export const Lane = memo(function Lane({ edges, drawing, summary, onPick, onHover, onWheel }: LaneProps) {
  const box = useRef<HTMLDivElement>(null);
  useLaneSize(drawing, box);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const handle = (event: WheelEvent) => {
      event.preventDefault();
      onWheel(event.deltaY);
    };
    element.addEventListener("wheel", handle, { passive: false, capture: true });
    element.addEventListener("pointermove", drawing.settle);
    return () => {
      element.removeEventListener("wheel", handle, { capture: true });
      element.removeEventListener("pointermove", drawing.settle);
    };
  }, [onWheel, drawing]);
  const [known] = useState(() => new Map<string, LaneEdge>());
  const flowEdges = useMemo(() => edges.map((edge) => toFlowEdge(edge, known)), [edges, known]);
  const content = useMemo(() => ({ drawing, onPick, onHover }), [drawing, onPick, onHover]);
  return (
    <div ref={box} className={classes.lane} role="img" aria-label={summary} data-testid="lane">
      <LaneContext.Provider value={content}>
        <ReactFlowProvider>
          <ReactFlow
            nodes={anchors}
            edges={flowEdges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            {...fixedCanvas}
          />
        </ReactFlowProvider>
      </LaneContext.Provider>
      <HiddenLines drawing={drawing} />
    </div>
  );
});
