// sObject Collections: up to 200 records in one call, one answer per record in the order of the request.
import { distortAnswers } from "../../core/faults.ts";
import { isObject, type Json, type JsonObject } from "../../core/json.ts";
import { apiError, notFound, rowError, toItemErrors, type RowError } from "../errors.ts";
import { readId } from "../ids.ts";
import { deleteRow } from "../rows/delete-row.ts";
import { findByKey } from "../rows/find-row.ts";
import { insertRow, updateRow, type WriteContext, type Written } from "../rows/write-row.ts";
import type { Field } from "../schema/field.ts";
import type { SObject } from "../schema/schema.ts";
import { readBody, readObject, readParam, readTexts, type ApiAnswer, type ApiParts } from "./route.ts";
import type { ApiRequest, ApiRoute } from "./route.ts";
import { severalMatches, writeRow } from "./rows.ts";

const MOST_RECORDS = 200;
const MOST_TYPES = 10;

type Outcome =
  | { readonly id: string; readonly created?: boolean }
  | { readonly errors: readonly RowError[]; readonly created?: boolean };

function readRecords(request: ApiRequest): { records: readonly JsonObject[]; allOrNone: boolean } {
  const body = readBody(request);
  const records = body["records"];
  if (!Array.isArray(records) || !records.every(isObject))
    throw apiError(400, "JSON_PARSER_ERROR", "The records member is required to be a list of objects");
  if (records.length > MOST_RECORDS)
    throw apiError(
      400,
      "EXCEEDED_ID_LIMIT",
      `record limit reached. cannot submit more than ${MOST_RECORDS} records into this call`,
    );
  const types = records.map((record: JsonObject) => typeOf(record));
  const chunks = types.filter((type, index) => type !== types[index - 1]).length;
  if (chunks > MOST_TYPES)
    throw apiError(
      400,
      "INVALID_REQUEST",
      `At most ${MOST_TYPES} chunks of records of one type can be processed in one call`,
    );
  return { records, allOrNone: body["allOrNone"] === true };
}

function typeOf(record: JsonObject): string | null {
  const attributes: Json | undefined = record["attributes"];
  const type = isObject(attributes) ? attributes["type"] : null;
  return typeof type === "string" ? type : null;
}

function withoutId(record: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name.toLowerCase() !== "id"));
}

function idOf(record: JsonObject): string | null {
  const entry = Object.entries(record).find(([name]) => name.toLowerCase() === "id")?.[1];
  return typeof entry === "string" ? entry : null;
}

function toAnswer(outcome: Outcome): object {
  const created = outcome.created === undefined ? {} : { created: outcome.created };
  if ("errors" in outcome) return { success: false, errors: toItemErrors(outcome.errors), ...created };
  return { id: outcome.id, success: true, errors: [], ...created };
}

const ROLLED_BACK = rowError(
  "ALL_OR_NONE_OPERATION_ROLLED_BACK",
  "Record rolled back because not all records were valid and the request was using AllOrNone header",
);

/** Writes each record on its own; with `allOrNone` one failure takes back all. */
function writeAll<T>(
  request: ApiRequest,
  items: readonly T[],
  allOrNone: boolean,
  write: (item: T, index: number) => Outcome,
): ApiAnswer {
  const start = request.tx.mark();
  const outcomes = items.map((item, index) => {
    const mark = request.tx.mark();
    const outcome = write(item, index);
    if ("errors" in outcome) request.tx.rollBack(mark);
    return outcome;
  });
  const isRolledBack = allOrNone && outcomes.some((each) => "errors" in each);
  if (isRolledBack) request.tx.rollBack(start);
  const answers = outcomes.map((each) =>
    toAnswer(isRolledBack && !("errors" in each) ? { errors: [ROLLED_BACK] } : each),
  );
  return { status: 200, body: distortAnswers(request.faults, answers) };
}

function toOutcome(written: Written): Outcome {
  return "errors" in written ? { errors: written.errors } : { id: written.id };
}

/** Record keys that come twice in one upsert: every one of them is refused. */
function findRepeated(records: readonly JsonObject[], field: Field): ReadonlySet<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  for (const record of records) {
    const key = keyOf(record, field)?.toLowerCase();
    if (key !== undefined && seen.has(key)) repeated.add(key);
    if (key !== undefined) seen.add(key);
  }
  return repeated;
}

