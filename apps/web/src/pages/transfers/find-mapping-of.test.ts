/** From a changed field to the mapping that has to be looked at. */
import { transferDefinition } from "@fieldbridge/model";
import { expect, test } from "vitest";
import { findMappingOf, readChangedField } from "./find-mapping-of.ts";

const definition = transferDefinition.parse({
  kind: "transfer",
  version: 1,
  id: "tr_orders",
  name: "Orders",
  source: { connection: "a", object: "Order" },
  target: { connection: "b", object: "Invoice" },
  changes: { by: "all" },
  mappings: { customer: { value: "Account.No" }, note: { value: "LEFT(Subject, 35)" } },
  lines: [{ source: "Lines", target: "rows", mappings: { unit: { value: "Unit" } } }],
});

test("the path of an issue names side, object and field", () => {
  expect(readChangedField({ path: "source.Order.Subject" })).toEqual({
    side: "source",
    object: "Order",
    field: "Subject",
  });
  expect(readChangedField({ path: "mappings.note" })).toBeNull();
});

test("a source field leads to the first mapping that reads it, also within lines", () => {
  const find = (field: string) => findMappingOf(definition, { side: "source", object: "Order", field });
  expect(find("Subject")).toEqual({ field: "note", lines: null });
  expect(find("No")).toEqual({ field: "customer", lines: null });
  expect(find("Unit")).toEqual({ field: "unit", lines: "rows" });
  expect(find("Elsewhere")).toBeNull();
});

test("a target field leads to its own mapping", () => {
  expect(findMappingOf(definition, { side: "target", object: "Line", field: "unit" })).toEqual({
    field: "unit",
    lines: "rows",
  });
});
