import { describe, expect, test } from "vitest";
import { previewTransfer, type PreviewRequest } from "./preview-transfer.ts";
import { openWorld, type WorkOrderWorld } from "./testing/work-order-world.ts";
import { numberOrders, units, type WorkOrderInput } from "./testing/work-orders.ts";

const preview = (world: WorkOrderWorld, more: Partial<PreviewRequest> = {}) =>
  previewTransfer({
    plan: world.plan,
    source: world.source,
    target: world.target,
    clock: world.clock,
    valueMaps: [units],
    store: world.store.forRun("preview"),
    selection: { kind: "next", limit: 10 },
    ...more,
  });

const mixed: readonly WorkOrderInput[] = [
  { number: "00001", asset: "S1" },
  { number: "00002", status: "New" },
  { number: "00003", account: "A2" },
  { number: "00004" },
];

const existing = {
  salesInvoices: [
    { id: "old", number: "INV-OLD", externalDocumentNumber: "00004", customerNumber: "C9", amount: "140.20" },
  ],
};

describe("a preview", () => {
  test("shows what a run would do, and the run then does it", async () => {
    const world = openWorld(mixed, { target: { rows: existing } });
    const shown = await preview(world);
    expect(shown.counts).toMatchObject({ read: 4, created: 1, filtered: 1, held: 1, updated: 1 });
    const summary = await world.run();
    expect(summary.counts).toEqual(shown.counts);
    expect(Object.fromEntries(shown.records.map((record) => [record.label, record.action]))).toEqual(
      world.outcomesOf("run-1"),
    );
  });

  test("writes nothing anywhere and counts its calls", async () => {
    const world = openWorld(mixed, { target: { rows: existing } });
    const shown = await preview(world);
    expect([world.source.writes(), world.target.writes(), world.store.links()]).toEqual([0, 0, []]);
    expect(shown).toMatchObject({ sourceCalls: 3, targetCalls: 1, matching: 4 });
  });

  test("shows before and after of an update, field by field", async () => {
    const world = openWorld([{ number: "00004" }], { target: { rows: existing } });
    const [record] = (await preview(world)).records;
    expect(record).toMatchObject({ action: "updated", targetKey: "old" });
    expect(record?.diff).toEqual([
      expect.objectContaining({ path: "externalDocumentNumber", change: "same" }),
      expect.objectContaining({ path: "customerNumber", before: "C9", after: "C1", change: "changed" }),
      expect.objectContaining({ path: "invoiceDate", before: null, after: "2026-11-18", change: "changed" }),
      expect.objectContaining({ path: "amount", before: "140.20", after: "140.2", change: "same" }),
    ]);
    expect(record?.lines).toMatchObject([
      { relation: "salesInvoiceLines", rows: [[{ change: "new" }, {}, {}, {}], {}] },
    ]);
  });

  test("shows payload, steps and write-backs of a create; what only the answer gives is said so", async () => {
    const world = openWorld([{ number: "00001", asset: "S1" }]);
    const [record] = (await preview(world)).records;
    expect(record).toMatchObject({
      action: "created",
      targetKey: null,
      payload: { externalDocumentNumber: "00001", amount: "140.2", salesInvoiceLines: [{}, {}] },
    });
    expect(record?.steps).toContainEqual({
      path: "salesInvoiceLines.1.unitOfMeasureCode",
      formula: 'MAPVALUE("Units", Unit)',
      value: '"HOUR"',
    });
    expect(record?.writeBacks).toMatchObject([
      {
        object: "WorkOrder",
        key: "W-00001",
        diff: [
          { path: "ERP_Id__c", after: "(from the answer)" },
          { path: "ERP_No__c", after: "(from the answer)" },
          { path: "ERP_Status__c", after: "Synced", change: "changed" },
          {},
        ],
      },
      { object: "Asset", diff: [{ path: "ERP_Invoice_No__c", after: "(from the answer)" }] },
    ]);
  });

  test("shows the issues of a record that would be held, and the note the source would get", async () => {
    const world = openWorld([{ number: "00003", account: "A2" }]);
    const [record] = (await preview(world)).records;
    expect(record).toMatchObject({
      action: "held",
      issues: [{ code: "MAP-110" }],
      writeBacks: [{ diff: [{ after: "Error" }, { after: "customerNumber would be blank." }] }],
    });
  });

  test("after a run it shows that nothing is left to do", async () => {
    const world = openWorld(numberOrders(2));
    await world.run();
    world.clock.advance(60_000);
    const shown = await preview(world, { selection: { kind: "records", keys: ["W-00001", "W-00002"] } });
    expect(shown.counts).toMatchObject({ read: 2, unchanged: 2 });
  });

  test("shows chosen records, and says which of them the source does not have", async () => {
    const world = openWorld(mixed);
    const shown = await preview(world, { selection: { kind: "records", keys: ["W-00001", "W-gone"] } });
    expect(shown.records.map((record) => [record.sourceKey, record.action])).toEqual([
      ["W-00001", "created"],
      ["W-gone", "skipped"],
    ]);
  });
});
