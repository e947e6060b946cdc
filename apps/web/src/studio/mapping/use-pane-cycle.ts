/** F6 and Shift+F6 go round the panes of the mapping screen: source, target, formula. */
import { useEffect, type RefObject } from "react";

/** Moves the focus to the next or previous pane. */
function cyclePanes(root: HTMLElement, back: boolean): void {
  const panes = [...root.querySelectorAll<HTMLElement>("[data-pane]")].filter(
    (pane) => pane.offsetParent !== null,
  );
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + (back ? -1 : 1) + panes.length) % panes.length];
  const entry =
    next?.querySelector<HTMLElement>('[role="row"][tabindex="0"]') ??
    next?.querySelector<HTMLElement>("button, input");
  entry?.focus();
}

export function usePaneCycle(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const handle = (event: KeyboardEvent) => {
      if (event.key !== "F6" || !root.current || document.querySelector("[role=dialog]") !== null) return;
      event.preventDefault();
      cyclePanes(root.current, event.shiftKey);
    };
    document.addEventListener("keydown", handle);
    return () => document.removeEventListener("keydown", handle);
  }, [root]);
}
