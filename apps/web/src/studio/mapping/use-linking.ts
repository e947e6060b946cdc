/**
 * Joining a source row and a target row by hand: drag, click-click on the handles, or link mode by keyboard. The
 * pointer code is ours because rows are ordinary lists; the line to the pointer is drawn without React.
 */
import {
  useCallback,
  useEffect,
  useRef,
  useState,
  type PointerEvent as ReactPointerEvent,
  type RefObject,
} from "react";
import { curve } from "./edge-pen.ts";
import type { TreeHandle } from "./virtual-tree.tsx";

export type Side = "source" | "target";

/** A link that has its first end. */
export interface PendingLink {
  readonly from: Side;
  readonly id: string;
  readonly by: "drag" | "click" | "keyboard";
}

export interface LinkingInput {
  readonly area: RefObject<HTMLElement | null>;
  readonly ghost: RefObject<SVGPathElement | null>;
  readonly trees: Readonly<Record<Side, RefObject<TreeHandle | null>>>;
  /** Both ends are known; the order does not depend on where it began. */
  readonly onLink: (source: string, target: string) => void;
  readonly onStart: (link: PendingLink) => void;
  readonly onCancel: (link: PendingLink) => void;
}

export interface Linking {
  readonly pending: PendingLink | null;
  /** Row under the pointer on the other side. */
  readonly hover: string | null;
  readonly startByKeyboard: (from: Side, id: string) => void;
  /** Second end chosen; false where no link is pending or the row is on the same side. */
  readonly finish: (side: Side, id: string) => boolean;
  readonly cancel: () => void;
  readonly onPointerDown: (side: Side, id: string, onHandle: boolean, event: ReactPointerEvent) => void;
}

const dragFromPx = 4;
const scrollZonePx = 44;
const maxScrollPx = 18;

const other = (side: Side): Side => (side === "source" ? "target" : "source");

/** Row under a point, with its side. */
function rowAt(x: number, y: number): { side: Side; id: string } | null {
  const row = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-row]");
  const side = row?.closest<HTMLElement>("[data-side]")?.dataset.side;
  const id = row?.dataset.row;
  return id !== undefined && (side === "source" || side === "target") ? { side, id } : null;
}

/** Pixels to scroll per frame; grows with the distance into the zone at either end. */
export function scrollSpeed(y: number, top: number, bottom: number): number {
  const into =
    y < top + scrollZonePx
      ? y - (top + scrollZonePx)
      : y > bottom - scrollZonePx
        ? y - (bottom - scrollZonePx)
        : 0;
  return Math.max(-maxScrollPx, Math.min(maxScrollPx, into / 3));
}

