/**
 * Filter: every condition is evaluated here, also where the source filtered already, because it may compare more
 * loosely and because records read by key were not filtered at all.
 */
import { evaluatePlanned } from "../map/evaluate-planned.ts";
import { settleLookups } from "../map/settle-lookups.ts";
import { finish, hold, type RecordState } from "../record-state.ts";
import type { RunContext } from "../run-context.ts";

/** A record with an unconfirmed write is still searched in the target, even if it does not qualify any more. */
export const setAside = (state: RecordState, action: "filtered" | "skipped", reason: string): RecordState =>
  state.task.kind === "settle" ? { ...state, setAside: action, reason } : finish(state, action, { reason });

const filterRecord = (state: RecordState, context: RunContext): RecordState | null => {
  const { source } = state;
  if (state.status !== "read" || source === null || !state.task.record) return state;
  for (const { formula, readsFailureNote, readsSuccessNote } of context.plan.conditions) {
    if (readsFailureNote && state.task.kind === "again") continue;
    if (readsSuccessNote && context.compares && state.link !== null) continue;
    const result = evaluatePlanned(formula, source, context);
    if (result.state === "pending") return null;
    if (result.state === "failed") return hold(state, result.issues);
    if (result.state !== "value" || result.value !== true)
      return setAside(state, "filtered", `The condition ${formula.text} is not met.`);
  }
  return state;
};

export const filterPage = (page: readonly RecordState[], context: RunContext): Promise<RecordState[]> =>
  settleLookups(page, context, (state) => filterRecord(state, context));
