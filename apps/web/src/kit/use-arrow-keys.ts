/** Arrow keys, Home and End move the focus between the rows of a list or table. */
import { useEffect, type RefObject } from "react";

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
const focusable = "a[href], button, input";

/** In the same column where the row has cells, else the row's first link, button or box. */
function findTarget(row: HTMLElement, from: Element): HTMLElement | null {
  const cell = from.closest("td");
  const column = cell?.parentElement ? [...cell.parentElement.children].indexOf(cell) : -1;
  return (
    row.children[column]?.querySelector<HTMLElement>(focusable) ??
    (row.matches(focusable) ? row : row.querySelector<HTMLElement>(focusable))
  );
}

/** Rows are the elements with `data-row` inside `container`. */
export function useArrowKeys(container: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = container.current;
    const onKey = (event: KeyboardEvent): void => {
      const step = steps[event.key];
      if (element === null || step === undefined || !(event.target instanceof Element)) return;
      if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches("input[type=text]")) return;
      const row = event.target.closest("[data-row]");
      const rows = [...element.querySelectorAll<HTMLElement>("[data-row]")];
      const index = rows.findIndex((each) => each === row);
      const next = rows[Math.min(rows.length - 1, Math.max(0, index + step))];
      const target = index < 0 || next === undefined ? null : findTarget(next, event.target);
      if (target === null) return;
      event.preventDefault();
      target.focus();
      next?.scrollIntoView({ block: "nearest" });
    };
    element?.addEventListener("keydown", onKey);
    return () => element?.removeEventListener("keydown", onKey);
  }, [container]);
}
