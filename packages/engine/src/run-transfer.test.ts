import { describe, expect, test } from "vitest";
import { runTransfer, type RunRequest } from "./run-transfer.ts";
import { createMemoryClock } from "./testing/memory-clock.ts";
import { createMemoryStore } from "./testing/memory-store.ts";
import { createMemorySystem } from "./testing/memory-system.ts";
import {
  planWorkOrders,
  units,
  workOrderRows,
  workOrderSchemas,
  type WorkOrderInput,
} from "./testing/work-orders.ts";

const openWorld = (orders: readonly WorkOrderInput[], more: Partial<RunRequest> = {}) => {
  const clock = createMemoryClock();
  const source = createMemorySystem({
    name: "source",
    objects: workOrderSchemas.source,
    rows: workOrderRows(orders),
    clock,
  });
  const target = createMemorySystem({
    name: "target",
    objects: workOrderSchemas.target,
    clock,
    assign: (object, _values, count) => (object === "salesInvoices" ? { number: `INV-${count}` } : {}),
  });
  const store = createMemoryStore();
  let runs = 0;
  const run = (again: Partial<RunRequest> = {}) => {
    runs += 1;
    clock.advance(60_000);
    return runTransfer({
      plan: planWorkOrders(),
      source,
      target,
      store: store.forRun(`run-${runs}`),
      clock,
      valueMaps: [units],
      runStartedAt: clock.now(),
      scope: { kind: "changes" },
      ...more,
      ...again,
    });
  };
  return { clock, source, target, store, run };
};

describe("a run", () => {
  test("creates a document with its lines and writes the number back", async () => {
    const world = openWorld([{ number: "00001" }, { number: "00002", status: "New" }]);
    const summary = await world.run();
    expect(summary.issues).toEqual([]);
    expect(summary).toMatchObject({ state: "finished", counts: { read: 2, created: 1, filtered: 1 } });
    expect(world.target.list("salesInvoices")).toMatchObject([
      {
        number: "INV-1",
        externalDocumentNumber: "00001",
        customerNumber: "C1",
        invoiceDate: "2026-11-18",
        amount: "140.2",
      },
    ]);
    expect(world.target.list("salesInvoiceLine")).toHaveLength(2);
    expect(world.source.list("WorkOrder")[0]).toMatchObject({ ERP_No__c: "INV-1", ERP_Status__c: "Synced" });
  });
});
