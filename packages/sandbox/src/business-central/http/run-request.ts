// Runs requests in transactions of their own and turns refusals into error answers.
import { randomUUID } from "node:crypto";
import type { Database } from "../data/database.ts";
import { openTransaction } from "../data/transaction.ts";
import { ODataError } from "../odata/odata-error.ts";
import { answerRequest } from "./answer-request.ts";
import { JSON_TYPE } from "./api-message.ts";
import type { ApiAnswer, ApiRequest } from "./api-message.ts";

/** An answer whose work is done and visible; `committed` resolves when it is on the disk. */
export interface Outcome {
  readonly answer: ApiAnswer;
  readonly committed: Promise<void>;
}

/** One request, one transaction: committed when it succeeds, dropped when it is refused. */
export function runRequest(database: Database, request: ApiRequest): Outcome {
  const tx = openTransaction(database, request.plan);
  const answer = answerSafely(() => answerRequest(database, tx, request));
  const changes = answer.status < 400 ? tx.changes() : [];
  return { answer, committed: database.commit(changes, request.plan) };
}

/** The answer, or the error answer for what was refused. Anything else is a mistake of this server and goes on up. */
export function answerSafely(work: () => ApiAnswer): ApiAnswer {
  try {
    return work();
  } catch (error) {
    if (error instanceof ODataError) return errorAnswer(error.status, error.code, error.message);
    throw error;
  }
}

/** The product's error body; every message ends in the id by which its support finds the call. */
export function errorBody(code: string, message: string): { error: { code: string; message: string } } {
  return { error: { code, message: `${message}  CorrelationId:  ${randomUUID()}.` } };
}

export function errorAnswer(status: number, code: string, message: string): ApiAnswer {
  return { status, headers: { "content-type": JSON_TYPE }, body: errorBody(code, message) };
}
