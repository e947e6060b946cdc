/** Which kind of value is wanted where the cursor is: by the operator before it, the function around it, or the target. */
import type { FunctionDoc, FunctionParam } from "@fieldbridge/formula";
import type { FieldTypeName } from "@fieldbridge/model";
import { findOpenCall } from "./signature-tooltip.ts";

export type WantedKind = FunctionParam["kind"];

/** The value of a function at a place; of repeated values the last one goes on. */
export function findParam(
  before: string,
  functions: readonly FunctionDoc[],
): { readonly doc: FunctionDoc; readonly param: FunctionParam | undefined } | null {
  const call = findOpenCall(before, before.length);
  const doc = call && functions.find((each) => each.name === call.name);
  return call && doc ? { doc, param: doc.params[Math.min(call.argument, doc.params.length - 1)] } : null;
}

export function wantedKind(
  before: string,
  functions: readonly FunctionDoc[],
  target: FieldTypeName | null,
): WantedKind {
  if (/[-+*/^]\s*$/.test(before)) return "number";
  if (/&\s*$/.test(before)) return "text";
  const inCall = findParam(before, functions);
  // A branch of IF gives what the whole formula gives.
  if (inCall && !inCall.param?.branch) return inCall.param?.kind ?? "any";
  return target === null ? "any" : kindOfTarget[target];
}

const kindOfTarget: Record<FieldTypeName, WantedKind> = {
  text: "text",
  choice: "text",
  id: "text",
  number: "number",
  boolean: "boolean",
  date: "date",
  datetime: "datetime",
  time: "time",
  binary: "any",
  json: "any",
};

/** Types of fields that a kind takes without converting; kinds that take everything prefer nothing. */
const typesOfKind: Record<WantedKind, readonly (FieldTypeName | "one" | "many")[]> = {
  text: ["text", "choice", "id"],
  number: ["number"],
  boolean: ["boolean"],
  date: ["date"],
  datetime: ["datetime"],
  time: ["time"],
  moment: ["date", "datetime"],
  clock: ["datetime", "time"],
  list: ["many"],
  scalar: [],
  any: [],
};

export const fitsKind = (type: FieldTypeName | "one" | "many", kind: WantedKind): boolean =>
  typesOfKind[kind].includes(type);
