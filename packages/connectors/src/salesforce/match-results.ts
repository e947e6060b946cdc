/**
 * Which result of a collection call belongs to which request. Salesforce promises the order of the request; here it
 * is checked, because a result given to the wrong record would be worse than none (R9).
 */
import type { WriteRequest } from "@fieldbridge/engine";
import type { ObjectSchema, Row } from "@fieldbridge/model";
import { isTrue, listOf, textOf, type Json } from "../http/json.ts";
import { toComparable } from "../values.ts";
import { toShortId } from "./ids.ts";

/** `failed` without errors: it was refused, but which of the reasons is its own cannot be told. */
export type Matched =
  | { readonly kind: "written"; readonly id: string }
  | { readonly kind: "failed"; readonly errors: readonly Json[] | undefined }
  | { readonly kind: "unknown" };

/** A result taken for what it says. */
export function toMatched(result: Json): Matched {
  const id = textOf(result, "id");
  if (isTrue(result, "success") && id !== undefined) return { kind: "written", id };
  return { kind: "failed", errors: listOf(result, "errors") };
}

/**
 * Gives the failures nobody claimed to the requests that have no result. Where every request got a result they are
 * known to be refused; else they may have been written or not.
 */
function matchRest(
  matched: readonly (Matched | undefined)[],
  failures: readonly Json[],
  isComplete: boolean,
): readonly Matched[] {
  const open = matched.filter((each) => each === undefined).length;
  const [only] = failures;
  return matched.map((each): Matched => {
    if (each !== undefined) return each;
    if (!isComplete || failures.length !== open) return { kind: "unknown" };
    return { kind: "failed", errors: open === 1 && only !== undefined ? listOf(only, "errors") : undefined };
  });
}

/** Updates and deletes: the id in each result says whose it is. */
export function matchById(requests: readonly WriteRequest[], results: readonly Json[]): readonly Matched[] {
  const inOrder =
    results.length === requests.length &&
    results.every((result, place) => {
      const id = textOf(result, "id");
      return id === undefined || toShortId(id) === toShortId(requests[place]?.key ?? "");
    });
  if (inOrder) return results.map(toMatched);
  const byId = new Map<string, Json>();
  for (const result of results) {
    const id = textOf(result, "id");
    if (id !== undefined) byId.set(toShortId(id), result);
  }
  const matched = requests.map((request) => {
    const result = byId.get(toShortId(request.key ?? ""));
    return result === undefined ? undefined : toMatched(result);
  });
  const nameless = results.filter((result) => textOf(result, "id") === undefined);
  return matchRest(matched, nameless, results.length === requests.length);
}

/**
 * Creates carry no id to compare. New ids grow in the order of the records, so results that are complete, all
 * successful and ascending are in order; anything else must be read back.
 */
export function isPlainlyInOrder(requests: readonly WriteRequest[], results: readonly Json[]): boolean {
  if (results.length !== requests.length) return false;
  const ids = results.map((result) => (isTrue(result, "success") ? textOf(result, "id") : undefined));
  if (ids.every((id) => id === undefined)) return true;
  return ids.every((id, place) => {
    const before = ids[place - 1];
    return id !== undefined && (place === 0 || (before !== undefined && toShortId(before) < toShortId(id)));
  });
}

/** Fields whose written values can be compared with those read back. */
export function comparableFields(schema: ObjectSchema, requests: readonly WriteRequest[]): readonly string[] {
  const sent = new Set(requests.flatMap((request) => Object.keys(request.values)));
  return schema.fields
    .filter((field) => sent.has(field.name) && !["json", "binary", "datetime", "time"].includes(field.type))
    .map((field) => field.name);
}

function signature(schema: ObjectSchema, fields: readonly string[], row: Row): string {
  return JSON.stringify(
    fields.map((name) => {
      const type = schema.fields.find((field) => field.name === name)?.type ?? "text";
      return type === "id" && typeof row[name] === "string"
        ? toShortId(row[name])
        : (toComparable(row[name], type) ?? null);
    }),
  );
}

/** The fewest fields that tell the requests apart: one if there is such a one, else all. */
function tellingFields(
  schema: ObjectSchema,
  fields: readonly string[],
  requests: readonly WriteRequest[],
): readonly string[] {
  const single = fields.find(
    (name) =>
      new Set(requests.map((request) => signature(schema, [name], request.values))).size === requests.length,
  );
  return single === undefined ? fields : [single];
}

/** Matches created records by what is in them; `rows` are the created records as read back, by short id. */
export function matchByContent(
  schema: ObjectSchema,
  requests: readonly WriteRequest[],
  results: readonly Json[],
  rows: ReadonlyMap<string, Row>,
): readonly Matched[] {
  const fields = tellingFields(schema, comparableFields(schema, requests), requests);
  const places = new Map<string, number[]>();
  requests.forEach((request, place) => {
    const text = signature(schema, fields, request.values);
    places.set(text, [...(places.get(text) ?? []), place]);
  });
  const matched: (Matched | undefined)[] = requests.map(() => undefined);
  let isInOrder = results.length === requests.length;
  results.forEach((result, position) => {
    const id = textOf(result, "id");
    if (!isTrue(result, "success") || id === undefined) return;
    const row = rows.get(toShortId(id));
    const open = row === undefined ? [] : (places.get(signature(schema, fields, row)) ?? []);
    const place = open.includes(position) ? position : open[0];
    if (place !== position) isInOrder = false;
    if (place === undefined) return;
    matched[place] = { kind: "written", id };
    places.set(
      signature(schema, fields, row ?? {}),
      open.filter((each) => each !== place),
    );
  });
  if (isInOrder) return results.map(toMatched);
  const failures = results.filter((result) => !isTrue(result, "success"));
  return matchRest(matched, failures, results.length === requests.length);
}
