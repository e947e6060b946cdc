// Answers one request inside a transaction: reads, creates, changes, deletes and runs actions. Synchronous, so that no
// other request comes in between; committing is the caller's business.
import { number } from "../../core/json.ts";
import { isObject } from "../../core/json.ts";
import type { JsonObject } from "../../core/json.ts";
import { metadataXml } from "../answers/csdl.ts";
import { projection, recordJson } from "../answers/record-json.ts";
import type { JsonStyle } from "../answers/record-json.ts";
import type { Database } from "../data/database.ts";
import { candidates, related, runQuery } from "../data/run-query.ts";
import type { Page } from "../data/run-query.ts";
import type { Transaction } from "../data/transaction.ts";
import { runAction } from "../documents/posting.ts";
import { companies, companySets } from "../entities/catalog.ts";
import { textOf } from "../entities/entity.ts";
import type { Entity, Row } from "../entities/entity.ts";
import { keyLookups } from "../odata/key-lookup.ts";
import { badRequest, ODataError } from "../odata/odata-error.ts";
import { readQuery } from "../odata/query-string.ts";
import type { Query } from "../odata/query-string.ts";
import { readOptions } from "../odata/read-options.ts";
import type { ReadOptions } from "../odata/read-options.ts";
import { checkMatch, etagOf, insertRecord, removeRecord, updateRecord } from "../write/records.ts";
import { JSON_TYPE, mediaParameter, preference, preferences } from "./api-message.ts";
import type { ApiAnswer, ApiRequest } from "./api-message.ts";
import { resolvePath } from "./resolve-path.ts";
import type { Parent, Resource } from "./resolve-path.ts";

/** The largest page the product sends. */
const MOST_ROWS = 20_000;

/** Throws an ODataError for every refusal. */
export function answerRequest(database: Database, outside: Transaction, request: ApiRequest): ApiAnswer {
  if (request.path === "$metadata") {
    return { status: 200, headers: { "content-type": "application/xml" }, body: metadataXml() };
  }
  const query = readQuery(request.query);
  const { tx, resource } = resolvePath(outside, request.path, query, request.headers["company"]);
  const method = request.method === "HEAD" ? "GET" : request.method;
  switch (resource.kind) {
    case "service":
      return method === "GET" ? serviceDocument(request) : refuseMethod(request);
    case "collection":
      if (method === "GET") return list(database, tx, request, query, resource);
      return method === "POST" ? create(tx, request, query, resource) : refuseMethod(request);
    case "record":
      return answerRecord(tx, request, query, resource, method);
    case "count": {
      if (method !== "GET") return refuseMethod(request);
      const options = readOptions(new Map([...query, ["$count", "true"]]), resource.entity);
      const page = runQuery(
        rowsOf(database, tx, resource.entity, resource.parent, options),
        resource.entity,
        options,
        0,
      );
      return { status: 200, headers: { "content-type": "text/plain" }, body: String(page.count ?? 0) };
    }
    case "nothing":
      return { status: 204, headers: {}, body: undefined };
    case "property":
      return method === "GET" ? answerProperty(request, resource) : refuseMethod(request);
    case "action": {
      if (method !== "POST") return refuseMethod(request);
      checkMatch(resource.row, request.headers["if-match"], false);
      runAction(tx, resource.action, resource.row);
      return { status: 204, headers: {}, body: undefined };
    }
  }
}

function refuseMethod(request: ApiRequest): never {
  throw new ODataError(
    405,
    "BadRequest_MethodNotAllowed",
    `The method '${request.method}' is not allowed here.`,
  );
}

function serviceDocument(request: ApiRequest): ApiAnswer {
  const sets = [companies, ...companySets].map(({ set }) => ({ name: set, kind: "EntitySet", url: set }));
  return {
    status: 200,
    headers: { "content-type": JSON_TYPE },
    body: { "@odata.context": `${request.root}/$metadata`, value: sets },
  };
}

