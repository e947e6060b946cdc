// `$batch` in its JSON form.
import { distortAnswers } from "../../core/faults.ts";
import { isObject, numberText } from "../../core/json.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import type { Database } from "../data/database.ts";
import { badRequest } from "../odata/odata-error.ts";
import { JSON_TYPE } from "./api-message.ts";
import type { ApiAnswer, ApiRequest } from "./api-message.ts";
import { partHeaders, pathBelow, runGroups } from "./run-groups.ts";
import type { BatchPart } from "./run-groups.ts";
import type { Outcome } from "./run-request.ts";

/** Runs the whole batch. Throws an ODataError when the batch itself cannot be read. */
export function runBatch(database: Database, outer: ApiRequest): Outcome {
  const parts = readParts(outer);
  const groups = parts.map((part) => ({ parts: [part], isChangeSet: false }));
  const { answers, committed } = runGroups(database, outer, groups);
  const responses = answers.flatMap((group) => group.answers.map(([id, answer]) => responseJson(id, answer)));
  return {
    answer: {
      status: 200,
      headers: { "content-type": JSON_TYPE },
      body: { responses: distortAnswers(outer.plan, responses) },
    },
    committed,
  };
}

function responseJson(id: string, answer: ApiAnswer): Record<string, unknown> {
  return {
    id,
    status: answer.status,
    headers: { ...answer.headers, "odata-version": "4.0" },
    ...(answer.body === undefined ? {} : { body: answer.body }),
  };
}

function readParts(outer: ApiRequest): BatchPart[] {
  const list = isObject(outer.body) ? outer.body["requests"] : undefined;
  if (!Array.isArray(list)) throw badRequest("Invalid Request Body");
  const requests: readonly Json[] = list;
  return requests.map((request) => readPart(request, outer));
}

function readPart(value: Json, outer: ApiRequest): BatchPart {
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
  const dependsOn = value["dependsOn"];
  return {
    id,
    dependsOn: Array.isArray(dependsOn) ? dependsOn.map(String) : [],
    request: {
      method,
      path: pathBelow(outer.root, path),
      query: query.join("?"),
      headers: partHeaders(outer, textMembers(value["headers"])),
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

function textMembers(value: Json | undefined): Record<string, string> {
  const members = isObject(value) ? Object.entries(value) : [];
  return Object.fromEntries(
    members.flatMap(([name, text]) => (typeof text === "string" ? [[name, text] as const] : [])),
  );
}
