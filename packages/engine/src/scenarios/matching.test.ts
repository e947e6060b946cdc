import type { Match } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { openWorld } from "../testing/work-order-world.ts";
import { numberOrders } from "../testing/work-orders.ts";

const byNumber: Match = {
  by: "keys",
  keys: { externalDocumentNumber: "WorkOrderNumber" },
  found: "update",
  missing: "create",
};

const existing = (more: Record<string, string> = {}) => ({
  salesInvoices: [
    { id: "old", number: "INV-OLD", externalDocumentNumber: "00001", customerNumber: "C1", ...more },
  ],
});

describe("matching by keys", () => {
  test("I3: an existing record is updated where it differs, and only by what differs", async () => {
    const world = openWorld(numberOrders(1), { target: { rows: existing({ note: "keep me" }) } });
    expect((await world.run()).counts).toMatchObject({ updated: 1, created: 0 });
    expect(world.invoices()).toMatchObject([{ id: "old", amount: "140.2", note: "keep me" }]);
    expect(world.workOrder("00001")).toMatchObject({ ERP_No__c: "INV-OLD" });
  });

  test("an existing record with equal values is unchanged, also where they are written differently", async () => {
    const rows = existing({ invoiceDate: "2026-11-18", amount: "140.200" });
    const world = openWorld(numberOrders(1), { target: { rows }, transfer: { lines: [], writeBacks: [] } });
    expect((await world.run()).counts).toMatchObject({ unchanged: 1 });
    expect(world.target.writes()).toBe(0);
  });

  test.each([
    [{ ...byNumber, found: "skip" }, { skipped: 1 }],
    [{ ...byNumber, found: "fail" }, { held: 1 }],
  ] as const)("the rule for found records decides: %o", async (match, counts) => {
    const world = openWorld(numberOrders(1), { target: { rows: existing() }, transfer: { match } });
    expect((await world.run()).counts).toMatchObject(counts);
    expect(world.target.writes()).toBe(0);
  });

  test.each([
    [{ ...byNumber, missing: "skip" }, { skipped: 1 }],
    [{ ...byNumber, missing: "fail" }, { held: 1 }],
  ] as const)("the rule for missing records decides: %o", async (match, counts) => {
    const world = openWorld(numberOrders(1), { transfer: { match } });
    expect((await world.run()).counts).toMatchObject(counts);
    expect(world.invoices()).toEqual([]);
  });

  test("several matches are a conflict, and none of them is touched", async () => {
    const rows = {
      salesInvoices: [
        { id: "a", externalDocumentNumber: "00001" },
        { id: "b", externalDocumentNumber: "00001" },
      ],
    };
    const world = openWorld(numberOrders(1), { target: { rows } });
    await world.run();
    expect(world.store.held()).toMatchObject([{ class: "conflict", issues: [{ code: "KEY-004" }] }]);
    expect(world.target.writes()).toBe(0);
  });

  test("a blank key is held before anything is searched", async () => {
    const match = { ...byNumber, keys: { externalDocumentNumber: "ERP_Id__c" } };
    const world = openWorld(numberOrders(1), { transfer: { match } });
    await world.run();
    expect(world.store.held()).toMatchObject([
      { issues: [{ code: "KEY-003", path: "match.keys.externalDocumentNumber" }] },
    ]);
    expect(world.target.calls()["find"]).toBeUndefined();
  });

  test("composite keys must all be equal", async () => {
    const match: Match = {
      ...byNumber,
      keys: { externalDocumentNumber: "WorkOrderNumber", customerNumber: "Account.ERP_No__c" },
    };
    const rows = existing({ customerNumber: "OTHER" });
    const world = openWorld(numberOrders(1), { target: { rows }, transfer: { match } });
    expect((await world.run()).counts).toMatchObject({ created: 1 });
  });

  test("I3: equal keys within one page make one record, created once and then updated", async () => {
    const world = openWorld([], { transfer: { writeBacks: [], lines: [] } });
    ["same", "SAME", "same"].forEach((number, index) => {
      world.source.change("WorkOrder", `W-${index}`, {
        WorkOrderNumber: number,
        Status: "Completed",
        AccountId: "A1",
        Total: String(index + 1),
      });
    });
    const summary = await world.run();
    expect(summary.counts).toMatchObject({ created: 2, updated: 1 });
    expect(world.invoices()).toMatchObject([{ amount: "3" }, { amount: "2" }]);
  });

  test("a record whose key changed is found by its link instead of being created again", async () => {
    const world = openWorld(numberOrders(1));
    await world.run();
    world.source.change("WorkOrder", "W-00001", { WorkOrderNumber: "renamed" });
    expect((await world.run()).counts).toMatchObject({ updated: 1 });
    expect(world.invoices()).toMatchObject([{ externalDocumentNumber: "renamed" }]);
  });

  test("a transferred record that is gone in the target is held, not silently created anew", async () => {
    const world = openWorld(numberOrders(1));
    await world.run();
    world.target.change("salesInvoices", "salesInvoices-1", null);
    world.source.change("WorkOrder", "W-00001", { Total: "1" });
    await world.run();
    expect(world.store.held()).toMatchObject([{ issues: [{ code: "WRT-309" }] }]);
  });
});

describe("matching otherwise", () => {
  test("by link: the first run creates, later runs update the linked record", async () => {
    const match: Match = { by: "link", found: "update", missing: "create" };
    const world = openWorld(numberOrders(1), { transfer: { match } });
    expect((await world.run()).counts).toMatchObject({ created: 1 });
    world.source.change("WorkOrder", "W-00001", { Total: "1" });
    expect((await world.run()).counts).toMatchObject({ updated: 1 });
    expect(world.invoices()).toMatchObject([{ amount: "1" }]);
  });

  test("never: a record goes out once, whatever happens to it later", async () => {
    const world = openWorld(numberOrders(1), { transfer: { match: { by: "never" } } });
    await world.run();
    world.source.change("WorkOrder", "W-00001", { Total: "1" });
    expect((await world.run()).counts).toMatchObject({ skipped: 1 });
    expect(world.invoices()).toHaveLength(1);
  });

  test("I10: what was never matched is never removed", async () => {
    const world = openWorld(numberOrders(2), { target: { rows: existing() } });
    await world.run();
    world.source.change("WorkOrder", "W-00002", null);
    await world.run();
    expect(world.invoices()).toHaveLength(2);
  });
});
