/** Buttons beside a formula help while it is typed: pressing one leaves the focus, and so the formula, where it is. */
import { useEffect, type RefObject } from "react";

export function useKeptFocus(container: RefObject<HTMLElement | null>, active: boolean): void {
  useEffect(() => {
    const element = container.current;
    if (!active || element === null) return undefined;
    const onPress = (event: MouseEvent): void => {
      if (event.target instanceof Element && event.target.closest("button") !== null) event.preventDefault();
    };
    element.addEventListener("mousedown", onPress);
    return () => element.removeEventListener("mousedown", onPress);
  }, [container, active]);
}
