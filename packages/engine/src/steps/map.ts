/** Map: source records to target values. Lookups of the whole page are collected and fetched once. */
import { noteUnknownValues } from "../map/count-unknown-values.ts";
import { mapKeys, mapRecord } from "../map/map-record.ts";
import { settleLookups } from "../map/settle-lookups.ts";
import { hold, type RecordState } from "../record-state.ts";
import type { RunContext } from "../run-context.ts";
import { setAside } from "./filter.ts";

const toSearched = (state: RecordState, context: RunContext): RecordState | null => {
  if (state.source === null) return state;
  const result = mapKeys(context.plan, state.source, context);
  if (result.state === "pending") return null;
  if (result.state === "failed") return hold(state, result.issues);
  const mapped = { values: {}, createValues: {}, lines: [], keys: result.keys, hash: "" };
  return { ...state, status: "mapped", mapped };
};

const mapState = (state: RecordState, context: RunContext): RecordState | null => {
  if (state.status !== "read" || state.source === null) return state;
  if (!state.task.record) return { ...state, status: "mapped" };
  if (state.setAside !== null) return toSearched(state, context);
  const { context: noting, unknownValues } = noteUnknownValues(context);
  const result = mapRecord(context.plan, state.source, noting);
  switch (result.state) {
    case "pending":
      return null;
    case "failed":
      return hold(state, result.issues, { unknownValues: unknownValues() });
    case "skipped": {
      const aside = setAside(state, "skipped", result.reason);
      return aside.status === "done" ? aside : toSearched(aside, context);
    }
    case "mapped":
      return {
        ...state,
        status: "mapped",
        mapped: result.mapped,
        issues: result.warnings,
        unknownValues: unknownValues(),
      };
  }
};

export const mapPage = (page: readonly RecordState[], context: RunContext): Promise<RecordState[]> =>
  settleLookups(page, context, (state) => mapState(state, context));
