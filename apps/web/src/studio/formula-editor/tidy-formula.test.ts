/** What a formula looks like once it is applied. */
import { expect, it } from "vitest";
import { tidyFormula } from "./tidy-formula.ts";

it("writes functions and words in upper case and leaves names, texts and spaces as typed", () => {
  expect(tidyFormula('=if(name="and" and not(x) or not y, round(a.b,2),true)  ')).toBe(
    'IF(name="and" AND NOT(x) OR NOT y, ROUND(a.b,2),TRUE)',
  );
  expect(tidyFormula("left(x,\n 3) // first three")).toBe("LEFT(x,\n 3) // first three");
});

it("leaves a formula with mistakes as far as it can be read", () => {
  expect(tidyFormula("round(Total")).toBe("ROUND(Total");
  expect(tidyFormula("=")).toBe("");
});