export function useLinking(input: LinkingInput): Linking {
  const [pending, setPending] = useState<PendingLink | null>(null);
  const [hover, setHover] = useState<string | null>(null);
  const latest = useRef(input);
  const current = useRef<PendingLink | null>(null);
  useEffect(() => {
    latest.current = input;
  });

  const change = useCallback((link: PendingLink | null) => {
    current.current = link;
    setPending(link);
    if (link === null) {
      setHover(null);
      latest.current.ghost.current?.setAttribute("d", "");
    }
  }, []);

  const finish = useCallback(
    (side: Side, id: string): boolean => {
      const link = current.current;
      if (link === null || link.from === side) return false;
      change(null);
      if (link.from === "source") latest.current.onLink(link.id, id);
      else latest.current.onLink(id, link.id);
      return true;
    },
    [change],
  );
  const cancel = useCallback(() => {
    const link = current.current;
    if (link === null) return;
    change(null);
    latest.current.onCancel(link);
  }, [change]);

  const drawGhost = useCallback((link: PendingLink, x: number, y: number) => {
    const { area, ghost, trees } = latest.current;
    const box = area.current?.getBoundingClientRect();
    const scroller = trees[link.from].current?.scroller();
    if (!box || !scroller || !ghost.current) return;
    const pane = scroller.getBoundingClientRect();
    const row = scroller.querySelector(`[data-row="${CSS.escape(link.id)}"]`)?.getBoundingClientRect();
    const middle = row ? row.top + row.height / 2 : pane.top;
    const startY = Math.max(pane.top, Math.min(pane.bottom, middle)) - box.top;
    const startX = (link.from === "source" ? pane.right : pane.left) - box.left;
    const [endX, endY] = [x - box.left, y - box.top];
    ghost.current.setAttribute(
      "d",
      link.from === "source" ? curve(startX, startY, endX, endY) : curve(endX, endY, startX, startY),
    );
  }, []);

  const follow = useCallback(
    (x: number, y: number) => {
      const link = current.current;
      if (link === null) return;
      drawGhost(link, x, y);
      const row = rowAt(x, y);
      setHover(row !== null && row.side !== link.from ? row.id : null);
    },
    [drawGhost],
  );

  const onPointerDown = useCallback(
    (side: Side, id: string, onHandle: boolean, event: ReactPointerEvent) => {
      if (event.button !== 0) return;
      const start = { x: event.clientX, y: event.clientY };
      let last = start;
      let frame = 0;
      let dragging = false;
      const autoScroll = () => {
        const scroller = latest.current.trees[other(side)].current?.scroller();
        if (scroller) {
          const box = scroller.getBoundingClientRect();
          scroller.scrollTop += scrollSpeed(last.y, box.top, box.bottom);
          follow(last.x, last.y);
        }
        frame = requestAnimationFrame(autoScroll);
      };
      const move = (moved: PointerEvent) => {
        last = { x: moved.clientX, y: moved.clientY };
        if (!dragging && Math.hypot(last.x - start.x, last.y - start.y) > dragFromPx) {
          dragging = true;
          const link: PendingLink = { from: side, id, by: "drag" };
          change(link);
          latest.current.onStart(link);
          frame = requestAnimationFrame(autoScroll);
        }
        if (dragging) follow(last.x, last.y);
      };
      const end = () => {
        cancelAnimationFrame(frame);
        window.removeEventListener("pointermove", move);
        window.removeEventListener("pointerup", up);
        window.removeEventListener("pointercancel", abort);
        window.removeEventListener("keydown", escape, true);
      };
      const abort = () => {
        end();
        if (dragging) cancel();
      };
      const escape = (key: KeyboardEvent) => {
        if (key.key !== "Escape") return;
        key.stopPropagation();
        abort();
      };
      const up = (released: PointerEvent) => {
        end();
        const row = rowAt(released.clientX, released.clientY);
        if (dragging) {
          if (row === null || !finish(row.side, row.id)) cancel();
        } else if (current.current !== null && current.current.from !== side) finish(side, id);
        else if (onHandle) {
          const link: PendingLink = { from: side, id, by: "click" };
          change(link);
          latest.current.onStart(link);
        }
      };
      window.addEventListener("pointermove", move);
      window.addEventListener("pointerup", up);
      window.addEventListener("pointercancel", abort);
      window.addEventListener("keydown", escape, true);
    },
    [cancel, change, finish, follow],
  );

  const isClick = pending?.by === "click";
  useEffect(() => {
    if (!isClick) return;
    const move = (event: PointerEvent) => follow(event.clientX, event.clientY);
    const escape = (event: KeyboardEvent) => {
      if (event.key === "Escape") cancel();
    };
    const press = (event: PointerEvent) => {
      if (rowAt(event.clientX, event.clientY) === null) cancel();
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("keydown", escape);
    window.addEventListener("pointerdown", press, true);
    return () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("keydown", escape);
      window.removeEventListener("pointerdown", press, true);
    };
  }, [isClick, follow, cancel]);

  const startByKeyboard = useCallback(
    (from: Side, id: string) => {
      const link: PendingLink = { from, id, by: "keyboard" };
      change(link);
      latest.current.onStart(link);
    },
    [change],
  );
  return { pending, hover, startByKeyboard, finish, cancel, onPointerDown };
}
