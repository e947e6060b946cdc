/** Addresses read as they look and come back unchanged. */
import { expect, test } from "vitest";
import { parseSearch, readSearch, stringifySearch } from "./search.ts";

test("a text that looks like a number stays a text through the address", () => {
  const search = { record: "00000008", q: "a b&c" };
  expect(parseSearch(stringifySearch(search))).toEqual(search);
});

test("empty values leave no trace in the address", () => {
  expect(stringifySearch({ state: "", failed: undefined })).toBe("");
});

test("unknown and empty keys are dropped", () => {
  expect(readSearch("tab", "q")({ tab: "why", q: "", other: "x" })).toEqual({ tab: "why" });
});
