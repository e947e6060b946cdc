/** A refused or failed request as an error with the server's code, sentence, issues and request id. */
import type { Issue, Problem } from "@fieldbridge/model";

/** `status` is 0 where no answer came at all. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly issues: readonly Issue[];
  readonly requestId: string;

  constructor(status: number, problem: Problem) {
    super(problem.message);
    this.name = "ApiProblem";
    this.status = status;
    this.code = problem.code;
    this.issues = problem.issues;
    this.requestId = problem.requestId;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const isProblem = (value: unknown): value is Problem =>
  isRecord(value) &&
  typeof value.code === "string" &&
  typeof value.message === "string" &&
  Array.isArray(value.issues);

/** Reads the body of a refused request; a body that is no problem (a proxy's page) becomes one that says so. */
export function toApiProblem(status: number, body: unknown): ApiProblem {
  if (isProblem(body)) return new ApiProblem(status, { ...body, requestId: body.requestId ?? "" });
  return new ApiProblem(status, {
    code: "CON-607",
    message: `The Fieldbridge server answered ${status} in a form that was not understood.`,
    issues: [],
    requestId: "",
  });
}

export const toUnreachable = (): ApiProblem =>
  new ApiProblem(0, {
    code: "CON-602",
    message: "The Fieldbridge server cannot be reached. Check that it is running, then retry.",
    issues: [],
    requestId: "",
  });

/** Any thrown thing as sentence, code and what to copy into a support request. */
export function describeError(error: unknown): { message: string; code: string | null; details: string } {
  if (error instanceof ApiProblem)
    return {
      message: error.message,
      code: error.code,
      details: JSON.stringify(
        {
          status: error.status,
          code: error.code,
          message: error.message,
          requestId: error.requestId,
          issues: error.issues,
        },
        null,
        2,
      ),
    };
  const message = error instanceof Error ? error.message : String(error);
  return { message, code: null, details: error instanceof Error ? (error.stack ?? message) : message };
}
