// Counts the calls by method and path pattern, so that a proof can compare the calls made with the fewest possible.

export interface Calls {
  count(method: string, pattern: string): void;
  total(): number;
  /** Calls by "METHOD pattern", in order of first use. */
  byRoute(): Record<string, number>;
  reset(): void;
}

export function createCalls(): Calls {
  const counts = new Map<string, number>();
  let total = 0;
  return {
    count(method, pattern) {
      const route = `${method} ${pattern}`;
      counts.set(route, (counts.get(route) ?? 0) + 1);
      total += 1;
    },
    total: () => total,
    byRoute: () => Object.fromEntries(counts),
    reset() {
      counts.clear();
      total = 0;
    },
  };
}
