/** Measures where a run spends its time, by phase, with the run's own clock. */
import type { RunPhase } from "@fieldbridge/model";
import type { Clock } from "./ports.ts";
import { msBetween } from "./values/instants.ts";

type PhaseMs = Partial<Record<RunPhase, number>>;

export interface PhaseClock {
  <T>(phase: RunPhase, work: () => Promise<T>): Promise<T>;
  /** Counts the waiting for each item as time of the phase. */
  each: <T>(phase: RunPhase, items: AsyncGenerator<T>) => AsyncGenerator<T>;
  /** Called at the start of each phase. */
  onPhase: (listener: (phase: RunPhase) => void) => void;
  /** Milliseconds since the last `take`. */
  take: () => PhaseMs;
  total: () => PhaseMs;
}

const addTo = (sums: PhaseMs, phase: RunPhase, ms: number): void => {
  sums[phase] = (sums[phase] ?? 0) + ms;
};

export function keepTime(clock: Clock): PhaseClock {
  const totals: PhaseMs = {};
  let recent: PhaseMs = {};
  let tell = (_phase: RunPhase): void => undefined;
  const measure = async <T>(phase: RunPhase, work: () => Promise<T>): Promise<T> => {
    tell(phase);
    const startedAt = clock.now();
    try {
      return await work();
    } finally {
      const ms = msBetween(startedAt, clock.now());
      addTo(totals, phase, ms);
      addTo(recent, phase, ms);
    }
  };
  async function* each<T>(phase: RunPhase, items: AsyncGenerator<T>): AsyncGenerator<T> {
    for (;;) {
      const result = await measure(phase, () => items.next());
      if (result.done === true) return;
      yield result.value;
    }
  }
  return Object.assign(measure, {
    each,
    onPhase: (listener: (phase: RunPhase) => void) => {
      tell = listener;
    },
    take: () => {
      const taken = recent;
      recent = {};
      return taken;
    },
    total: () => ({ ...totals }),
  });
}
