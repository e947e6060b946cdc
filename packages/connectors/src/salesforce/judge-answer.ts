/**
 * What a Salesforce answer means for the call as a whole. Sources: REST API Developer Guide, "Status Codes and Error
 * Responses"; "API Request Limits and Allocations".
 */
import { toIssue } from "@fieldbridge/model";
import type { HttpAnswer } from "../http/http-client.ts";
import { textOf, tryParseJson, type Json } from "../http/json.ts";
import type { Verdict } from "../http/system-client.ts";
import { shorten, toAnswerText } from "../http/answer-text.ts";

interface ApiError {
  readonly code: string;
  readonly message: string;
}

function firstError(body: Json | undefined): ApiError | undefined {
  const item: Json | undefined = Array.isArray(body) ? body[0] : body;
  const code = textOf(item, "errorCode");
  if (code === undefined) return undefined;
  const message = (textOf(item, "message") ?? "").trim();
  return { code, message: message === "" ? code : shorten(message, 500) };
}

/** The daily limit is a rolling day: asking again every quarter of an hour finds the first free calls soon enough. */
export const DAILY_LIMIT_PAUSE_MS = 15 * 60_000;

const NOT_CURED_BY_SIGN_IN = /not valid for use with the REST API|not attached to Agent/i;
const RIGHT_CODES = new Set([
  "API_DISABLED_FOR_ORG",
  "INSUFFICIENT_ACCESS",
  "INSUFFICIENT_ACCESS_OR_READONLY",
  "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY",
  "TXN_SECURITY_NO_ACCESS",
]);
/** Salesforce says itself that it did nothing. */
const LATER_CODES = new Set([
  "SERVER_UNAVAILABLE",
  "API_CURRENTLY_DISABLED",
  "QUERY_TIMEOUT",
  "INSERT_UPDATE_DELETE_NOT_ALLOWED_DURING_MAINTENANCE",
]);

function judgeLimit({ message }: ApiError): Verdict {
  if (/concurrent/i.test(message))
    return {
      kind: "throttled",
      issue: toIssue("CON-605", "", "Salesforce has too many long calls at once."),
    };
  return {
    kind: "throttled",
    issue: toIssue("CON-606", "", `Salesforce takes no more calls today: ${message}`),
    waitMs: DAILY_LIMIT_PAUSE_MS,
  };
}

function judgeCode(error: ApiError, status: number): Verdict | undefined {
  const { code, message } = error;
  if (code === "REQUEST_LIMIT_EXCEEDED") return judgeLimit(error);
  if (NOT_CURED_BY_SIGN_IN.test(message))
    return { kind: "refused", issue: toIssue("CON-601", "", `Salesforce said: ${message}`) };
  if (status === 401 || code === "INVALID_SESSION_ID") return { kind: "signed-out", reason: message };
  if (LATER_CODES.has(code))
    return {
      kind: "broken",
      issue: toIssue("CON-608", "", `Salesforce said: ${message}`),
      executed: false,
    };
  if (RIGHT_CODES.has(code) || status === 403)
    return { kind: "refused", issue: toIssue("CON-603", "", `Salesforce said: ${message} (${code})`) };
  if (code === "STORAGE_LIMIT_EXCEEDED")
    return { kind: "refused", issue: toIssue("CON-608", "", "The storage of the Salesforce org is full.") };
  return undefined;
}

/** Answers with a status of 2xx are final; every other one is a fault of the call as a whole. */
export function judgeAnswer(answer: HttpAnswer): Verdict {
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: "final" };
  const error = firstError(tryParseJson(answer.body));
  const known = error === undefined ? undefined : judgeCode(error, status);
  if (known !== undefined) return known;
  const said = error === undefined ? toAnswerText(answer.body) : `${error.message} (${error.code})`;
  if (status === 401) return { kind: "signed-out", reason: said };
  if (status === 429)
    return { kind: "throttled", issue: toIssue("CON-605", "", "Salesforce asks to slow down.") };
  if (status >= 500 || status === 408 || status === 420)
    return {
      kind: "broken",
      issue: toIssue("CON-608", "", `Salesforce failed with status ${status}. ${said}`.trim()),
      executed: status !== 420,
    };
  if (status >= 300 && status < 400)
    return {
      kind: "refused",
      issue: toIssue(
        "CON-607",
        "",
        `The address answers from elsewhere (${answer.header("location") ?? status}).`,
      ),
    };
  if (status === 410)
    return {
      kind: "refused",
      issue: toIssue("CON-609", "config.apiVersion", "This API version is retired."),
    };
  return { kind: "refused", issue: toIssue("CON-610", "", `Salesforce refused the request: ${said}`) };
}

/** Used and allowed calls of the day, from `Sforce-Limit-Info: api-usage=1790/100000`. */
export function parseDailyUsage(header: string | undefined): { used: number; allowed: number } | undefined {
  const match = /api-usage=(\d+)\/(\d+)/.exec(header ?? "");
  return match === null ? undefined : { used: Number(match[1]), allowed: Number(match[2]) };
}
