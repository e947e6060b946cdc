// The query resources: query, queryAll, further pages, explain and the column description the command line client asks for.
import { apiError } from "../errors.ts";
import { parseQuery } from "../soql/parse.ts";
import { runQuery, type RowsFound } from "../soql/run-query.ts";
import type { ApiAnswer, ApiParts, ApiRequest, ApiRoute } from "./route.ts";
import { readParam } from "./route.ts";

const DEFAULT_BATCH = 2000;

function readBatchSize(request: ApiRequest): number {
  const found = /batchSize\s*=\s*(-?\d+)/i.exec(request.headers["sforce-query-options"] ?? "");
  if (!found) return DEFAULT_BATCH;
  const size = Number(found[1]);
  if (size >= 200 && size <= 2000) return size;
  throw apiError(400, "INVALID_BATCH_SIZE", "Invalid batch size: it must be between 200 and 2000");
}

function answerQuery(parts: ApiParts, request: ApiRequest, text: string, includeDeleted: boolean): ApiAnswer {
  const { tx, version } = request;
  const batchSize = readBatchSize(request);
  const writeChildren = (found: RowsFound, at: string): object =>
    parts.cursors.firstPage(found, tx, at, batchSize);
  const result = runQuery(text, {
    schema: parts.schema,
    reader: tx,
    nowMs: parts.nowMs(),
    includeDeleted,
    writeChildren,
  });
  switch (result.kind) {
    case "count":
      return { status: 200, body: { totalSize: result.total, done: true, records: [] } };
    case "aggregate":
      return {
        status: 200,
        body: { totalSize: result.records.length, done: true, records: result.records },
      };
    case "rows":
      return { status: 200, body: parts.cursors.firstPage(result, tx, version, batchSize) };
  }
}

function explain(parts: ApiParts, request: ApiRequest, text: string): ApiAnswer {
  const query = parseQuery(text);
  const object = parts.schema.object(query.from.names[0] ?? "");
  if (!object) throw apiError(400, "INVALID_TYPE", `sObject type '${query.from.names[0]}' is not supported.`);
  const size = [...request.tx.rows(object.name)].length;
  const plan = {
    cardinality: size,
    fields: [],
    leadingOperationType: "TableScan",
    notes: [],
    relativeCost: 1,
    sobjectCardinality: size,
    sobjectType: object.name,
  };
  return { status: 200, body: { plans: [plan], sourceQuery: text } };
}

function describeColumns(parts: ApiParts, text: string): ApiAnswer {
  const query = parseQuery(text);
  const object = parts.schema.object(query.from.names[0] ?? "");
  if (!object) throw apiError(400, "INVALID_TYPE", `sObject type '${query.from.names[0]}' is not supported.`);
  const columnMetadata = query.select.flatMap((item): object[] => {
    if (item.kind !== "path") return [];
    const field = object.field(item.path.names.at(-1) ?? "");
    const isNumber = ["int", "double", "currency", "percent"].includes(field?.type ?? "");
    return [
      {
        aggregate: false,
        apexType: field?.type === "id" ? "Id" : "String",
        booleanType: field?.type === "boolean",
        columnName: item.path.names.join("."),
        custom: field?.custom ?? false,
        displayName: item.path.names.join("."),
        foreignKeyName: null,
        insertable: field?.createable ?? false,
        joinColumns: [],
        numberType: isNumber,
        textType: !isNumber && field?.type !== "boolean",
        updatable: field?.updateable ?? false,
      },
    ];
  });
  return {
    status: 200,
    body: {
      columnMetadata,
      entityName: object.name,
      groupBy: query.groupBy.length > 0,
      idSelected: query.select.some((item) => item.kind === "path" && item.path.names.join(".") === "Id"),
      keyPrefix: object.keyPrefix,
    },
  };
}

export function queryRoutes(parts: ApiParts): ApiRoute[] {
  function handle(request: ApiRequest, includeDeleted: boolean): ApiAnswer {
    const plan = request.query.get("explain");
    if (plan !== null) return explain(parts, request, plan);
    const text = request.query.get("q");
    if (text === null) throw apiError(400, "MALFORMED_QUERY", "SOQL query is required");
    if (request.query.get("columns") === "true") return describeColumns(parts, text);
    return answerQuery(parts, request, text, includeDeleted);
  }
  const nextPage = (request: ApiRequest): ApiAnswer => ({
    status: 200,
    body: parts.cursors.nextPage(readParam(request, "locator"), request.tx, request.version),
  });
  return [
    { method: "GET", path: "/query", handle: (request) => handle(request, false) },
    { method: "GET", path: "/queryAll", handle: (request) => handle(request, true) },
    { method: "GET", path: "/query/:locator", handle: nextPage },
    { method: "GET", path: "/queryAll/:locator", handle: nextPage },
    {
      method: "GET",
      path: "/tooling/query",
      handle: () => {
        throw apiError(400, "INVALID_TYPE", "sObject type is not supported by this sandbox.");
      },
    },
  ];
}
