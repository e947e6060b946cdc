import { describe, expect, test } from "vitest";
import { openWorld } from "../testing/work-order-world.ts";
import { numberOrders } from "../testing/work-orders.ts";

describe("a document with its lines", () => {
  test("is created as one unit and its number goes back", async () => {
    const world = openWorld([{ number: "00001" }, { number: "00002", status: "New" }]);
    const summary = await world.run();
    expect(summary).toMatchObject({
      state: "finished",
      issues: [],
      counts: { read: 2, created: 1, filtered: 1 },
    });
    expect(world.invoices()).toMatchObject([
      {
        number: "INV-1",
        externalDocumentNumber: "00001",
        customerNumber: "C1",
        invoiceDate: "2026-11-18",
        amount: "140.2",
      },
    ]);
    expect(world.invoiceLines()).toMatchObject([
      { lineObjectNumber: "P-1", unitOfMeasureCode: "PCS", quantity: "2", unitPrice: "10.1" },
      { lineObjectNumber: "P-2", unitOfMeasureCode: "HOUR", quantity: "1.5", unitPrice: "80" },
    ]);
    expect(world.workOrder("00001")).toMatchObject({ ERP_No__c: "INV-1", ERP_Status__c: "Synced" });
  });

  test("I2: has one outcome that names both records, the reason and where to look", async () => {
    const world = openWorld([{ number: "00001" }, { number: "00002", status: "New" }]);
    await world.run();
    expect(world.store.outcomes()).toMatchObject([
      {
        label: "00001",
        action: "created",
        targetLabel: "INV-1",
        targetUrl: "https://target.example/salesInvoices/salesInvoices-1",
        writeBack: "done",
      },
      {
        label: "00002",
        action: "filtered",
        reason: 'The condition Status = "Completed" is not met.',
        writeBack: "none",
      },
    ]);
  });

  test("later changes update, add and delete lines one by one", async () => {
    const world = openWorld([{ number: "00001" }]);
    await world.run();
    const [first, second] = world.invoiceLines();
    world.source.change("WorkOrderLine", "L-00001-0", { Quantity: "3" });
    world.source.change("WorkOrderLine", "L-00001-1", null);
    world.source.change("WorkOrder", "W-00001", { Total: "30.30" });
    expect((await world.run()).counts).toMatchObject({ updated: 1 });
    expect(world.invoiceLines()).toEqual([expect.objectContaining({ id: first?.["id"], quantity: "3" })]);
    expect(world.invoiceLines()).not.toContainEqual(expect.objectContaining({ id: second?.["id"] }));
  });

  test("lines that a mapped key identifies are paired by it, whatever their order", async () => {
    const lines = [
      {
        source: "Lines",
        target: "salesInvoiceLines",
        mappings: { id: { value: "Product" }, quantity: { value: "Quantity" } },
      },
    ];
    const { planWorkOrders, workOrderContext, workOrderSchemas } = await import("../testing/work-orders.ts");
    const line = workOrderSchemas.target[1];
    const keyed = {
      ...line,
      fields: line.fields.map((field) => (field.name === "id" ? { ...field, creatable: true } : field)),
    };
    const context = {
      ...workOrderContext,
      targetObjects: { ...workOrderContext.targetObjects, salesInvoiceLine: keyed },
    };
    expect(planWorkOrders({ lines }, context).lines[0]?.keyField).toBe("id");
  });

  test("a filter leaves lines out, and SKIPRECORD leaves a single line out", async () => {
    const lines = [
      {
        source: "Lines",
        target: "salesInvoiceLines",
        filter: "Quantity > 0",
        mappings: {
          lineObjectNumber: { value: 'IF(Product = "P-2", SKIPRECORD("no labour"), Product)' },
          quantity: { value: "Quantity" },
        },
      },
    ];
    const order = {
      number: "00001",
      lines: [
        { product: "P-1", quantity: "1", unitPrice: "1" },
        { product: "P-0", quantity: "0", unitPrice: "1" },
        { product: "P-2", quantity: "4", unitPrice: "1" },
      ],
    };
    const world = openWorld([order], { transfer: { lines } });
    expect((await world.run()).counts).toMatchObject({ created: 1 });
    expect(world.invoiceLines().map((line) => line["lineObjectNumber"])).toEqual(["P-1"]);
  });

  test("a line sees its parent as header", async () => {
    const lines = [
      {
        source: "Lines",
        target: "salesInvoiceLines",
        mappings: { lineObjectNumber: { value: 'header.WorkOrderNumber & "/" & Product' } },
      },
    ];
    const world = openWorld([{ number: "00001" }], { transfer: { lines } });
    await world.run();
    expect(world.invoiceLines()[0]).toMatchObject({ lineObjectNumber: "00001/P-1" });
  });

  test("children come with their parents: no call per header", async () => {
    const world = openWorld(numberOrders(40));
    await world.run();
    expect(world.source.calls()).toMatchObject({ readPage: 1, write: 1 });
    expect(world.target.calls()).toMatchObject({ find: 1, write: 1 });
  });
});
