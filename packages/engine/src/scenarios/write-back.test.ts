import { toIssue, type WriteBack } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { Fault } from "../ports.ts";
import { openWorld } from "../testing/work-order-world.ts";
import { numberOrders } from "../testing/work-orders.ts";

/** A source that refuses write-backs while `locked` is true. */
const lockable = () => {
  const lock = { locked: true };
  const refuse = (object: string) =>
    lock.locked && object === "WorkOrder" ? toIssue("WRT-307", "", "The work order is locked.") : null;
  return { lock, refuse };
};

describe("write-back", () => {
  test("I4: its failure leaves the invoice confirmed, is held on its own, and is retried on its own", async () => {
    const { lock, refuse } = lockable();
    const world = openWorld(numberOrders(1), { source: { refuse } });
    expect((await world.run()).counts).toMatchObject({ created: 1, held: 0 });
    expect(world.store.outcomes()[0]).toMatchObject({ action: "created", writeBack: "failed" });
    expect(world.store.held()).toMatchObject([{ step: "write-back", issues: [{ code: "WRB-303" }] }]);
    const writes = world.target.writes();
    lock.locked = false;
    await world.run();
    expect(world.workOrder("00001")).toMatchObject({ ERP_No__c: "INV-1", ERP_Status__c: "Synced" });
    expect(world.store.held()).toEqual([]);
    expect(world.target.writes()).toBe(writes);
  });

  test("a source that is down holds the write-back and does not undo the run", async () => {
    const world = openWorld(numberOrders(2));
    const rule = (point: { call: string }) => {
      if (point.call === "source.write")
        throw new Fault(toIssue("CON-602", "", "The source is down."), { retryable: true });
    };
    expect(await world.run({ rule })).toMatchObject({ state: "finished", counts: { created: 2 } });
    expect(world.store.held().map((each) => [each.step, each.class])).toEqual([
      ["write-back", "connection"],
      ["write-back", "connection"],
    ]);
    await world.run();
    expect(world.store.held()).toEqual([]);
  });

  test("what created means stays apart from what updated means, also on a retry", async () => {
    const { lock, refuse } = lockable();
    const writeBacks: WriteBack[] = [
      { on: ["created"], values: { ERP_Status__c: '"New in ERP"' } },
      { on: ["updated"], values: { ERP_Status__c: '"Changed in ERP"' } },
    ];
    const world = openWorld(numberOrders(1), { source: { refuse }, transfer: { writeBacks } });
    await world.run();
    lock.locked = false;
    await world.run();
    expect(world.workOrder("00001")).toMatchObject({ ERP_Status__c: "New in ERP" });
  });

  test("records of a relation are written too, each once although two work orders name it", async () => {
    const writeBacks: WriteBack[] = [
      { on: ["created"], values: { ERP_No__c: "target.number" } },
      { on: ["created", "updated"], to: "Asset", values: { ERP_Invoice_No__c: "target.number" } },
    ];
    const orders = ["00001", "00002"].map((number) => ({ number, asset: "S1" }));
    const world = openWorld(orders, { transfer: { writeBacks } });
    await world.run();
    expect(world.source.list("Asset")[0]).toMatchObject({ ERP_Invoice_No__c: "INV-4" });
    expect(world.invoices().map((row) => row["number"])).toEqual(["INV-1", "INV-4"]);
    expect(world.source.writes()).toBe(3);
    world.source.change("WorkOrder", "W-00001", { Total: "1" });
    world.source.change("WorkOrder", "W-00002", { Total: "2" });
    await world.run({ scope: { kind: "records", keys: ["W-00001", "W-00002"] } });
    expect(world.source.list("Asset")[0]).toMatchObject({ ERP_Invoice_No__c: "INV-4" });
  });

  test("values the source has already are not written, and NOW() alone is no reason to write", async () => {
    const writeBacks: WriteBack[] = [
      { on: ["unchanged"], values: { ERP_Status__c: '"Synced"', ERP_Last_Sync__c: "NOW()" } },
    ];
    const world = openWorld(numberOrders(1), { transfer: { writeBacks } });
    world.source.change("WorkOrder", "W-00001", { ERP_Status__c: "Synced" });
    await world.run();
    await world.run({ scope: { kind: "records", keys: ["W-00001"] }, compare: "target" });
    expect(world.source.writes()).toBe(0);
    expect(world.store.outcomes("run-2")).toMatchObject([{ action: "unchanged", writeBack: "done" }]);
  });

  test("a failure is noted in the source with the message a person reads, and cleared by success", async () => {
    const world = openWorld([{ number: "00001", account: "A2" }], {
      transfer: {
        writeBacks: [
          { on: ["created"], values: { ERP_Status__c: '"Synced"', ERP_Error__c: "BLANK" } },
          { on: ["failed"], values: { ERP_Status__c: '"Error"', ERP_Error__c: "outcome.message" } },
        ],
      },
    });
    await world.run();
    expect(world.workOrder("00001")).toMatchObject({
      ERP_Status__c: "Error",
      ERP_Error__c: "customerNumber would be blank.",
    });
    world.source.change("Account", "A2", { ERP_No__c: "C2" });
    await world.run();
    expect(world.workOrder("00001")).toMatchObject({ ERP_Status__c: "Synced", ERP_Error__c: null });
  });
});
