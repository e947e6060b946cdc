import type { FieldSchema } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { planWorkOrders, workOrderContext } from "../testing/work-orders.ts";
import { checkSchemaDrift } from "./check-schema-drift.ts";

const invoices = workOrderContext.targetObjects["salesInvoices"];

const drift = (change: (field: FieldSchema) => FieldSchema[]) => {
  if (!invoices) throw new Error("The scenario has invoices.");
  const changed = { ...invoices, fields: invoices.fields.flatMap(change) };
  return checkSchemaDrift(planWorkOrders().usedFields, {
    source: workOrderContext.sourceObjects,
    target: { ...workOrderContext.targetObjects, salesInvoices: changed },
  }).map((issue) => [issue.path, issue.message]);
};

const only = (name: string, change: Partial<FieldSchema>) => (field: FieldSchema) => [
  field.name === name ? { ...field, ...change } : field,
];

describe("schema drift", () => {
  test("is not found where nothing changed, or where the transfer does not look", () => {
    expect(drift((field) => [field])).toEqual([]);
    expect(drift((field) => (field.name === "note" ? [] : [field]))).toEqual([]);
    expect(drift(only("amount", { label: "Sum", precision: 20 }))).toEqual([]);
  });

  test.each<[string, (field: FieldSchema) => FieldSchema[], string]>([
    ["a field is gone", (field) => (field.name === "amount" ? [] : [field]), "does not exist any more"],
    ["a type changes", only("amount", { type: "text" }), "was number and is text now"],
    ["a text gets shorter", only("customerNumber", { length: 10 }), "takes 10 characters only"],
    ["decimals are lost", only("amount", { scale: 0 }), "takes 0 decimals only"],
    ["a field becomes read-only", only("invoiceDate", { updatable: false }), "cannot be changed any more"],
  ])("names field and object when %s", (_, change, words) => {
    expect(drift(change)).toEqual([
      [expect.stringMatching(/^target\.salesInvoices\./), expect.stringContaining(words)],
    ]);
  });
});
