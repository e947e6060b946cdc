/** Every refusal and failure as the contract's one error body. Nothing of an unexpected error leaves the server. */
import { Fault } from "@fieldbridge/engine";
import { issueCodes, toIssue, type Issue, type Problem } from "@fieldbridge/model";
import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import { hasZodFastifySchemaValidationErrors } from "fastify-type-provider-zod";
import { ProblemError } from "../problem.ts";

interface Answer {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly issues: readonly Issue[];
}

const fromValidation = (
  place: string,
  validation: readonly { instancePath: string; message?: string }[],
): Answer => {
  const issues = validation.map((each) => {
    const path = each.instancePath.split("/").filter((part) => part !== "");
    return toIssue("API-902", [place, ...path].join("."), each.message ?? "is not valid");
  });
  const message = issues.map((each) => `${each.path}: ${each.message}`).join("; ");
  return { status: 400, code: "API-902", message, issues };
};

/** Refusals of Fastify itself (not JSON, too large, unknown media type) have a status below 500. */
const fromFastify = (error: FastifyError): Answer | undefined => {
  const status = error.statusCode ?? 500;
  if (status >= 500) return undefined;
  return {
    status,
    code: "API-902",
    message: error.message,
    issues: [toIssue("API-902", "", error.message)],
  };
};

const unexpected: Answer = {
  status: 500,
  code: "API-999",
  message: "Something went wrong here; the log has more under this request id.",
  issues: [],
};

function toAnswer(error: unknown): Answer {
  if (error instanceof ProblemError) return error;
  if (error instanceof Fault)
    return { status: 502, code: error.issue.code, message: error.issue.message, issues: [error.issue] };
  if (hasZodFastifySchemaValidationErrors(error))
    return fromValidation(
      error.validationContext === "querystring" ? "query" : (error.validationContext ?? "body"),
      error.validation.map((each) => ({ instancePath: each.instancePath, message: each.message ?? "" })),
    );
  if (error instanceof Error && "statusCode" in error)
    return fromFastify(error as FastifyError) ?? unexpected;
  return unexpected;
}

export function answerProblem(reply: FastifyReply, answer: Answer): FastifyReply {
  const body: Problem = {
    code: answer.code,
    message: answer.message,
    issues: [...answer.issues],
    requestId: reply.request.id,
  };
  return reply.status(answer.status).send(body);
}

export function registerErrorAnswers(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const answer = toAnswer(error);
    if (answer === unexpected)
      request.log.error({ err: error, url: request.url }, issueCodes["API-999"].title);
    return answerProblem(reply, answer);
  });
}
