/**
 * What a Business Central answer means for the call as a whole. Sources: "Troubleshooting REST API/OData calls",
 * "Working with API limits in Business Central".
 */
import { toIssue } from "@fieldbridge/model";
import type { HttpAnswer } from "../http/http-client.ts";
import { tryParseJson } from "../http/json.ts";
import { shorten, toAnswerText } from "../http/answer-text.ts";
import type { Verdict } from "../http/system-client.ts";
import { toApiError } from "./api-error.ts";

const NO_RIGHT_HINT =
  "The app must be entered and enabled on the page Microsoft Entra Applications, with permission sets.";

/** Answers with a status of 2xx are final; every other one is a fault of the call as a whole. */
export function judgeAnswer(answer: HttpAnswer): Verdict {
  const { status } = answer;
  if (status >= 200 && status < 300) return { kind: "final" };
  const error = toApiError(tryParseJson(answer.body));
  const said = shorten(error === undefined ? toAnswerText(answer.body) : error.message, 500);
  if (status === 401) return { kind: "signed-out", reason: `${said} ${NO_RIGHT_HINT}` };
  if (status === 429)
    return { kind: "throttled", issue: toIssue("CON-605", "", "Business Central asks to slow down.") };
  if (status >= 500 || status === 408)
    return {
      kind: "broken",
      issue: toIssue("CON-608", "", `Business Central failed with status ${status}. ${said}`.trim()),
      // Only its own 503 says that the request was turned away; a gateway in between knows nothing.
      executed: status !== 503 || error === undefined,
    };
  if (status === 403)
    return {
      kind: "refused",
      issue: toIssue("CON-603", "", `Business Central said: ${said} ${NO_RIGHT_HINT}`),
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
  return { kind: "refused", issue: toIssue("CON-610", "", `Business Central refused the request: ${said}`) };
}
