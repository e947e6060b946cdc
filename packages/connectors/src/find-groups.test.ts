/** Every tuple gets the rows the system finds for it, even where the system compares in ways of its own. */
import type { Cell, Row } from "@fieldbridge/model";
import { expect, test } from "vitest";
import { findGroups } from "./find-groups.ts";
import { textIn } from "./testing/contract-steps.ts";
import { toComparable } from "./values.ts";

/** A system that sees texts as equal when `same` says so; counts its calls. */
async function find(
  values: readonly (readonly Cell[])[],
  stored: readonly string[],
  same: (one: string, other: string) => boolean,
) {
  const asked: number[] = [];
  const found = await findGroups({
    values,
    types: ["text"],
    toCondition: ([value]) => (typeof value === "string" ? value : undefined),
    maxTuples: 100,
    space: 1_000,
    sizeOf: (condition) => condition.length,
    fold: toComparable,
    keyOf: (row) => [row["key"]],
    async ask(tuples) {
      asked.push(tuples.length);
      const rows: Row[] = stored
        .filter((key) => tuples.some((tuple) => same(tuple.condition, key)))
        .map((key) => ({ key }));
      return rows;
    },
  });
  return { asked, keys: found.map((rows) => rows.map((row) => textIn(row, "key"))) };
}

const ignoringCase = (one: string, other: string) => one.toLowerCase() === other.toLowerCase();
const german = (one: string, other: string) => one.replace("ß", "ss") === other.replace("ß", "ss");

test("spellings that a system may tell apart are asked for separately", async () => {
  const exactly = (one: string, other: string) => one === other;
  const strict = await find([["abc"], ["ABC"]], ["abc", "ABC", "abc"], exactly);
  expect(strict).toEqual({ asked: [1, 1], keys: [["abc", "abc"], ["ABC"]] });
  const loose = await find([["abc"], ["ABC"]], ["Abc"], ignoringCase);
  expect(loose.keys).toEqual([["Abc"], ["Abc"]]);
});

test("rows nobody here can place are asked for again until each has its tuple", async () => {
  const { keys, asked } = await find([["Straße"], ["Weg"], ["Platz"]], ["Strasse", "Weg"], german);
  expect(keys).toEqual([["Strasse"], ["Weg"], []]);
  expect(asked).toEqual([3, 2, 1, 1, 1]);
});

test("a row that has nothing to do with the only tuple asked for is not taken", async () => {
  const everything = () => true;
  expect((await find([["A*"]], ["ABC", "Apfel"], everything)).keys).toEqual([[]]);
});

test("numbers are equal by value", async () => {
  const found = await findGroups({
    values: [["1.50"], ["2"]],
    types: ["number"],
    toCondition: ([value]) => (typeof value === "string" ? value : undefined),
    maxTuples: 10,
    space: 100,
    sizeOf: () => 1,
    fold: toComparable,
    keyOf: (row) => [row["key"]],
    ask: async () => [{ key: "1.5" }, { key: "2.00" }],
  });
  expect(found).toEqual([[{ key: "1.5" }], [{ key: "2.00" }]]);
});

test("calls are no larger than the space allows", async () => {
  const values = Array.from({ length: 30 }, (_none, index) => [`${"x".repeat(90)}${index}`]);
  const { asked } = await find(values, [], ignoringCase);
  expect(Math.max(...asked)).toBeLessThanOrEqual(11);
  expect(asked.reduce((sum, each) => sum + each, 0)).toBe(30);
});
