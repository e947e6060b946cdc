/** No value can end its literal, and no name can be more than a name. */
import { expect, test } from "vitest";
import { quoteText, toLiteral, toName, toSelectList, toWhere } from "./soql.ts";

/** What is between the quotes, read back by the rules of SOQL; throws where the literal ends early. */
function unquote(literal: string): string {
  const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
  let text = "";
  let place = 1;
  while (place < literal.length - 1) {
    const character = literal.charAt(place);
    if (character === "'") throw new Error("The literal ends early.");
    if (character !== "\\") {
      text += character;
      place += 1;
      continue;
    }
    const escape = literal.charAt(place + 1);
    if (place + 1 >= literal.length - 1) throw new Error("The closing quote is escaped.");
    if (escape === "u") {
      text += String.fromCharCode(Number.parseInt(literal.slice(place + 2, place + 6), 16));
      place += 6;
    } else {
      text += escapes[escape] ?? escape;
      place += 2;
    }
  }
  return text;
}

test("ten thousand hostile texts come back as they were", () => {
  const parts = [
    "'",
    "\\",
    '"',
    "\n",
    "\r",
    "\u0000",
    "\u2028",
    "a",
    " OR ",
    "%",
    "_",
    ")",
    "--",
    "\\'",
    "é",
    "😀",
    "\\u0027",
  ];
  let seed = 7;
  const next = (count: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % count;
  };
  const texts = Array.from({ length: 10_000 }, () =>
    Array.from({ length: next(12) }, () => parts[next(parts.length)] ?? "").join(""),
  );
  expect(texts.filter((text) => unquote(quoteText(text)) !== text)).toEqual([]);
});

test.each([
  ["12.50", "number", "12.50"],
  ["1 OR 1=1", "number", undefined],
  ["2026-11-20", "date", "2026-11-20"],
  ["2026-11-20 OR", "date", undefined],
  ["2026-11-20T10:00:00.000Z", "datetime", "2026-11-20T10:00:00.000Z"],
  ["today", "datetime", undefined],
  ["001Fb0000000001IAA", "id", "'001Fb0000000001IAA'"],
  ["' OR Id != '", "id", undefined],
  [true, "boolean", "TRUE"],
  ["x".repeat(4_001), "text", undefined],
  ["\ud800", "text", undefined],
] as const)("%j as %s is %s", (cell, type, literal) => {
  expect(toLiteral(cell, type)).toBe(literal);
});

test.each(["Name FROM Account--", "a b", "a,b", "a)", "", "1a", "a..b", "a'"])("%j is no name", (name) => {
  expect(() => toName(name)).toThrow(TypeError);
});

test("parents become paths, children subqueries, and nothing is asked for twice", () => {
  const leaf = (object: string, ...fields: string[]) => ({ object, fields, one: {}, many: {} });
  const shape = {
    object: "WorkOrder",
    fields: ["Id", "Status"],
    one: { Account: { ...leaf("Account", "Name"), one: { Owner: leaf("User", "Name") } } },
    many: { WorkOrderLineItems: leaf("WorkOrderLineItem", "Quantity") },
  };
  expect(toSelectList(shape, ["Id", "SystemModstamp"])).toBe(
    "Id,Status,Account.Name,Account.Owner.Name,SystemModstamp,(SELECT Quantity FROM WorkOrderLineItems ORDER BY Id)",
  );
});

test("conditions never mix with each other", () => {
  expect(toWhere(["A = 1 OR B = 2", null, "", "C = 3"])).toBe(" WHERE (A = 1 OR B = 2) AND (C = 3)");
  expect(toWhere([null])).toBe("");
});
