/** What a compare found, in the words people read. */
import { expect, test } from "vitest";
import { toRun } from "../testing/runs.ts";
import { describeCompare } from "./compare-words.ts";
import { describeRun, describeScope } from "./run-words.ts";

const none = toRun().counts;
const look = (counts: Partial<typeof none>, drift: number) =>
  toRun({
    state: "finished",
    scope: { kind: "compare", repair: false },
    counts: { ...none, ...counts },
    drift,
  });

test("a compare says how many records differ, and how many were in question", () => {
  expect(describeRun(look({ read: 1_204, unchanged: 1_192, skipped: 12 }, 12), 0)).toBe(
    "12 of 1,204 records differ",
  );
  expect(describeCompare(look({ read: 9, unchanged: 8, skipped: 1 }, 1))).toBe("1 of 9 records differs");
});

test("where nothing differs both sides agree", () => {
  expect(describeCompare(look({ read: 1_204, unchanged: 1_204 }, 0))).toBe("Both sides agree: 1,204 records");
});

test("records outside the filter are not in question, and those that could not be compared are told apart", () => {
  expect(describeCompare(look({ read: 20, filtered: 8, unchanged: 9, skipped: 3 }, 1))).toBe(
    "1 of 12 records differs, 2 not compared",
  );
  expect(describeCompare(look({ read: 3, skipped: 3 }, 0))).toBe("None of 3 records could be compared");
  expect(describeCompare(look({ read: 5, filtered: 5 }, 0))).toBe(
    "Compared: there is no record in the filter",
  );
});

test("a repair says what it made of the differences", () => {
  const counts = { ...none, read: 12, created: 5, updated: 6, held: 1 };
  const run = toRun({
    state: "finished",
    scope: { kind: "compare", repair: true, keys: ["a"] },
    counts,
    drift: 12,
  });
  expect(describeRun(run, 0)).toBe("12 of 12 records differed: 5 created, 6 updated, 1 held");
  expect(describeScope(run)).toBe("Repair of 1 record");
});
