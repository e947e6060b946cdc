/**
 * Writes records with sObject Collections: up to 200 per call, each with an outcome of its own. Source: REST API
 * Developer Guide, "sObject Collections".
 */
import { Fault, type WriteAnswer, type WriteBatch, type WriteRequest } from "@fieldbridge/engine";
import { toIssue, type ObjectSchema, type Row } from "@fieldbridge/model";
import { encodeValues } from "../encode-values.ts";
import { notUnderstoodFault } from "../http/http-faults.ts";
import { isTrue, stringifyJson, textOf, type Json, type JsonBody } from "../http/json.ts";
import type { SchemaCache } from "../schema-cache.ts";
import { toChunks } from "../values.ts";
import { createWriteAnswers, type WriteAnswers } from "../write-answers.ts";
import { toShortId } from "./ids.ts";
import {
  comparableFields,
  isPlainlyInOrder,
  matchByContent,
  matchById,
  toMatched,
  type Matched,
} from "./match-results.ts";
import { readByKeys } from "./read-rows.ts";
import { toRowIssues } from "./row-issues.ts";
import type { SalesforceApi } from "./salesforce-api.ts";

export const COLLECTION_SIZE = 200;

interface Prepared {
  readonly request: WriteRequest;
  readonly body: Readonly<Record<string, JsonBody>>;
}

/** Requests that can be sent; the others are answered at once. */
function prepare(batch: WriteBatch, answers: WriteAnswers): Prepared[] {
  const prepared: Prepared[] = [];
  for (const request of batch.requests) {
    if (request.lines.length > 0) {
      const message =
        "Salesforce takes no lines together with their record; write them with a transfer of their own.";
      answers.refuse(request, [toIssue("LIN-401", "lines", message)], "");
      continue;
    }
    const encoded = encodeValues(batch.schema, request.values, {
      path: "",
      toBlank: () => null,
      toChoice: (_field, code) => code,
    });
    if (encoded.ok) prepared.push({ request, body: encoded.body });
    else answers.refuse(request, encoded.issues, "");
  }
  return prepared;
}

/** Calls of one kind of operation; a record named twice goes into a later call, because one call takes it once. */
function toCalls(prepared: readonly Prepared[]): Prepared[][] {
  const rounds: Prepared[][] = [];
  const seen = new Map<string, number>();
  for (const each of prepared) {
    const key = each.request.key === null ? null : toShortId(each.request.key);
    const round = key === null ? 0 : (seen.get(key) ?? 0);
    if (key !== null) seen.set(key, round + 1);
    (rounds[round] ??= []).push(each);
  }
  return rounds.flatMap((round) => toChunks(round, { count: COLLECTION_SIZE }));
}

async function sendCall(
  api: SalesforceApi,
  schema: ObjectSchema,
  op: WriteRequest["op"],
  call: readonly Prepared[],
): Promise<Json> {
  if (op === "delete") {
    const ids = call.map(({ request }) => encodeURIComponent(request.key ?? "")).join(",");
    return api.send("DELETE", `/composite/sobjects?ids=${ids}&allOrNone=false`);
  }
  const records = call.map(({ request, body }) => ({
    attributes: { type: schema.name },
    ...(op === "update" ? { id: request.key } : {}),
    ...body,
  }));
  return api.send(op === "create" ? "POST" : "PATCH", "/composite/sobjects", { allOrNone: false, records });
}

/** Rows of written records by short id; empty where they cannot be read now. */
async function readBack(
  api: SalesforceApi,
  schemas: SchemaCache,
  schema: ObjectSchema,
  ids: readonly string[],
  fields: readonly string[],
): Promise<ReadonlyMap<string, Row>> {
  if (ids.length === 0) return new Map();
  const shape = { object: schema.name, fields: [...new Set(["Id", ...fields])], one: {}, many: {} };
  try {
    const rows = await readByKeys(api, schemas, shape, "Id", ids);
    return new Map(rows.map((row) => [toShortId(typeof row["Id"] === "string" ? row["Id"] : ""), row]));
  } catch (error) {
    if (error instanceof Fault) return new Map();
    throw error;
  }
}

function settle(
  batch: WriteBatch,
  { request }: Prepared,
  matched: Matched,
  rows: ReadonlyMap<string, Row>,
  answers: WriteAnswers,
): void {
  const { schema } = batch;
  switch (matched.kind) {
    case "written":
      answers.done(request, matched.id, rows.get(toShortId(matched.id)) ?? { Id: matched.id });
      break;
    case "failed": {
      const errors = matched.errors;
      const issues =
        errors === undefined
          ? [
              toIssue(
                "WRT-310",
                "",
                "Salesforce refused the record; its answers came in another order, so the reason is not known.",
              ),
            ]
          : toRowIssues(errors, { schema, op: request.op, values: request.values });
      answers.refuse(request, issues, errors === undefined ? "" : stringifyJson(errors));
      break;
    }
    case "unknown":
      answers.lose(request, "Salesforce answered the batch, but not clearly for this record.");
  }
}

async function writeCall(
  api: SalesforceApi,
  schemas: SchemaCache,
  batch: WriteBatch,
  op: WriteRequest["op"],
  call: readonly Prepared[],
  answers: WriteAnswers,
): Promise<void> {
  const { schema, answerFields } = batch;
  const requests = call.map(({ request }) => request);
  let results: Json;
  try {
    results = await sendCall(api, schema, op, call);
    if (!Array.isArray(results)) throw notUnderstoodFault("Salesforce answered a batch without results.");
  } catch (error) {
    answers.fail(requests, error);
    return;
  }
  const list: readonly Json[] = results;
  const isProven = op !== "create" || isPlainlyInOrder(requests, list);
  const wanted = [
    ...(isProven ? [] : comparableFields(schema, requests)),
    ...answerFields.filter((name) => name !== "Id" && op !== "delete"),
  ];
  const ids = list.flatMap((result) => (isTrue(result, "success") ? (textOf(result, "id") ?? []) : []));
  const rows =
    wanted.length === 0 ? new Map<string, Row>() : await readBack(api, schemas, schema, ids, wanted);
  const matched =
    op === "create" && !isProven
      ? matchByContent(schema, requests, list, rows)
      : op === "create"
        ? list.map(toMatched)
        : matchById(requests, list);
  call.forEach((each, place) => settle(batch, each, matched[place] ?? { kind: "unknown" }, rows, answers));
}

/** Writes the batch; throws `Fault` only where nothing of it was sent. */
export async function writeRecords(
  api: SalesforceApi,
  schemas: SchemaCache,
  batch: WriteBatch,
): Promise<readonly WriteAnswer[]> {
  const answers = createWriteAnswers(batch.requests);
  const prepared = prepare(batch, answers);
  for (const op of ["create", "update", "delete"] as const) {
    const calls = toCalls(prepared.filter(({ request }) => request.op === op));
    for (const call of calls) await writeCall(api, schemas, batch, op, call, answers);
  }
  return answers.all();
}
