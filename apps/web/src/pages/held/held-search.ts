/** The filters of the held page: how they stand in the address, and what they ask the server for. */
import type { HeldRecord, IssueClass, RouteInput } from "@fieldbridge/model";

export interface HeldSearch {
  readonly transfer?: string;
  readonly state?: string;
  readonly class?: string;
  readonly cause?: string;
  readonly age?: string;
  readonly who?: string;
  readonly record?: string;
  readonly tab?: string;
}

export const heldStates: readonly { value: HeldRecord["state"]; label: string }[] = [
  { value: "open", label: "Open" },
  { value: "ignored", label: "Ignored" },
  { value: "resolved", label: "Resolved" },
];

export const classChoices: readonly { value: IssueClass; label: string }[] = [
  { value: "data", label: "Data" },
  { value: "mapping", label: "Mapping" },
  { value: "connection", label: "Connection" },
  { value: "permission", label: "Permission" },
  { value: "throttle", label: "Rate limit" },
  { value: "conflict", label: "Conflict" },
  { value: "waiting", label: "Waiting" },
  { value: "uncertain", label: "Uncertain" },
];

export const heldAges = [
  { value: "today", label: "Held today" },
  { value: "day", label: "For over 1 day" },
  { value: "week", label: "For over 7 days" },
] as const;

/** Stands for nobody in the address; no name is a hyphen alone. */
export const nobody = "-";

const dayMs = 24 * 60 * 60_000;

/** Today begins at the reader's own midnight. */
function toAge(age: string | undefined, now: number): { heldAfter?: string; heldBefore?: string } {
  const iso = (at: number) => new Date(at).toISOString();
  if (age === "today") return { heldAfter: iso(new Date(now).setHours(0, 0, 0, 0)) };
  if (age === "day") return { heldBefore: iso(now - dayMs) };
  if (age === "week") return { heldBefore: iso(now - 7 * dayMs) };
  return {};
}

export const readState = (search: HeldSearch): HeldRecord["state"] =>
  heldStates.find((each) => each.value === search.state)?.value ?? "open";

export const readClass = (search: HeldSearch): IssueClass | undefined =>
  classChoices.find((each) => each.value === search.class)?.value;

/** Everything but the cause, which is chosen among the records this leaves. */
export function toHeldQuery(search: HeldSearch, now: number): NonNullable<RouteInput<"listHeld">["query"]> {
  return {
    state: readState(search),
    transferId: search.transfer,
    class: readClass(search),
    ...(search.who === nobody ? { unassigned: "true" } : { assignee: search.who }),
    ...toAge(search.age, now),
  };
}

export const isFiltered = (search: HeldSearch): boolean =>
  [search.transfer, search.class, search.cause, search.age, search.who].some((each) => each !== undefined);

export const noFilter = { transfer: "", class: "", cause: "", age: "", who: "", record: "" };
