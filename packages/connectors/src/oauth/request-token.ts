/**
 * Asks a token endpoint (RFC 6749 §4.4 client credentials, §6 refresh) and sorts its refusals: wrong credentials
 * are final, a busy endpoint is tried again.
 */
import { Fault } from "@fieldbridge/engine";
import { toIssue } from "@fieldbridge/model";
import { countOf, textOf, tryParseJson, type Json } from "../http/json.ts";
import type { HttpAnswer, HttpClient } from "../http/http-client.ts";
import { notUnderstoodFault } from "../http/http-faults.ts";
import { parseRetryAfter } from "../http/retry-after.ts";
import type { Resilience } from "../http/resilience.ts";
import { toAnswerText } from "../http/answer-text.ts";
import { describeSignInError } from "./sign-in-reasons.ts";
import type { AccessToken } from "./token-store.ts";

export interface TokenRequest {
  readonly http: HttpClient;
  /** Path of the token endpoint at the client's origin. */
  readonly path: string;
  readonly form: Readonly<Record<string, string>>;
  readonly resilience: Resilience;
}

export interface TokenAnswer extends AccessToken {
  /** A new refresh token, where the system rotates them. */
  readonly refreshToken: string | undefined;
}

const BUSY = new Set(["temporarily_unavailable", "server_error", "rate_limit_exceeded"]);

function toToken(body: Json | undefined, now: number): TokenAnswer {
  const value = textOf(body, "access_token");
  if (value === undefined) throw notUnderstoodFault("The token address answered, but without a token.");
  const seconds = countOf(body, "expires_in");
  return {
    value,
    expiresAt: seconds === undefined ? undefined : now + seconds * 1000,
    refreshToken: textOf(body, "refresh_token"),
  };
}

function toSignInFault(answer: HttpAnswer, now: number): Fault {
  const body = tryParseJson(answer.body);
  const error = textOf(body, "error") ?? "";
  const said = textOf(body, "error_description") ?? (body === undefined ? toAnswerText(answer.body) : "");
  const retryAfterMs = parseRetryAfter(answer.header("retry-after"), {
    serverDate: answer.header("date"),
    localMs: now,
  });
  if (answer.status === 429 || error === "rate_limit_exceeded")
    return new Fault(toIssue("CON-605", "", "Too many sign-ins; the system asks to wait."), {
      retryable: true,
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    });
  if (answer.status >= 500 || BUSY.has(error))
    return new Fault(
      toIssue("CON-608", "", `The sign-in service failed with status ${answer.status}. ${said}`.trim()),
      { retryable: true, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
    );
  if (error === "")
    return new Fault(
      toIssue("CON-607", "", `The token address answered with status ${answer.status}: ${said || "nothing"}`),
      { retryable: false },
    );
  return new Fault(toIssue("CON-601", "", describeSignInError(error, said)), { retryable: false });
}

/** Through the gate like every call: a system that is down is found so by whoever signs in first. */
async function askOnce({ http, path, form, resilience }: TokenRequest): Promise<TokenAnswer> {
  const { gate, maxWaitMs, sleep, now } = resilience;
  const leave = await gate.enter(maxWaitMs, sleep);
  try {
    const answer = await http.send({
      method: "POST",
      path,
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: new URLSearchParams(form).toString(),
    });
    if (answer.status < 500) gate.noteAnswer();
    if (answer.status !== 200) throw toSignInFault(answer, now());
    return toToken(tryParseJson(answer.body), now());
  } finally {
    leave();
  }
}

/** Whether the fault says that the system failed, and did not ask to wait. */
const isFailure = (fault: Fault): boolean =>
  fault.retryable && fault.retryAfterMs === undefined && fault.issue.class === "connection";

/** A lost answer of the token endpoint says nothing about the call that waits for the token: that was not sent. */
function asNotSent(fault: Fault): Fault {
  if (!fault.sent) return fault;
  const { issue, retryable, retryAfterMs } = fault;
  return new Fault(issue, {
    retryable,
    sent: false,
    cause: fault,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** Throws `Fault`; CON-601 where the credentials are wrong, which no repetition cures. */
export async function requestToken(request: TokenRequest): Promise<TokenAnswer> {
  const { resilience } = request;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await askOnce(request);
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      const isBroken = isFailure(error) && resilience.gate.noteFailure(error.issue);
      if (!error.retryable || error.closed || attempt >= resilience.attempts) throw asNotSent(error);
      if (isBroken) continue;
      const waitMs = error.retryAfterMs ?? resilience.backOffMs(attempt);
      if (waitMs > resilience.maxWaitMs) throw asNotSent(error);
      const startedAt = resilience.now();
      await resilience.sleep(waitMs);
      if (resilience.now() - startedAt < waitMs / 2) throw asNotSent(error);
    }
  }
}
