// The server's clock. It can be moved, so that watermarks, token expiry and late commits are tested without waiting.

export interface Clock {
  /** Milliseconds since 1970, the offset included. */
  readonly now: () => number;
  offsetMs(): number;
  setOffset(offsetMs: number): void;
  /** Calls back whenever the offset changes; returns how to stop. */
  onMove(listener: () => void): () => void;
}

/** A clock that runs with `base` (the machine's clock unless told) plus a settable offset. */
export function createClock(base: () => number = Date.now): Clock {
  let offset = 0;
  const listeners = new Set<() => void>();
  return {
    now: () => base() + offset,
    offsetMs: () => offset,
    setOffset(offsetMs) {
      offset = offsetMs;
      for (const listener of listeners) listener();
    },
    onMove(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
