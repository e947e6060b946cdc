/**
 * Faults of the wire itself, each in one plain sentence: not reached, answer lost, too large, moved. What a server
 * says in its answers is the business of each connector.
 */
import { Fault } from "@fieldbridge/engine";
import { toIssue } from "@fieldbridge/model";

interface Cause {
  readonly code: string;
  readonly message: string;
}

/** Innermost code and message of an error; node and undici wrap what happened in several layers. */
function toCause(error: unknown): Cause {
  if (!(error instanceof Error)) return { code: "", message: String(error) };
  if (error instanceof AggregateError && error.errors.length > 0) return toCause(error.errors[0]);
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (code === "" && error.cause instanceof Error) return toCause(error.cause);
  return { code, message: error.message };
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;

function describeUnreachable(origin: string, { code, message }: Cause): string {
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return `No server is known under the name of ${origin}.`;
  if (code === "ECONNREFUSED") return `Nothing answers at ${origin}: the connection was refused.`;
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT")
    return `${origin} did not accept a connection in time.`;
  if (CERTIFICATE.test(code)) return `The certificate of ${origin} is not trusted (${code}).`;
  return `${origin} cannot be reached: ${message}.`;
}

/** The request never left: it is safe to send it again. */
export function unreachableFault(origin: string, error: unknown): Fault {
  const cause = toCause(error);
  return new Fault(toIssue("CON-602", "", describeUnreachable(origin, cause)), {
    retryable: !CERTIFICATE.test(cause.code),
    sent: false,
    cause: error,
  });
}

/** The request left, the answer did not come (in full): nobody knows whether it was executed. */
export function lostAnswerFault(origin: string, error: unknown): Fault {
  const { code, message } = toCause(error);
  const timedOut = code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT";
  const issue = timedOut
    ? toIssue("CON-604", "", `${origin} did not answer in time.`)
    : toIssue("CON-602", "", `The connection to ${origin} broke before its answer came: ${message}.`);
  return new Fault(issue, { retryable: true, sent: true, cause: error });
}

export function tooLargeFault(origin: string, maxBytes: number): Fault {
  const megabytes = Math.round(maxBytes / 1_000_000);
  return new Fault(toIssue("CON-607", "", `${origin} sent an answer of more than ${megabytes} MB.`), {
    retryable: false,
    sent: true,
  });
}

/** A refused or misspelt address; nothing was sent. */
export function addressFault(message: string): Fault {
  return new Fault(toIssue("CON-609", "config", message), { retryable: false, sent: false });
}

/** The body is not what the protocol promises. `sent` because the server did answer something. */
export function notUnderstoodFault(what: string): Fault {
  return new Fault(toIssue("CON-607", "", what), { retryable: false, sent: true });
}
