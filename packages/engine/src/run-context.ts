/** What the steps of one run share. Nothing in it changes but the lookup cache. */
import type { EvalContext } from "@fieldbridge/formula";
import type { Lookups } from "./lookups.ts";
import type { TransferPlan } from "./plan/transfer-plan.ts";
import type { Clock, RunStore, StopSignal, SystemPort } from "./ports.ts";
import type { ValueMapIndex } from "./values/index-value-maps.ts";

export interface RunContext {
  readonly plan: TransferPlan;
  readonly source: SystemPort;
  readonly target: SystemPort;
  readonly store: Pick<RunStore, "readLinks" | "savePendingLinks">;
  readonly clock: Clock;
  /** When this process took up the run: what an earlier one sent, it sent before. */
  readonly openedAt: string;
  /** Instant at which the run began, `NOW()` of its formulas; earlier than `openedAt` for a run taken up again. */
  readonly runStartedAt: string;
  /** What the source is asked to filter by: the filter at the instant the run began, with its parameters. */
  readonly sourceFilter: string | null;
  readonly stop: StopSignal;
  readonly lookups: Lookups;
  /** Clock, zone and value maps of this run's formulas. */
  readonly evaluation: EvalContext;
  /** The value maps behind `evaluation`, for whoever wants to know what they do not list. */
  readonly valueMaps: ValueMapIndex;
  /** `hash` takes equal hashes as unchanged without looking (I5); `target` always looks. */
  readonly compare: "hash" | "target";
  /** A compare, with or without repair: outcomes say how both sides differ. */
  readonly compares: boolean;
  /** Records per page of this run. */
  readonly pageSize: number;
  /** Records of the current page that may still be held before the run stops. */
  readonly failureBudget: number;
}
