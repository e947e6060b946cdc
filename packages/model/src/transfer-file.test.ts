/** Transfer files: canonical, stable, and refused with a place and a reason when they are not right. */
import { expect, test } from "vitest";
import { formatTransfer, parseTransfer, transferJsonSchema } from "./index.ts";

const yaml = `kind: transfer
version: 1
id: tr_orders
name: Orders
source:
  connection: crm
  object: Order
target:
  connection: erp
  object: salesOrders
changes:
  by: all
mappings:
  zip:
    value: Account.Zip
  amount:
    value: ROUND(Total, 2)
    whenBlank: hold
`;

test("a file read and written again is the same to the byte", () => {
  const read = parseTransfer(yaml);
  expect(read.ok && formatTransfer(read.value)).toBe(yaml);
});

test("an unknown key, a wrong version and a missing part are all named with their place", () => {
  const read = parseTransfer(
    yaml.replace("version: 1", "version: 9").replace("by: all", "by: magic") + "colour: red\n",
  );
  expect(read.ok).toBe(false);
  const issues = read.ok ? [] : read.issues;
  expect(issues.map((each) => each.path)).toEqual(expect.arrayContaining(["version", "changes.by"]));
  expect(issues.some((each) => each.message.includes("colour"))).toBe(true);
  expect(issues.every((each) => each.hint.length > 0)).toBe(true);
});

test("text that is not YAML says line and column", () => {
  const read = parseTransfer("name: [unclosed");
  expect(read.ok ? "" : read.issues[0]?.message).toMatch(/line 1, column/);
});

test("aliases are refused, so that a small file cannot grow without bound", () => {
  expect(parseTransfer("a: &x [1]\nb: [*x, *x]").ok).toBe(false);
});

test("the JSON Schema names the parts of a transfer", () => {
  expect(Object.keys(transferJsonSchema()["properties"] as object)).toEqual(
    expect.arrayContaining(["source", "target", "match", "mappings", "lines", "writeBacks"]),
  );
});