function styleOf(request: ApiRequest, contextPath: string): JsonStyle {
  const accept = request.headers["accept"];
  const metadata = mediaParameter(accept, "odata.metadata");
  const scope = /^companies\([^)]*\)(?=\/)/.exec(contextPath)?.[0];
  return {
    metadata: metadata === "none" || metadata === "full" ? metadata : "minimal",
    decimalsAsText: mediaParameter(accept, "IEEE754Compatible") === "true",
    base: scope === undefined ? request.root : `${request.root}/${scope}`,
    context: scope === undefined ? `${request.root}/$metadata#` : `${request.root}/$metadata#${scope}`,
  };
}

function jsonType(style: JsonStyle): string {
  const exact = style.decimalsAsText ? "; IEEE754Compatible=true" : "";
  return `application/json; odata.metadata=${style.metadata}; odata.streaming=true${exact}`;
}

type CollectionResource = Extract<Resource, { kind: "collection" }>;
type RecordResource = Extract<Resource, { kind: "record" }>;
type PropertyResource = Extract<Resource, { kind: "property" }>;

function rowsOf(
  database: Database,
  tx: Transaction,
  entity: Entity,
  parent: Parent | undefined,
  options: ReadOptions,
): Iterable<Row> {
  if (parent !== undefined) {
    const { row, navigation } = parent;
    return related(tx, navigation.target, row, navigation.own, navigation.other);
  }
  if (entity.lineOf !== undefined) {
    const lookups = options.filter === undefined ? [] : keyLookups(options.filter.tree);
    if (!lookups.some(({ field }) => field === "id" || field === "documentId")) {
      throw new ODataError(
        400,
        "Application_DialogException",
        "You must specify an Id or a Document Id to get the lines.",
      );
    }
  }
  return candidates(database, tx, entity, options);
}

function list(
  database: Database,
  tx: Transaction,
  request: ApiRequest,
  query: Query,
  resource: CollectionResource,
): ApiAnswer {
  const { entity, contextPath, parent } = resource;
  const options = readOptions(query, entity);
  const asked = preference(request, "odata.maxpagesize") ?? preference(request, "maxpagesize");
  const page = runQuery(rowsOf(database, tx, entity, parent, options), entity, options, pageSize(asked));
  const style = styleOf(request, contextPath);
  const isPlain = style.metadata === "none";
  return {
    status: 200,
    headers: {
      "content-type": jsonType(style),
      ...(asked === undefined ? {} : { "preference-applied": `odata.maxpagesize=${asked}` }),
    },
    body: {
      ...(isPlain
        ? {}
        : { "@odata.context": `${request.root}/$metadata#${contextPath}${projection(options)}` }),
      ...(page.count === undefined ? {} : { "@odata.count": number(String(page.count)) }),
      value: page.rows.map((row) => recordJson(tx, entity, row, options, style)),
      ...(page.next === undefined ? {} : { "@odata.nextLink": nextLink(request, page.next) }),
    },
  };
}

function pageSize(asked: string | undefined): number {
  if (asked === undefined) return MOST_ROWS;
  const size = Number(asked);
  if (!/^\d+$/.test(asked) || size === 0)
    throw badRequest(`The preference odata.maxpagesize=${asked} is not valid.`);
  if (size > MOST_ROWS) {
    throw new ODataError(
      413,
      "BadRequest",
      `The page size ${asked} exceeds the maximum of ${MOST_ROWS} entities.`,
    );
  }
  return size;
}

/** The same address with the position instead of `$skip`, and with what is left of `$top`. */
function nextLink(request: ApiRequest, next: NonNullable<Page["next"]>): string {
  const replaced = new Set(["$skip", "$top", "$skiptoken"]);
  const kept = request.query
    .split("&")
    .filter((part) => part !== "" && !replaced.has(part.split("=")[0]?.replace("%24", "$") ?? ""));
  if (next.top !== undefined) kept.push(`$top=${next.top}`);
  return `${request.root}/${request.path}?${[...kept, `$skiptoken=${next.skipToken}`].join("&")}`;
}

