import { expect, test } from "vitest";
import { compareEntries, mergeValueMap } from "./compare-value-maps.ts";

const entry = (from: string, to: string) => ({ from, to });
const base = { entries: [entry("a", "1"), entry("b", "2"), entry("c", "3")], default: "x" };

test("entries that were added, changed and removed are told apart", () => {
  const after = [entry("a", "1"), entry("b", "9"), entry("d", "4")];
  expect(compareEntries(base.entries, after)).toEqual([
    { from: "b", before: entry("b", "2"), after: entry("b", "9") },
    { from: "c", before: entry("c", "3") },
    { from: "d", after: entry("d", "4") },
  ]);
});

test("changes of two people come together, and only what both changed differently is a conflict", () => {
  const mine = { ...base, entries: [entry("a", "mine"), entry("b", "both"), entry("d", "4")] };
  const theirs = {
    entries: [entry("a", "theirs"), entry("b", "both"), entry("c", "3"), entry("e", "5")],
    default: "y",
  };
  expect(mergeValueMap(base, mine, theirs)).toEqual({
    merged: {
      entries: [entry("a", "mine"), entry("b", "both"), entry("e", "5"), entry("d", "4")],
      default: "y",
    },
    conflicts: ["a"],
  });
});
