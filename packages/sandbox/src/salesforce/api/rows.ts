// Single records: create, read, update, delete, by id or by a lookup field.
import { toText, type Json, type JsonObject } from "../../core/json.ts";
import type { Row } from "../../core/store.ts";
import { ApiError, apiError, notFound, rowError } from "../errors.ts";
import { readId } from "../ids.ts";
import { toMs } from "../rows/dates.ts";
import { deleteRow } from "../rows/delete-row.ts";
import { findByKey, readIdOf, readRow } from "../rows/find-row.ts";
import { insertRow, updateRow, type Written } from "../rows/write-row.ts";
import type { Field } from "../schema/field.ts";
import type { SObject } from "../schema/schema.ts";
import { readField } from "../soql/paths.ts";
import { toAttributes } from "../soql/select.ts";
import { readBody, readObject, readParam, type ApiAnswer, type ApiParts, type ApiRequest } from "./route.ts";
import type { ApiRoute } from "./route.ts";

/** The record with all its fields, or with the named ones; throws INVALID_FIELD. */
export function writeRow(
  object: SObject,
  row: Row,
  names: readonly string[] | null,
  version: string,
): object {
  const fields: readonly Field[] = names
    ? names.map((name) => {
        const field = object.field(name.trim());
        if (field) return field;
        throw apiError(
          400,
          "INVALID_FIELD",
          `No such column '${name.trim()}' on sobject of type ${object.name}`,
        );
      })
    : object.fields;
  const values = fields.map((field) => [field.name, readField(row, field)] as const);
  return { attributes: toAttributes(object.name, row["Id"], version), ...Object.fromEntries(values) };
}

function readFieldNames(request: ApiRequest): readonly string[] | null {
  return request.query.get("fields")?.split(",") ?? null;
}

function idOf(written: Written): string {
  if ("errors" in written) throw new ApiError(written.errors);
  return written.id;
}

function readHeaderDate(request: ApiRequest, name: string): number | null {
  const text = request.headers[name];
  if (text === undefined) return null;
  const ms = Date.parse(text);
  if (Number.isNaN(ms))
    throw apiError(400, "INVALID_HEADER", `The ${name} header is not a valid date: ${text}`);
  return ms;
}

/** Answers 412 when the record changed after If-Unmodified-Since; seconds are the finest it knows. */
function checkUnmodified(request: ApiRequest, row: Row | undefined): void {
  const sinceMs = readHeaderDate(request, "if-unmodified-since");
  const modified = row?.["LastModifiedDate"];
  if (sinceMs === null || typeof modified !== "string") return;
  if (toMs(modified) > sinceMs)
    throw apiError(412, "PRECONDITION_FAILED", "The record has been modified since the given date");
}

function getRow(object: SObject, row: Row, request: ApiRequest): ApiAnswer {
  const sinceMs = readHeaderDate(request, "if-modified-since");
  const modified = row["LastModifiedDate"];
  if (sinceMs !== null && typeof modified === "string" && toMs(modified) <= sinceMs) return { status: 304 };
  checkUnmodified(request, row);
  return { status: 200, body: writeRow(object, row, readFieldNames(request), request.version) };
}

/** The lookup field named in the path; throws NOT_FOUND. */
function readKeyField(object: SObject, name: string): Field {
  const field = object.field(name);
  if (field?.idLookup) return field;
  throw notFound(`Provided external ID field does not exist or is not accessible: ${name}`);
}

function checkSingle(object: SObject, ids: readonly string[], version: string): ApiAnswer | null {
  if (ids.length < 2) return null;
  return { status: 300, body: ids.map((id) => `/services/data/${version}/sobjects/${object.name}/${id}`) };
}

function withKey(body: JsonObject, field: Field, key: string): JsonObject {
  const repeated = Object.keys(body).find(
    (name) => name.toLowerCase() === field.name.toLowerCase() || name.toLowerCase() === "id",
  );
  if (repeated !== undefined)
    throw apiError(
      400,
      "INVALID_FIELD",
      `The ${repeated} field should not be specified in the sobject data.`,
    );
  return field.type === "id" ? body : { ...body, [field.name]: key };
}

