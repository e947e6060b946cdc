/** Which rows of a long list are on screen. Rows have one height, so this is arithmetic, without measuring. */
import { useCallback, useEffect, useState, type RefObject } from "react";

export interface RowWindow {
  /** First and one past the last row to render, overscan included. */
  readonly start: number;
  readonly end: number;
  readonly onScroll: () => void;
}

const overscan = 8;

export function useWindow(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
): RowWindow {
  const [range, setRange] = useState({ start: 0, end: 28 });
  const measure = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const first = Math.floor(element.scrollTop / rowHeight);
    const last = Math.ceil((element.scrollTop + element.clientHeight) / rowHeight);
    const start = Math.max(0, first - overscan);
    const end = last + overscan;
    setRange((before) =>
      before.start <= first &&
      before.end >= last &&
      Math.abs(before.start - start) < overscan / 2 &&
      before.end >= end - overscan / 2
        ? before
        : { start, end },
    );
  }, [scroller, rowHeight]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [measure, scroller, count]);
  return {
    start: Math.min(range.start, Math.max(0, count - 1)),
    end: Math.min(count, range.end),
    onScroll: measure,
  };
}
