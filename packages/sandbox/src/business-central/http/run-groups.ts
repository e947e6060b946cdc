// Runs the requests of a batch in order, whatever its format: each on its own, a change set in one transaction, or with
// `Isolation: snapshot` everything in one transaction that an error rolls back although earlier answers look successful.
import type { Database } from "../data/database.ts";
import { openTransaction } from "../data/transaction.ts";
import type { Transaction } from "../data/transaction.ts";
import { badRequest } from "../odata/odata-error.ts";
import { answerRequest } from "./answer-request.ts";
import { preferences } from "./api-message.ts";
import type { ApiAnswer, ApiRequest } from "./api-message.ts";
import { answerSafely, errorAnswer, runRequest } from "./run-request.ts";

const MOST_REQUESTS = 100;

export interface BatchPart {
  readonly id: string;
  readonly dependsOn: readonly string[];
  readonly request: ApiRequest;
}

/** Requests that belong together; a change set keeps all of them or none. */
export interface BatchGroup {
  readonly parts: readonly BatchPart[];
  readonly isChangeSet: boolean;
}

export interface GroupAnswer {
  readonly group: BatchGroup;
  /** By id, in order; a change set that failed has only the failure. */
  readonly answers: readonly (readonly [id: string, answer: ApiAnswer])[];
}

export interface BatchOutcome {
  /** Groups that were reached. */
  readonly answers: readonly GroupAnswer[];
  /** Resolves when everything that was kept is on the disk. */
  readonly committed: Promise<void>;
}

/** Throws an ODataError when the batch as a whole cannot be taken. */
export function runGroups(
  database: Database,
  outer: ApiRequest,
  groups: readonly BatchGroup[],
): BatchOutcome {
  checkIds(groups.flatMap((group) => group.parts.map((part) => part.id)));
  const isIsolated = (outer.headers["isolation"] ?? outer.headers["odata-isolation"]) === "snapshot";
  const goesOn = preferences(outer).some((part) => /^(?:odata\.)?continue-on-error(?:=true)?$/.test(part));
  const shared = isIsolated ? openTransaction(database, outer.plan) : undefined;
  const known = new Map<string, ApiAnswer>();
  const reached: GroupAnswer[] = [];
  const commits: Promise<void>[] = [];

  const runIn = (tx: Transaction, part: BatchPart): ApiAnswer =>
    answerPart(part, known, (request) => answerSafely(() => answerRequest(database, tx, request)));

  const runAlone = (part: BatchPart): ApiAnswer =>
    answerPart(part, known, (request) => {
      const outcome = runRequest(database, request);
      commits.push(outcome.committed);
      return outcome.answer;
    });

  function runChangeSet(group: BatchGroup, tx: Transaction): GroupAnswer {
    const answers: (readonly [string, ApiAnswer])[] = [];
    for (const part of group.parts) {
      const answer = runIn(tx, part);
      if (answer.status >= 400) return { group, answers: [[part.id, answer]] };
      known.set(part.id, answer);
      answers.push([part.id, answer]);
    }
    if (tx !== shared) commits.push(database.commit(tx.changes(), outer.plan));
    return { group, answers };
  }

  function runSingles(group: BatchGroup): GroupAnswer {
    const answers = group.parts.map((part): readonly [string, ApiAnswer] => {
      const answer = shared === undefined ? runAlone(part) : runIn(shared, part);
      known.set(part.id, answer);
      return [part.id, answer];
    });
    return { group, answers };
  }

  for (const group of groups) {
    const result = group.isChangeSet
      ? runChangeSet(group, shared ?? openTransaction(database, outer.plan))
      : runSingles(group);
    reached.push(result);
    if (!goesOn && result.answers.some(([, answer]) => answer.status >= 400)) break;
  }
  const isWhole = reached.every(({ answers }) => answers.every(([, answer]) => answer.status < 400));
  if (shared !== undefined && isWhole) commits.push(database.commit(shared.changes(), outer.plan));
  return { answers: reached, committed: Promise.all(commits).then(() => undefined) };
}

function checkIds(ids: readonly string[]): void {
  if (ids.length > MOST_REQUESTS) {
    throw badRequest(
      `The batch has ${ids.length} requests, which exceeds the maximum of ${MOST_REQUESTS} requests.`,
    );
  }
  if (new Set(ids).size !== ids.length)
    throw badRequest("The ids of the requests in a batch must be unique.");
}

function answerPart(
  part: BatchPart,
  known: ReadonlyMap<string, ApiAnswer>,
  run: (request: ApiRequest) => ApiAnswer,
): ApiAnswer {
  if (part.request.path === "$batch")
    return errorAnswer(400, "BadRequest", "A batch cannot contain a batch.");
  const failed = part.dependsOn.find((id) => (known.get(id)?.status ?? 400) >= 400);
  if (failed !== undefined) {
    return errorAnswer(424, "BadRequest", `The request depends on the request '${failed}', which failed.`);
  }
  return run(withReferences(part.request, known));
}

/** Replaces `$1` at the start of an address by where request 1 created its record. */
function withReferences(request: ApiRequest, known: ReadonlyMap<string, ApiAnswer>): ApiRequest {
  const found = /^\$(\w+)(?=\/|$)/.exec(request.path);
  const location = found?.[1] === undefined ? undefined : known.get(found[1])?.headers["location"];
  if (found === null || location === undefined) return request;
  return { ...request, path: pathBelow(request.root, location) + request.path.slice(found[0].length) };
}

/** The path below the API root of an address that is relative to it, to the server's root, or absolute. */
export function pathBelow(root: string, url: string): string {
  const fromServer = new URL(root).pathname;
  const path = url.startsWith(root) ? url.slice(root.length) : url;
  return (path.startsWith(fromServer) ? path.slice(fromServer.length) : path).replace(/^\/+/, "");
}

/** The headers a request in a batch has: its own, and a few of the batch where it has none. */
export function partHeaders(
  outer: ApiRequest,
  own: Readonly<Record<string, string>>,
): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {};
  for (const name of ["accept", "company", "accept-language"]) headers[name] = outer.headers[name];
  for (const [name, text] of Object.entries(own)) headers[name.toLowerCase()] = text;
  return headers;
}