function keyOf(record: JsonObject, field: Field): string | undefined {
  const value = Object.entries(record).find(([name]) => name.toLowerCase() === field.name.toLowerCase())?.[1];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function upsertOne(context: WriteContext, object: SObject, field: Field, record: JsonObject): Outcome {
  const key = keyOf(record, field);
  if (key === undefined) {
    if (field.type === "id") return { ...toOutcome(insertRow(context, object, record)), created: true };
    const message = `${field.name} not specified`;
    return { errors: [rowError("MISSING_ARGUMENT", message, [])] };
  }
  const [found, ...more] = findByKey(context.tx, object, field, key);
  if (more.length > 0) return { errors: [severalMatches(field, key)] };
  if (found === undefined) {
    if (field.type === "id")
      return { errors: [rowError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id")] };
    const outcome = toOutcome(insertRow(context, object, record));
    return "errors" in outcome ? outcome : { ...outcome, created: true };
  }
  const rest = Object.entries(record).filter(([name]) => name.toLowerCase() !== field.name.toLowerCase());
  const outcome = toOutcome(updateRow(context, object, found, withoutId(Object.fromEntries(rest))));
  return "errors" in outcome ? outcome : { ...outcome, created: false };
}

export function collectionRoutes(parts: ApiParts): ApiRoute[] {
  const { schema } = parts;

  function objectOf(record: JsonObject): SObject | { errors: readonly RowError[] } {
    const type = typeOf(record);
    const object = type === null ? undefined : schema.object(type);
    return object ?? { errors: [rowError("INVALID_TYPE", `sObject type '${type}' is not supported.`)] };
  }

  function insert(request: ApiRequest): ApiAnswer {
    const { records, allOrNone } = readRecords(request);
    return writeAll(request, records, allOrNone, (record) => {
      const object = objectOf(record);
      if ("errors" in object) return object;
      return toOutcome(insertRow({ schema, tx: request.tx }, object, record));
    });
  }

  function update(request: ApiRequest): ApiAnswer {
    const { records, allOrNone } = readRecords(request);
    return writeAll(request, records, allOrNone, (record) => {
      const object = objectOf(record);
      if ("errors" in object) return object;
      const given = idOf(record);
      if (given === null)
        return { errors: [rowError("MISSING_ARGUMENT", "Id not specified in an update call")] };
      const id = readId(given);
      if (id === null || !id.startsWith(object.keyPrefix))
        return { errors: [rowError("MALFORMED_ID", `Id: id value of incorrect type: ${given}`, ["Id"])] };
      return toOutcome(updateRow({ schema, tx: request.tx }, object, id, withoutId(record)));
    });
  }

  function upsert(request: ApiRequest): ApiAnswer {
    const object = readObject(schema, request);
    const name = readParam(request, "field");
    const field = object.field(name);
    if (!field?.idLookup)
      throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
    const { records, allOrNone } = readRecords(request);
    const repeated = findRepeated(records, field);
    return writeAll(request, records, allOrNone, (record) => {
      const key = keyOf(record, field);
      if (key !== undefined && repeated.has(key.toLowerCase()))
        return {
          errors: [rowError("DUPLICATE_VALUE", `Duplicate external id specified: ${key}`, [field.name])],
        };
      if (typeOf(record) !== null && schema.object(typeOf(record) ?? "") !== object)
        return {
          errors: [rowError("INVALID_TYPE", "The record type does not match the type of the request")],
        };
      return upsertOne({ schema, tx: request.tx }, object, field, record);
    });
  }

  function remove(request: ApiRequest): ApiAnswer {
    const ids = (request.query.get("ids") ?? "").split(",").filter((id) => id !== "");
    if (ids.length === 0) throw apiError(400, "MISSING_ARGUMENT", "The ids parameter is required");
    if (ids.length > MOST_RECORDS)
      throw apiError(
        400,
        "EXCEEDED_ID_LIMIT",
        `record limit reached. cannot submit more than ${MOST_RECORDS} records into this call`,
      );
    return writeAll(request, ids, request.query.get("allOrNone") === "true", (given) => {
      const id = readId(given.trim());
      const object = id === null ? undefined : schema.objectOfId(id);
      if (id === null || !object)
        return { errors: [rowError("MALFORMED_ID", `malformed id ${given}`, ["Id"])] };
      return toOutcome(deleteRow({ schema, tx: request.tx }, object, id));
    });
  }

  function retrieve(
    request: ApiRequest,
    ids: readonly string[] | null,
    names: readonly string[] | null,
  ): ApiAnswer {
    const object = readObject(schema, request);
    if (!ids || !names)
      throw apiError(400, "JSON_PARSER_ERROR", "The ids and fields parameters are required");
    if (ids.length > 2000)
      throw apiError(400, "EXCEEDED_ID_LIMIT", "At most 2000 records can be retrieved in one call");
    const rows = ids.map((given) => {
      const id = readId(given);
      const row = id === null ? undefined : request.tx.row(object.name, id);
      return row && row["IsDeleted"] !== true ? writeRow(object, row, names, request.version) : null;
    });
    return { status: 200, body: rows };
  }

  return [
    { method: "POST", path: "/composite/sobjects", handle: insert },
    { method: "PATCH", path: "/composite/sobjects", handle: update },
    { method: "DELETE", path: "/composite/sobjects", handle: remove },
    { method: "PATCH", path: "/composite/sobjects/:object/:field", handle: upsert },
    {
      method: "GET",
      path: "/composite/sobjects/:object",
      handle: (request) =>
        retrieve(
          request,
          request.query.get("ids")?.split(",") ?? null,
          request.query.get("fields")?.split(",") ?? null,
        ),
    },
    {
      method: "POST",
      path: "/composite/sobjects/:object",
      handle: (request) => {
        const body = readBody(request);
        return retrieve(request, readTexts(body["ids"]), readTexts(body["fields"]));
      },
    },
  ];
}
