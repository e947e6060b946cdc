/** The one polite live region: sentences queue up, so that a screen reader gets at most one a second. */
import { useCallback, useEffect, useRef, useState } from "react";

const gapMs = 1_000;

export function useAnnouncer(): { readonly sentence: string; readonly announce: (sentence: string) => void } {
  const [sentence, setSentence] = useState("");
  const queue = useRef<string[]>([]);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const next = useCallback(() => {
    const say = () => {
      const waiting = queue.current.shift();
      timer.current = waiting === undefined ? null : setTimeout(say, gapMs);
      if (waiting !== undefined) setSentence(waiting);
    };
    say();
  }, []);
  const announce = useCallback(
    (text: string) => {
      queue.current = [...queue.current.slice(-2), text];
      if (timer.current === null) next();
    },
    [next],
  );
  useEffect(
    () => () => {
      if (timer.current !== null) clearTimeout(timer.current);
    },
    [],
  );
  return { sentence, announce };
}
