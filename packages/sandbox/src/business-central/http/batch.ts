// `$batch` in its JSON form: up to 100 requests in order, each on its own or, with `Isolation: snapshot`, all in one
// transaction that an error rolls back although the earlier answers still look successful.
import { distortAnswers } from "../../core/faults.ts";
import { isObject, numberText } from "../../core/json.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import type { Database } from "../data/database.ts";
import { openTransaction } from "../data/transaction.ts";
import { badRequest } from "../odata/odata-error.ts";
import { answerRequest } from "./answer-request.ts";
import { JSON_TYPE, preferences } from "./api-message.ts";
import type { ApiAnswer, ApiRequest } from "./api-message.ts";
import { answerSafely, errorAnswer, runRequest } from "./run-request.ts";
import type { Outcome } from "./run-request.ts";

const MOST_REQUESTS = 100;

interface Part {
  readonly id: string;
  readonly dependsOn: readonly string[];
  readonly request: ApiRequest;
}

/** Runs the whole batch. Throws an ODataError when the batch itself cannot be read. */
export function runBatch(database: Database, outer: ApiRequest): Outcome {
  const parts = readParts(outer);
  const isIsolated = (outer.headers["isolation"] ?? outer.headers["odata-isolation"]) === "snapshot";
  const goesOn = preferences(outer).some((part) => /^(?:odata\.)?continue-on-error(?:=true)?$/.test(part));
  const shared = isIsolated ? openTransaction(database, outer.plan) : undefined;
  const answers = new Map<string, ApiAnswer>();
  const commits: Promise<void>[] = [];
  for (const part of parts) {
    const answer = answerPart(part, answers, (request) => {
      if (shared !== undefined) return answerSafely(() => answerRequest(database, shared, request));
      const outcome = runRequest(database, request);
      commits.push(outcome.committed);
      return outcome.answer;
    });
    answers.set(part.id, answer);
    if (answer.status >= 400 && !goesOn) break;
  }
  const isWhole = [...answers.values()].every((answer) => answer.status < 400);
  if (shared !== undefined && isWhole) {
    commits.push(database.commit(shared.changes(), outer.plan));
  }
  const responses = [...answers].map(([id, answer]) => responseJson(id, answer));
  return {
    answer: {
      status: 200,
      headers: { "content-type": JSON_TYPE },
      body: { responses: distortAnswers(outer.plan, responses) },
    },
    committed: Promise.all(commits).then(() => undefined),
  };
}

function answerPart(
  part: Part,
  answers: ReadonlyMap<string, ApiAnswer>,
  run: (request: ApiRequest) => ApiAnswer,
): ApiAnswer {
  const failed = part.dependsOn.find((id) => (answers.get(id)?.status ?? 400) >= 400);
  if (failed !== undefined) {
    return errorAnswer(424, "BadRequest", `The request depends on the request '${failed}', which failed.`);
  }
  return run(withReferences(part.request, answers));
}

/** Replaces `$1` at the start of an address by where request 1 created its record. */
function withReferences(request: ApiRequest, answers: ReadonlyMap<string, ApiAnswer>): ApiRequest {
  const found = /^\$(\w+)(?=\/|$)/.exec(request.path);
  const location = found?.[1] === undefined ? undefined : answers.get(found[1])?.headers["location"];
  if (found === null || location === undefined) return request;
  return { ...request, path: pathBelow(request.root, location) + request.path.slice(found[0].length) };
}

function responseJson(id: string, answer: ApiAnswer): Record<string, unknown> {
  return {
    id,
    status: answer.status,
    headers: { ...answer.headers, "odata-version": "4.0" },
    ...(answer.body === undefined ? {} : { body: answer.body }),
  };
}

function readParts(outer: ApiRequest): Part[] {
  const list = isObject(outer.body) ? outer.body["requests"] : undefined;
  if (!Array.isArray(list)) throw badRequest("Invalid Request Body");
  const requests: readonly Json[] = list;
  if (requests.length > MOST_REQUESTS) {
    throw badRequest(
      `The batch has ${requests.length} requests, which exceeds the maximum of ${MOST_REQUESTS} requests.`,
    );
  }
  const parts = requests.map((request) => readPart(request, outer));
  const ids = new Set(parts.map((part) => part.id));
  if (ids.size !== parts.length) throw badRequest("The ids of the requests in a batch must be unique.");
  return parts;
}

function readPart(value: Json, outer: ApiRequest): Part {
  if (!isObject(value)) throw badRequest("Invalid Request Body");
  const id = textIn(value, "id");
  const method = textIn(value, "method")?.toUpperCase();
  const url = textIn(value, "url");
  if (id === undefined || method === undefined || url === undefined) {
    throw badRequest("Every request in a batch must have the properties 'id', 'method' and 'url'.");
  }
  if (value["atomicityGroup"] !== undefined) {
    throw badRequest("Atomicity groups are not supported; use the header 'Isolation: snapshot'.");
  }
  const [path = "", ...query] = url.split("?");
  const below = pathBelow(outer.root, path);
  if (below === "$batch") throw badRequest("A batch cannot contain a batch.");
  const dependsOn = value["dependsOn"];
  return {
    id,
    dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
    request: {
      method,
      path: below,
      query: query.join("?"),
      headers: readHeaders(value["headers"], outer),
      body: value["body"],
      root: outer.root,
      plan: outer.plan,
    },
  };
}

function textIn(value: JsonObject, name: string): string | undefined {
  const found = value[name];
  return typeof found === "string" ? found : (numberText(found) ?? undefined);
}

/** Addresses are relative to the API root, from the server's root, or absolute. */
function pathBelow(root: string, url: string): string {
  const fromServer = new URL(root).pathname;
  const path = url.startsWith(root) ? url.slice(root.length) : url;
  return (path.startsWith(fromServer) ? path.slice(fromServer.length) : path).replace(/^\/+/, "");
}

/** What a request in a batch takes over from the batch when it does not say it itself. */
const inherited = ["accept", "company", "accept-language"] as const;

function readHeaders(value: Json | undefined, outer: ApiRequest): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (const name of inherited) headers[name] = outer.headers[name];
  if (!isObject(value)) return headers;
  for (const [name, text] of Object.entries(value)) {
    if (typeof text === "string") headers[name.toLowerCase()] = text;
  }
  return headers;
}
