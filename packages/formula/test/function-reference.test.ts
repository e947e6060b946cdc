/** The published reference page is the one the registry gives today. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { functions } from "../src/index.ts";
import { showSignature, writeFunctionReference } from "../src/functions/write-reference.ts";

it("docs/reference/functions.md is not stale; write it with `npx tsx packages/formula/scripts/write-function-reference.ts`", () => {
  const published = readFileSync(new URL("../../../docs/reference/functions.md", import.meta.url), "utf8");
  expect(published === writeFunctionReference()).toBe(true);
});

it("shows optional values in brackets and repeated ones with an ellipsis", () => {
  const signature = (name: string) => functions.filter((entry) => entry.name === name).map(showSignature);
  expect(signature("ROUND")).toEqual(["ROUND(number, [digits])"]);
  expect(signature("CASE")).toEqual(["CASE(value, match, result, …, [otherwise])"]);
  expect(signature("TODAY")).toEqual(["TODAY()"]);
});
