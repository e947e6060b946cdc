// The composite family: several requests in one call, with references from one to the results of another.
import { toText, isObject, type Json, type JsonObject } from "../../core/json.ts";
import { ApiError, apiError, notFound, toErrorBody } from "../errors.ts";
import { matchRoute } from "./match-route.ts";
import { readBody, type ApiAnswer, type ApiRequest, type ApiRoute } from "./route.ts";

const MOST_SUBREQUESTS = 25;
const HALTED = "The transaction was rolled back since another operation in the same transaction failed.";

interface SubAnswer {
  readonly body: unknown;
  readonly httpHeaders: Readonly<Record<string, string>>;
  readonly httpStatusCode: number;
  readonly referenceId: string;
}

class MissingReference extends Error {
  override readonly name = "MissingReference";
}

function readList(body: JsonObject, name: string, most: number): readonly JsonObject[] {
  const list = body[name];
  if (!Array.isArray(list) || !list.every(isObject))
    throw apiError(400, "JSON_PARSER_ERROR", `The ${name} member is required to be a list of objects`);
  if (list.length > most)
    throw apiError(400, "LIMIT_EXCEEDED", `The maximum number of subrequests allowed is ${most}`);
  return list;
}

function readMember(value: unknown, path: string): unknown {
  const steps = path.split(/[.[\]]/).filter((step) => step !== "");
  return steps.reduce<unknown>((at, step) => {
    if (Array.isArray(at)) return at[Number(step)];
    return typeof at === "object" && at !== null ? (at as Record<string, unknown>)[step] : undefined;
  }, value);
}

/** Replaces `@{ref.path}` in every text of a value. */
function resolveReferences(value: Json, results: ReadonlyMap<string, unknown>): Json {
  if (typeof value === "string")
    return value.replace(/@\{([A-Za-z0-9_]+)\.([^}]+)\}/g, (_all, reference: string, path: string) => {
      const found = readMember(results.get(reference), path);
      if (found === undefined || found === null)
        throw new MissingReference(
          `Invalid reference specified. No value for ${reference}.${path} found in ${reference}`,
        );
      return typeof found === "boolean" ? String(found) : toText(found);
    });
  if (Array.isArray(value)) return value.map((each: Json) => resolveReferences(each, results));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, resolveReferences(each, results)]),
  );
}

/** Runs one subrequest on the transaction of the outer one; what it wrote is taken back when it fails. */
function runOne(
  routes: readonly ApiRoute[],
  outer: ApiRequest,
  method: string,
  url: string,
  body: Json | undefined,
  headers: Readonly<Record<string, string>>,
): ApiAnswer {
  const mark = outer.tx.mark();
  try {
    const [path = "", search = ""] = url.replace(/^\/?(services\/data\/)?/, "/").split("?");
    const version = /^\/(v\d+\.0)(\/|$)/.exec(path)?.[1];
    if (version === undefined) throw notFound();
    const matched = matchRoute(routes, method.toUpperCase(), path.slice(version.length + 1));
    if (!matched) throw notFound();
    return matched.route.handle({
      ...outer,
      method: method.toUpperCase(),
      version,
      params: matched.params,
      query: new URLSearchParams(search),
      headers: { host: outer.headers["host"] ?? "", ...headers },
      body,
    });
  } catch (error) {
    outer.tx.rollBack(mark);
    if (error instanceof ApiError) return { status: error.status, body: toErrorBody(error.errors) };
    throw error;
  }
}

function toHeaders(value: Json | undefined): Record<string, string> {
  if (!isObject(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name.toLowerCase(), toText(each)]));
}

function halted(referenceId: string, message: string): SubAnswer {
  return {
    body: [{ errorCode: "PROCESSING_HALTED", message }],
    httpHeaders: {},
    httpStatusCode: 400,
    referenceId,
  };
}

function runComposite(
  routes: readonly ApiRoute[],
  request: ApiRequest,
  list: readonly JsonObject[],
  allOrNone: boolean,
): { answers: readonly SubAnswer[]; isSuccessful: boolean } {
  const start = request.tx.mark();
  const results = new Map<string, unknown>();
  const answers: SubAnswer[] = [];
  let failed = false;
  for (const each of list) {
    const referenceId = toText(each["referenceId"]);
    if (failed && allOrNone) {
      answers.push(halted(referenceId, HALTED));
      continue;
    }
    try {
      const url = resolveReferences(toText(each["url"]), results);
      const body = each["body"] === undefined ? undefined : resolveReferences(each["body"], results);
      const headers = toHeaders(each["httpHeaders"]);
      const answer = runOne(routes, request, toText(each["method"] ?? "GET"), toText(url), body, headers);
      if (answer.status < 300) results.set(referenceId, answer.body);
      else failed = true;
      answers.push({
        body: answer.body ?? null,
        httpHeaders: answer.headers ?? {},
        httpStatusCode: answer.status,
        referenceId,
      });
    } catch (error) {
      if (!(error instanceof MissingReference)) throw error;
      failed = true;
      answers.push(halted(referenceId, error.message));
    }
  }
  if (!failed || !allOrNone) return { answers, isSuccessful: !failed };
  request.tx.rollBack(start);
  const rolledBack = answers.map((each) =>
    each.httpStatusCode < 300 ? halted(each.referenceId, HALTED) : each,
  );
  return { answers: rolledBack, isSuccessful: false };
}

/** `routes` are all endpoints a subrequest may name. */
export function compositeRoutes(routes: readonly ApiRoute[]): ApiRoute[] {
  function composite(request: ApiRequest): ApiAnswer {
    const body = readBody(request);
    const list = readList(body, "compositeRequest", MOST_SUBREQUESTS);
    const { answers } = runComposite(routes, request, list, body["allOrNone"] === true);
    return { status: 200, body: { compositeResponse: answers } };
  }

  function batch(request: ApiRequest): ApiAnswer {
    const body = readBody(request);
    const list = readList(body, "batchRequests", MOST_SUBREQUESTS);
    let halt = false;
    const results = list.map((each) => {
      if (halt)
        return {
          statusCode: 412,
          result: [{ errorCode: "BATCH_PROCESSING_HALTED", message: "Batch processing halted per request" }],
        };
      const answer = runOne(
        routes,
        request,
        toText(each["method"] ?? "GET"),
        toText(each["url"]),
        each["richInput"],
        {},
      );
      halt = body["haltOnError"] === true && answer.status >= 400;
      return { statusCode: answer.status, result: answer.body ?? null };
    });
    return { status: 200, body: { hasErrors: results.some((each) => each.statusCode >= 400), results } };
  }

  function graph(request: ApiRequest): ApiAnswer {
    const graphs = readList(readBody(request), "graphs", 75).map((each) => {
      const list = readList(each, "compositeRequest", 500);
      const { answers, isSuccessful } = runComposite(routes, request, list, true);
      return {
        graphId: toText(each["graphId"]),
        graphResponse: { compositeResponse: answers },
        isSuccessful,
      };
    });
    return { status: 200, body: { graphs } };
  }

  return [
    { method: "POST", path: "/composite", handle: composite },
    { method: "POST", path: "/composite/batch", handle: batch },
    { method: "POST", path: "/composite/graph", handle: graph },
  ];
}