export function rowRoutes(parts: ApiParts): ApiRoute[] {
  const { schema } = parts;

  function create(request: ApiRequest): ApiAnswer {
    const object = readObject(schema, request);
    const id = idOf(insertRow({ schema, tx: request.tx }, object, readBody(request)));
    const location = `/services/data/${request.version}/sobjects/${object.name}/${id}`;
    return { status: 201, body: { id, success: true, errors: [] }, headers: { Location: location } };
  }

  function update(request: ApiRequest): ApiAnswer {
    const object = readObject(schema, request);
    const id = readIdOf(object, readParam(request, "id"));
    const body = readBody(request);
    if (Object.keys(body).some((name) => name.toLowerCase() === "id"))
      throw apiError(400, "INVALID_FIELD", "The Id field should not be specified in the sobject data.");
    const row = request.tx.row(object.name, id);
    if (!row) throw notFound("The requested resource does not exist");
    checkUnmodified(request, row);
    idOf(updateRow({ schema, tx: request.tx }, object, id, body));
    return { status: 204 };
  }

  function remove(request: ApiRequest): ApiAnswer {
    const object = readObject(schema, request);
    const id = readIdOf(object, readParam(request, "id"));
    if (!request.tx.row(object.name, id)) throw notFound();
    idOf(deleteRow({ schema, tx: request.tx }, object, id));
    return { status: 204 };
  }

  function upsertByKey(request: ApiRequest): ApiAnswer {
    const object = readObject(schema, request);
    const field = readKeyField(object, readParam(request, "field"));
    const key = readParam(request, "key");
    const ids = findByKey(request.tx, object, field, key);
    const several = checkSingle(object, ids, request.version);
    if (several) return several;
    const context = { schema, tx: request.tx };
    const [found] = ids;
    const body = withKey(readBody(request), field, key);
    if (found === undefined) {
      if (field.type === "id" || request.query.get("updateOnly") === "true") throw notFound();
      const id = idOf(insertRow(context, object, body));
      const location = `/services/data/${request.version}/sobjects/${object.name}/${id}`;
      return {
        status: 201,
        body: { id, success: true, errors: [], created: true },
        headers: { Location: location },
      };
    }
    checkUnmodified(request, request.tx.row(object.name, found));
    const { [field.name]: _key, ...rest } = body;
    idOf(updateRow(context, object, found, rest));
    return Number(request.version.slice(1)) >= 46
      ? { status: 200, body: { id: found, success: true, errors: [], created: false } }
      : { status: 204 };
  }

  function byKey(request: ApiRequest, use: (object: SObject, row: Row) => ApiAnswer): ApiAnswer {
    const object = readObject(schema, request);
    const field = readKeyField(object, readParam(request, "field"));
    const ids = findByKey(request.tx, object, field, readParam(request, "key"));
    const [found] = ids;
    if (found === undefined) throw notFound();
    return checkSingle(object, ids, request.version) ?? use(object, readRow(request.tx, object, found));
  }

  /** `/sobjects/X/{id}/{relationship}`: the parent record or the list of children. */
  function related(request: ApiRequest, id: string): ApiAnswer {
    const object = readObject(schema, request);
    const row = readRow(request.tx, object, id);
    const name = readParam(request, "key");
    const reference = object.parent(name);
    if (reference) {
      const parent = schema.object(reference.referenceTo ?? "");
      const parentId: Json | undefined = row[reference.name];
      if (!parent || typeof parentId !== "string") throw notFound();
      return getRow(parent, readRow(request.tx, parent, parentId), request);
    }
    const child = object.child(name);
    const childObject = child ? schema.object(child.object) : undefined;
    if (!child || !childObject) throw notFound();
    const ids = request.tx
      .idsBy(childObject.name, child.field.name, id)
      .filter((each) => request.tx.row(childObject.name, each)?.["IsDeleted"] !== true);
    const names = readFieldNames(request);
    const found = {
      kind: "rows" as const,
      object: childObject,
      ids,
      write: (each: Row, version: string) => writeRow(childObject, each, names, version),
    };
    return { status: 200, body: parts.cursors.firstPage(found, request.tx, request.version, 2000) };
  }

  function getByKey(request: ApiRequest): ApiAnswer {
    const object = readObject(schema, request);
    const id = readId(readParam(request, "field"));
    if (id?.startsWith(object.keyPrefix)) return related(request, id);
    return byKey(request, (of, row) => getRow(of, row, request));
  }

  return [
    { method: "POST", path: "/sobjects/:object", handle: create },
    {
      method: "GET",
      path: "/sobjects/:object/:id",
      handle: (request) => {
        const object = readObject(schema, request);
        return getRow(
          object,
          readRow(request.tx, object, readIdOf(object, readParam(request, "id"))),
          request,
        );
      },
    },
    { method: "PATCH", path: "/sobjects/:object/:id", handle: update },
    { method: "DELETE", path: "/sobjects/:object/:id", handle: remove },
    { method: "GET", path: "/sobjects/:object/:field/:key", handle: getByKey },
    { method: "PATCH", path: "/sobjects/:object/:field/:key", handle: upsertByKey },
    {
      method: "POST",
      path: "/sobjects/:object/:field",
      handle: (request) => {
        if (readParam(request, "field").toLowerCase() !== "id") throw notFound();
        return create(request);
      },
    },
    {
      method: "DELETE",
      path: "/sobjects/:object/:field/:key",
      handle: (request) =>
        byKey(request, (object, row) => {
          idOf(deleteRow({ schema, tx: request.tx }, object, toText(row["Id"])));
          return { status: 204 };
        }),
    },
  ];
}

/** The row error for a key that names several records. */
export function severalMatches(field: Field, key: string): ReturnType<typeof rowError> {
  const message = `${field.name}: more than one record found for external id field: ${key}`;
  return rowError("DUPLICATE_EXTERNAL_ID", message, [field.name]);
}
