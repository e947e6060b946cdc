import type { Mapping } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { openWorld } from "../testing/work-order-world.ts";
import { numberOrders } from "../testing/work-orders.ts";

const withNote = (note: Mapping) => ({
  mappings: {
    externalDocumentNumber: { value: "WorkOrderNumber" },
    customerNumber: { value: '"C1"' },
    note,
  },
  writeBacks: [],
});

const noted = {
  salesInvoices: [{ id: "old", externalDocumentNumber: "00001", customerNumber: "C1", note: "old" }],
};

describe("a blank result", () => {
  test.each([
    [{ value: "ERP_Error__c" }, "old"],
    [{ value: "ERP_Error__c", whenBlank: "leave" }, "old"],
    [{ value: "ERP_Error__c", whenBlank: "clear" }, null],
    [{ value: "ERP_Error__c", whenBlank: "default", default: '"none"' }, "none"],
    [{ value: "SKIPFIELD()" }, "old"],
  ] as const)("follows the mapping's rule: %o gives %s", async (note, expected) => {
    const world = openWorld(numberOrders(1), { target: { rows: noted }, transfer: withNote(note) });
    await world.run();
    expect(world.invoices()).toMatchObject([{ note: expected }]);
  });

  test("holds the record where the rule says so", async () => {
    const note = { value: "ERP_Error__c", whenBlank: "hold" } as const;
    const world = openWorld(numberOrders(1), { transfer: withNote(note) });
    expect((await world.run()).counts).toMatchObject({ held: 1 });
  });

  test("a field that is only set on creation is never touched afterwards", async () => {
    const note = { value: "Status", onlyOn: "create" } as const;
    const world = openWorld(numberOrders(1), { transfer: withNote(note) });
    await world.run();
    expect(world.invoices()).toMatchObject([{ note: "Completed" }]);
    world.target.change("salesInvoices", "salesInvoices-1", { note: "by hand" });
    world.source.change("WorkOrder", "W-00001", { WorkOrderNumber: "renamed" });
    await world.run();
    expect(world.invoices()).toMatchObject([{ note: "by hand", externalDocumentNumber: "renamed" }]);
  });
});

describe("I8: values", () => {
  test("money keeps every digit from source to target", async () => {
    const total = "9007199254740993.07";
    const world = openWorld([{ number: "00001", total }]);
    await world.run();
    expect(world.invoices()).toMatchObject([{ amount: total }]);
  });

  test("sums of lines are exact", async () => {
    const lines = [0.1, 0.2, 0.3].map((price) => ({
      product: "P",
      quantity: "1",
      unitPrice: String(price),
    }));
    const transfer = {
      mappings: {
        externalDocumentNumber: { value: "WorkOrderNumber" },
        customerNumber: { value: '"C1"' },
        amount: { value: "SUM(Lines.Quantity * Lines.UnitPrice)" },
      },
    };
    const world = openWorld([{ number: "00001", lines }], { transfer });
    await world.run();
    expect(world.invoices()).toMatchObject([{ amount: "0.6" }]);
  });

  test.each([
    ["more decimals than the field takes", "1.005", "MAP-121"],
    ["more digits than the field takes", "12345678901234567.1", "MAP-122"],
    ["something that is no number", "1,50", "FML-305"],
  ])("are refused instead of changed: %s", async (_, total, code) => {
    const world = openWorld([{ number: "00001", total }]);
    await world.run();
    expect(world.store.held()).toMatchObject([{ issues: [{ code, path: "mappings.amount" }] }]);
    expect(world.invoices()).toEqual([]);
  });

  test("text that is too long is held, never cut", async () => {
    const world = openWorld([{ number: "x".repeat(36) }]);
    await world.run();
    expect(world.store.held()).toMatchObject([{ issues: [{ code: "MAP-102" }] }]);
  });
});
