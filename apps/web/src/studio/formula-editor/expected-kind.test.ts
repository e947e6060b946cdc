/** What the list of a formula puts first. */
import { functions } from "@fieldbridge/formula";
import { expect, it } from "vitest";
import { fitsKind, wantedKind } from "./expected-kind.ts";

it("wants what the operator, the function or the target takes, in that order", () => {
  expect(wantedKind("ROUND(", functions, "text")).toBe("number");
  expect(wantedKind("IF(a, Name & ", functions, "number")).toBe("text");
  expect(wantedKind("Total * ", functions, "text")).toBe("number");
  expect(wantedKind('LEFT("a, (b", ', functions, "text")).toBe("number");
  expect(wantedKind("IF(a, ", functions, "date")).toBe("date");
  expect(wantedKind("", functions, "date")).toBe("date");
  expect(wantedKind("", functions, null)).toBe("any");
});

it("puts only what fits without converting first", () => {
  expect(fitsKind("choice", "text")).toBe(true);
  expect(fitsKind("number", "text")).toBe(false);
  expect(fitsKind("datetime", "moment")).toBe(true);
  expect(fitsKind("many", "list")).toBe(true);
  expect(fitsKind("text", "any")).toBe(false);
});
