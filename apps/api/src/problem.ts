/** A refusal with its HTTP status, thrown by handlers and stores and answered as the contract's `problem`. */
import { toIssue, type Issue, type IssueCodeName } from "@fieldbridge/model";

export class ProblemError extends Error {
  override readonly name = "ProblemError";
  readonly status: number;
  readonly code: string;
  readonly issues: readonly Issue[];

  constructor(status: number, code: string, message: string, issues: readonly Issue[]) {
    super(message);
    this.status = status;
    this.code = code;
    this.issues = issues;
  }
}

const refuse =
  (status: number, code: IssueCodeName) =>
  (message: string, issues?: readonly Issue[]): ProblemError =>
    new ProblemError(status, code, message, issues ?? [toIssue(code, "", message)]);

/** 404 */
export const notFound = refuse(404, "API-901");
/** 400 */
export const notValid = refuse(400, "API-902");
/** 409: the draft is not the one the caller knows. */
export const changedMeanwhile = refuse(409, "API-903");
/** 409 */
export const alreadyRunning = refuse(409, "API-904");
/** 409: the issues say what is missing. */
export const notReady = refuse(409, "API-905");
/** 422: one issue per parameter. */
export const wrongParameters = refuse(422, "PAR-802");
/** 409 */
export const inUse = refuse(409, "API-906");
/** 403 */
export const notAllowed = refuse(403, "API-907");

export function orNotFound<T>(found: T | undefined | null, what: string): T {
  if (found === undefined || found === null) throw notFound(`${what} does not exist.`);
  return found;
}
