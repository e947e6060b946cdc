/** Brings the parts of a run together once: value maps indexed, lookups bound to the ports. */
import type { RunParameters, ValueMap } from "@fieldbridge/model";
import { createLookups } from "./lookups.ts";
import type { TransferPlan } from "./plan/transfer-plan.ts";
import type { Clock, RunStore, StopSignal, SystemPort } from "./ports.ts";
import type { RunContext } from "./run-context.ts";
import { toRunRoots } from "./scopes.ts";
import { indexValueMaps } from "./values/index-value-maps.ts";

const neverStops: StopSignal = { aborted: false };

export function createRunContext(parts: {
  readonly plan: TransferPlan;
  readonly source: SystemPort;
  readonly target: SystemPort;
  readonly store: Pick<RunStore, "readLinks" | "savePendingLinks" | "findLinked">;
  readonly clock: Clock;
  readonly valueMaps: readonly ValueMap[];
  readonly runStartedAt: string;
  readonly parameters?: RunParameters | undefined;
  readonly pageSize?: number | undefined;
  readonly stopSignal?: StopSignal | undefined;
  readonly compare?: "hash" | "target" | undefined;
}): RunContext {
  const { plan, source, target, store, clock, runStartedAt, parameters } = parts;
  const stop = parts.stopSignal ?? neverStops;
  const valueMaps = indexValueMaps(parts.valueMaps);
  const findLinked: RunStore["findLinked"] = (object, ids) => store.findLinked(object, ids);
  return {
    plan,
    source,
    target,
    store,
    clock,
    stop,
    runStartedAt,
    sourceFilter: plan.sourceFilterAt(runStartedAt, parameters),
    openedAt: clock.now(),
    lookups: createLookups(plan, { source, target }, findLinked, { clock, stop }),
    evaluation: {
      now: runStartedAt,
      timeZone: plan.timeZone,
      roots: toRunRoots(runStartedAt, parameters),
      mapValue: valueMaps.read,
      recordUrl: (object, id) => target.recordUrl(object, id) ?? source.recordUrl(object, id),
    },
    valueMaps,
    compare: parts.compare ?? "hash",
    compares: false,
    pageSize: Math.min(source.limits.readPage, parts.pageSize ?? Infinity),
    failureBudget: Infinity,
  };
}
