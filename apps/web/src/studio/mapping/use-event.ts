/** Handlers that keep their identity, so that what they are given to is not rendered again because of them. */
import { useCallback, useLayoutEffect, useRef } from "react";

/** Always the same function; it does what the newest render says. For events only, never while rendering. */
export function useEvent<A extends readonly unknown[], R>(work: (...args: A) => R): (...args: A) => R {
  const latest = useRef(work);
  useLayoutEffect(() => {
    latest.current = work;
  });
  return useCallback((...args: A) => latest.current(...args), []);
}
