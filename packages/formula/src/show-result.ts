/** Results of an evaluation in one line, as documentation, tests and test cases write them. */
import type { EvalResult } from "./evaluate.ts";
import { showValue } from "./show-value.ts";

/** For example `12.5`, `"text"`, `BLANK`, `Error FML-301`, `Skip record: reason`, `Waits for 2 lookups`. */
export function showResult(result: EvalResult): string {
  if (result.ok) return showValue(result.value);
  switch (result.kind) {
    case "issue":
      return `Error ${result.issue.code}`;
    case "pending":
      return `Waits for ${result.requests.length} lookups`;
    case "special":
      switch (result.special.kind) {
        case "skipField":
          return "Skip field";
        case "skipRecord":
          return withMessage("Skip record", result.special.message);
        case "fail":
          return withMessage("Fail", result.special.message);
      }
  }
}

function withMessage(what: string, message: string): string {
  return message === "" ? what : `${what}: ${message}`;
}
