import { describe, expect, test } from "vitest";
import { evaluateMappings, prepareMappings } from "./evaluate-mappings.ts";
import { units, workOrderContext, workOrderTransfer } from "./testing/work-orders.ts";

const sample = {
  Id: "W1",
  WorkOrderNumber: "00001",
  Total: "10.50",
  Account: { Id: "A1", ERP_No__c: null },
  Lines: [
    { Id: "L1", Product: "P-1", Unit: "Each", Quantity: "1", UnitPrice: "2" },
    { Id: "L2", Product: "P-2", Unit: "PCS.", Quantity: "1", UnitPrice: "2" },
  ],
};

const evaluate = (mappings: Record<string, { value: string }> = {}) =>
  evaluateMappings(
    prepareMappings(
      { ...workOrderTransfer, mappings: { ...workOrderTransfer.mappings, ...mappings } },
      workOrderContext,
    ),
    sample,
    { now: "2026-11-20T08:00:00Z", valueMaps: [units] },
  );

describe("live results of a sample", () => {
  test("give every target field its value or the reason why it has none", () => {
    const results = evaluate();
    expect(results.slice(0, 4)).toMatchObject([
      { path: "mappings.externalDocumentNumber", line: null, state: "value", value: "00001" },
      { path: "mappings.customerNumber", state: "failed", issues: [{ code: "MAP-110" }] },
      { path: "mappings.invoiceDate", state: "left", value: null },
      { path: "mappings.amount", state: "value", value: "10.5" },
    ]);
    const ofUnits = results.filter((each) => each.field === "unitOfMeasureCode");
    expect(ofUnits).toMatchObject([
      { line: 0, state: "value", value: "PCS" },
      { line: 1, state: "failed", issues: [{ valueMap: { map: "Units", key: "PCS." } }] },
    ]);
  });

  test("an unfinished formula spoils no other, and unknown lookups are pending", () => {
    const results = evaluate({
      note: { value: "LEFT(" },
      amount: { value: "Total" },
      invoiceDate: { value: 'DATEVALUE(LOOKUP("customers", "number", WorkOrderNumber, "displayName"))' },
    });
    const byField = Object.fromEntries(results.map((each) => [each.field, each.state]));
    expect(byField).toMatchObject({ note: "invalid", amount: "value", invoiceDate: "pending" });
  });
});
