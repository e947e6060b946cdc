// An endpoint of the REST API as a value: method, path and a synchronous handler over a transaction. The HTTP server and
// the composite resources call the same handlers, so a subrequest behaves exactly like a request.
import { isObject, type Json, type JsonObject } from "../../core/json.ts";
import type { FaultPlan } from "../../core/faults.ts";
import { apiError, notFound } from "../errors.ts";
import type { Transaction } from "../rows/transaction.ts";
import type { Schema, SObject } from "../schema/schema.ts";
import type { Cursors } from "./cursors.ts";

export interface ApiRequest {
  readonly method: string;
  /** "v66.0" */
  readonly version: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Json | undefined;
  readonly tx: Transaction;
  readonly faults: FaultPlan;
}

export interface ApiAnswer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface ApiRoute {
  readonly method: "GET" | "POST" | "PATCH" | "PUT" | "DELETE";
  /** Below `/services/data/vXX.0`; `:name` stands for one segment. */
  readonly path: string;
  readonly handle: (request: ApiRequest) => ApiAnswer;
}

/** What the endpoints work with. */
export interface ApiParts {
  readonly schema: Schema;
  readonly cursors: Cursors;
  readonly nowMs: () => number;
  /** When the oldest open transaction began, or null. */
  readonly oldestOpenMs: () => number | null;
  readonly limits: () => { readonly max: number; readonly used: number };
}

export function readParam(request: ApiRequest, name: string): string {
  return request.params[name] ?? "";
}

/** The object named in the path; throws NOT_FOUND. */
export function readObject(schema: Schema, request: ApiRequest): SObject {
  const object = schema.object(readParam(request, "object"));
  if (!object) throw notFound();
  return object;
}

/** The body as an object; throws JSON_PARSER_ERROR. */
export function readBody(request: ApiRequest): JsonObject {
  if (isObject(request.body)) return request.body;
  throw apiError(400, "JSON_PARSER_ERROR", "The HTTP entity body is required to be a JSON object");
}

export function readTexts(value: Json | undefined): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  const texts = value.filter((each) => typeof each === "string");
  return texts.length === value.length ? texts : null;
}
