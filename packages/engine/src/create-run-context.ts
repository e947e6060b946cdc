/** Brings the parts of a run together once: value maps indexed, lookups bound to the ports. */
import type { EvalContext } from "@fieldbridge/formula";
import type { ValueMap } from "@fieldbridge/model";
import { createLookups } from "./lookups.ts";
import type { TransferPlan } from "./plan/transfer-plan.ts";
import type { Clock, RunStore, StopSignal, SystemPort } from "./ports.ts";
import type { RunContext } from "./run-context.ts";

const neverStops: StopSignal = { aborted: false };

/** The value a map gives for a key, or its default. */
export const indexValueMaps = (valueMaps: readonly ValueMap[]): NonNullable<EvalContext["mapValue"]> => {
  const byName = new Map(
    valueMaps.map((map) => [
      map.name,
      { entries: new Map(map.entries.map(({ from, to }) => [from, to])), fallback: map.default },
    ]),
  );
  return (name, key) => {
    const map = byName.get(name);
    return map?.entries.get(key) ?? map?.fallback;
  };
};

export function createRunContext(parts: {
  readonly plan: TransferPlan;
  readonly source: SystemPort;
  readonly target: SystemPort;
  readonly store: Pick<RunStore, "readLinks" | "savePendingLinks" | "findLinked">;
  readonly clock: Clock;
  readonly valueMaps: readonly ValueMap[];
  readonly runStartedAt: string;
  readonly pageSize?: number | undefined;
  readonly stopSignal?: StopSignal | undefined;
  readonly compare?: "hash" | "target" | undefined;
}): RunContext {
  const { plan, source, target, store, clock, runStartedAt } = parts;
  const stop = parts.stopSignal ?? neverStops;
  const findLinked: RunStore["findLinked"] = (object, ids) => store.findLinked(object, ids);
  return {
    plan,
    source,
    target,
    store,
    clock,
    stop,
    runStartedAt,
    openedAt: clock.now(),
    lookups: createLookups(plan, { source, target }, findLinked, { clock, stop }),
    evaluation: {
      now: runStartedAt,
      timeZone: plan.timeZone,
      roots: { run: { StartedAt: runStartedAt } },
      mapValue: indexValueMaps(parts.valueMaps),
      recordUrl: (object, id) => target.recordUrl(object, id) ?? source.recordUrl(object, id),
    },
    compare: parts.compare ?? "hash",
    compares: false,
    pageSize: Math.min(source.limits.readPage, parts.pageSize ?? Infinity),
    failureBudget: Infinity,
  };
}
