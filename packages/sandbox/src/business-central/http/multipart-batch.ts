// `$batch` in its older form, multipart/mixed: requests as HTTP text, change sets as nested parts. Generic OData clients
// still send it, some only because an address became too long.
import { randomUUID } from "node:crypto";
import { distortAnswers } from "../../core/faults.ts";
import { parseJson, stringifyJson } from "../../core/json.ts";
import type { Json } from "../../core/json.ts";
import type { Database } from "../data/database.ts";
import { badRequest } from "../odata/odata-error.ts";
import { mediaParameter } from "./api-message.ts";
import type { ApiAnswer, ApiRequest } from "./api-message.ts";
import { partHeaders, pathBelow, runGroups } from "./run-groups.ts";
import type { BatchGroup, BatchPart, GroupAnswer } from "./run-groups.ts";
import type { Outcome } from "./run-request.ts";

/** Runs the whole batch. Throws an ODataError when the batch itself cannot be read. */
export function runMultipartBatch(database: Database, outer: ApiRequest): Outcome {
  const boundary = boundaryOf(outer.headers["content-type"]);
  if (boundary === undefined || typeof outer.body !== "string") throw badRequest("Invalid Request Body");
  const entities = splitParts(outer.body, boundary);
  const groups = entities.map((entity, index) => readGroup(entity, String(index + 1), outer));
  const { answers, committed } = runGroups(database, outer, groups);
  const delimiter = `batchresponse_${randomUUID()}`;
  const parts = distortAnswers(outer.plan, answers).map(writeGroup);
  return {
    answer: {
      status: 200,
      headers: { "content-type": `multipart/mixed; boundary=${delimiter}` },
      body: joinParts(parts, delimiter),
    },
    committed,
  };
}

interface Entity {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

function boundaryOf(contentType: string | undefined): string | undefined {
  return mediaParameter(contentType, "boundary")?.replaceAll('"', "");
}

/** The parts between the delimiters; line ends may be CRLF or LF alone. */
function splitParts(text: string, boundary: string): Entity[] {
  const pieces = text.replaceAll("\r\n", "\n").split(new RegExp(`(?:^|\\n)--${escapePattern(boundary)}`));
  return pieces
    .slice(1)
    .filter((piece) => !piece.startsWith("--"))
    .map((piece) => readEntity(piece.replace(/^[ \t]*\n/, "")));
}

function escapePattern(text: string): string {
  return text.replaceAll(/[^\w]/g, String.raw`\$&`);
}

function readEntity(text: string): Entity {
  const cut = text.startsWith("\n") ? 0 : text.indexOf("\n\n");
  const head = cut < 0 ? text : text.slice(0, cut);
  return { headers: readHeaders(head), body: cut < 0 ? "" : text.slice(cut).replace(/^\n+/, "") };
}

function readHeaders(head: string): Record<string, string> {
  return Object.fromEntries(
    head
      .split("\n")
      .filter((line) => line.includes(":"))
      .map((line) => [
        line.slice(0, line.indexOf(":")).trim().toLowerCase(),
        line.slice(line.indexOf(":") + 1).trim(),
      ]),
  );
}

function readGroup(entity: Entity, number: string, outer: ApiRequest): BatchGroup {
  const boundary = boundaryOf(entity.headers["content-type"]);
  if (boundary === undefined) return { parts: [readPart(entity, number, outer)], isChangeSet: false };
  const inner = splitParts(entity.body, boundary);
  return {
    parts: inner.map((each, index) => readPart(each, `${number}.${index + 1}`, outer)),
    isChangeSet: true,
  };
}

function readPart(entity: Entity, number: string, outer: ApiRequest): BatchPart {
  const found = /^([A-Z]+) (\S+)(?: HTTP\/1\.1)?[ \t]*(?:\n|$)/.exec(entity.body);
  if (found === null) throw badRequest("Invalid Request Body");
  const [line, method = "", url = ""] = found;
  const request = readEntity(entity.body.slice(line.length));
  const [path = "", ...query] = url.split("?");
  return {
    id: entity.headers["content-id"] ?? number,
    dependsOn: [],
    request: {
      method,
      path: pathBelow(outer.root, path),
      query: query.join("?"),
      headers: partHeaders(outer, request.headers),
      body: readBody(request.body),
      root: outer.root,
      plan: outer.plan,
    },
  };
}

function readBody(text: string): Json | undefined {
  if (text.trim() === "") return undefined;
  try {
    return parseJson(text);
  } catch {
    throw badRequest("Invalid Request Body");
  }
}

/** A change set that failed is answered by its failure alone. */
function writeGroup({ group, answers }: GroupAnswer): string {
  const isWhole = answers.every(([, answer]) => answer.status < 400);
  if (!group.isChangeSet || !isWhole)
    return answers.map(([id, answer]) => writeAnswer(id, answer, false)).join("");
  const delimiter = `changesetresponse_${randomUUID()}`;
  const parts = answers.map(([id, answer]) => writeAnswer(id, answer, true));
  return `Content-Type: multipart/mixed; boundary=${delimiter}\r\n\r\n${joinParts(parts, delimiter)}`;
}

const reasons: Readonly<Record<number, string>> = { 200: "OK", 201: "Created", 204: "No Content" };

function writeAnswer(id: string, answer: ApiAnswer, withId: boolean): string {
  const head = [
    "Content-Type: application/http",
    "Content-Transfer-Encoding: binary",
    ...(withId ? [`Content-ID: ${id}`] : []),
    "",
    `HTTP/1.1 ${answer.status} ${reasons[answer.status] ?? "Refused"}`,
    ...Object.entries(answer.headers).map(([name, value]) => `${headerName(name)}: ${value}`),
    "OData-Version: 4.0",
    "",
    bodyText(answer),
  ];
  return head.join("\r\n");
}

function headerName(name: string): string {
  return name === "odata-entityid"
    ? "OData-EntityId"
    : name.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}

function bodyText(answer: ApiAnswer): string {
  if (answer.body === undefined) return "";
  return typeof answer.body === "string" ? answer.body : stringifyJson(answer.body);
}

function joinParts(parts: readonly string[], delimiter: string): string {
  return `${parts.map((part) => `--${delimiter}\r\n${part}\r\n`).join("")}--${delimiter}--\r\n`;
}