function create(tx: Transaction, request: ApiRequest, query: Query, resource: CollectionResource): ApiAnswer {
  const { entity, contextPath, parent } = resource;
  const options = readOptions(onlyShape(query), entity);
  const parentId = parent !== undefined && entity.lineOf !== undefined ? textOf(parent.row, "id") : undefined;
  const row = insertRecord(tx, entity, bodyOf(request), modeOf(request), parentId);
  const style = styleOf(request, contextPath);
  const location = `${style.base}/${entity.set}(${textOf(row, "id")})`;
  return answerWritten(request, 201, contextPath, { location, "odata-entityid": location }, () =>
    recordJson(tx, entity, row, options, style),
  );
}

/** The options that shape a single record; the others mean nothing for it. */
function onlyShape(query: Query): Query {
  return new Map(
    [...query].filter(([name]) => name === "$select" || name === "$expand" || name === "$schemaversion"),
  );
}

function bodyOf(request: ApiRequest): JsonObject | undefined {
  return isObject(request.body) ? request.body : undefined;
}

function modeOf(request: ApiRequest): { decimalsAsText: boolean } {
  return { decimalsAsText: mediaParameter(request.headers["content-type"], "IEEE754Compatible") === "true" };
}

function answerRecord(
  tx: Transaction,
  request: ApiRequest,
  query: Query,
  resource: RecordResource,
  method: string,
): ApiAnswer {
  const { entity, contextPath, row } = resource;
  const options = readOptions(onlyShape(query), entity);
  const style = styleOf(request, contextPath);
  if (method === "GET") {
    return answerWhole(request, 200, contextPath, {}, recordJson(tx, entity, row, options, style), options);
  }
  const ifMatch = request.headers["if-match"];
  if (method === "PATCH") {
    const changed = updateRecord(tx, entity, row, ifMatch, bodyOf(request), modeOf(request));
    return answerWritten(request, 200, contextPath, { etag: etagOf(changed) }, () =>
      recordJson(tx, entity, changed, options, style),
    );
  }
  if (method !== "DELETE") return refuseMethod(request);
  removeRecord(tx, entity, row, ifMatch);
  return { status: 204, headers: {}, body: undefined };
}

/** The written record, or nothing when the caller prefers that. */
function answerWritten(
  request: ApiRequest,
  status: number,
  contextPath: string,
  headers: Readonly<Record<string, string>>,
  json: () => Record<string, unknown>,
): ApiAnswer {
  const wish = preferences(request).find((part) => part === "return=minimal" || part === "return-no-content");
  if (wish !== undefined)
    return { status: 204, headers: { ...headers, "preference-applied": wish }, body: undefined };
  return answerWhole(request, status, contextPath, headers, json(), { select: undefined, expand: [] });
}

function answerWhole(
  request: ApiRequest,
  status: number,
  contextPath: string,
  headers: Readonly<Record<string, string>>,
  json: Record<string, unknown>,
  options: Pick<ReadOptions, "select" | "expand">,
): ApiAnswer {
  const style = styleOf(request, contextPath);
  const etag = json["@odata.etag"];
  const context = `${request.root}/$metadata#${contextPath}${projection(options)}/$entity`;
  return {
    status,
    headers: { "content-type": jsonType(style), ...(typeof etag === "string" ? { etag } : {}), ...headers },
    body: style.metadata === "none" ? json : { "@odata.context": context, ...json },
  };
}

function answerProperty(request: ApiRequest, resource: PropertyResource): ApiAnswer {
  const { row, field, contextPath, raw } = resource;
  const value = row[field.name] ?? "";
  if (raw) return { status: 200, headers: { "content-type": "text/plain" }, body: String(value) };
  const isNumber = typeof value === "string" && (field.kind === "decimal" || field.kind === "integer");
  return {
    status: 200,
    headers: { "content-type": JSON_TYPE },
    body: {
      "@odata.context": `${request.root}/$metadata#${contextPath}`,
      value: isNumber ? number(value) : value,
    },
  };
}
