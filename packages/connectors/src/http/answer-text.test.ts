/** Error pages become a line people can read. */
import { expect, test } from "vitest";
import { shorten, toAnswerText } from "./answer-text.ts";
import { parseRetryAfter } from "./retry-after.ts";

test("an HTML page becomes its words", () => {
  const page =
    "<!DOCTYPE html><html><head><title>Down</title><style>p{color:red}</style><script>alert(1)</script></head>" +
    "<body><h1>We are &amp; stay&nbsp;down</h1></body></html>";
  expect(toAnswerText(page)).toBe("Down We are & stay down");
});

test("other text stays, but not endlessly", () => {
  expect(toAnswerText(" Bad_OAuth_Token\n")).toBe("Bad_OAuth_Token");
  expect(shorten("x".repeat(50), 10)).toBe(`${"x".repeat(9)}…`);
});

test.each([
  ["120", 120_000],
  ["0", 0],
  [" 1.5 ", 1_500],
  ["Fri, 20 Nov 2026 10:00:30 GMT", 30_000],
  ["Fri, 20 Nov 2026 09:00:00 GMT", 0],
  ["soon", undefined],
  [undefined, undefined],
])("Retry-After %s means %s ms by the server's own clock", (header, ms) => {
  const now = { serverDate: "Fri, 20 Nov 2026 10:00:00 GMT", localMs: Date.parse("2026-11-20T10:59:00Z") };
  expect(parseRetryAfter(header, now)).toBe(ms);
});
