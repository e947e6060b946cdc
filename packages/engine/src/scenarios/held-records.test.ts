import { toIssue } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { toCause } from "../cause.ts";
import { openWorld } from "../testing/work-order-world.ts";
import { numberOrders, units, type WorkOrderInput } from "../testing/work-orders.ts";

const strangeUnit = (number: string): WorkOrderInput => ({
  number,
  lines: [
    { product: "P-1", unit: "PCS.", quantity: "1", unitPrice: "1" },
    { product: "P-2", unit: "PCS.", quantity: "1", unitPrice: "1" },
  ],
});

describe("a record that fails", () => {
  test("I9: is held with its cause while its neighbours go on", async () => {
    const world = openWorld([strangeUnit("00001"), { number: "00002" }, { number: "00003", account: "A2" }]);
    expect((await world.run()).counts).toMatchObject({ read: 3, created: 1, held: 2 });
    expect(world.store.held()).toMatchObject([
      {
        label: "00001",
        class: "data",
        issues: [
          {
            code: "FML-309",
            path: "lines.salesInvoiceLines.mappings.unitOfMeasureCode",
            message: 'Line 1: Value map "Units" has no entry for "PCS."',
            valueMap: { map: "Units", key: "PCS." },
          },
          { message: 'Line 2: Value map "Units" has no entry for "PCS."' },
        ],
      },
      { label: "00003", issues: [{ code: "MAP-110", path: "mappings.customerNumber" }] },
    ]);
  });

  test("reports everything that is wrong with it at once", async () => {
    const transfer = {
      mappings: {
        externalDocumentNumber: { value: "WorkOrderNumber" },
        customerNumber: { value: "Account.ERP_No__c", whenBlank: "hold" as const },
        amount: { value: "Total" },
        note: { value: 'FAIL("never")' },
      },
    };
    const world = openWorld([{ ...strangeUnit("00001"), account: "A2", total: "1.005" }], { transfer });
    await world.run();
    expect(world.store.held()[0]?.issues.map((issue) => issue.code)).toEqual([
      "MAP-110",
      "MAP-121",
      "RUN-703",
      "FML-309",
      "FML-309",
    ]);
  });

  test("passes on the next run after the value map knows the unit, and the held record is closed", async () => {
    const world = openWorld([strangeUnit("00001")]);
    await world.run();
    const repaired = { ...units, entries: [...units.entries, { from: "PCS.", to: "PCS" }] };
    const summary = await world.run({ scope: { kind: "held" }, valueMaps: [repaired] });
    expect(summary.counts).toMatchObject({ read: 1, created: 1 });
    expect(world.store.held()).toEqual([]);
  });

  test("is closed by a later page as well, when the record itself was repaired", async () => {
    const world = openWorld([{ number: "00001", account: "A2" }]);
    await world.run();
    world.source.change("WorkOrder", "W-00001", { AccountId: "A1" });
    expect((await world.run({ scope: { kind: "records", keys: ["W-00001"] } })).counts.created).toBe(1);
    expect(world.store.held()).toEqual([]);
  });

  test("I2: comes once per run, although its page would bring it again", async () => {
    const world = openWorld([{ number: "00001", account: "A2" }]);
    await world.run();
    world.source.change("WorkOrder", "W-00001", { Total: "2" });
    expect((await world.run()).counts).toMatchObject({ read: 1, held: 1 });
    expect(world.store.held()).toMatchObject([{ attempts: 2 }]);
  });

  test("is closed as filtered when it does not qualify any more", async () => {
    const world = openWorld([{ number: "00001", account: "A2" }]);
    await world.run();
    world.source.change("WorkOrder", "W-00001", { Status: "Cancelled" });
    expect((await world.run()).counts).toMatchObject({ filtered: 1 });
    expect(world.store.held()).toEqual([]);
  });

  test("stays held when the source does not have it any more", async () => {
    const world = openWorld([{ number: "00001", account: "A2" }]);
    await world.run();
    world.source.change("WorkOrder", "W-00001", null);
    await world.run();
    expect(world.store.held()).toMatchObject([{ issues: [{ code: "RUN-705" }] }]);
  });

  test("equal causes have one signature and a title in plain words", async () => {
    const world = openWorld([strangeUnit("00001"), strangeUnit("00002"), { number: "00003", account: "A2" }]);
    await world.run();
    const causes = world.store.held().flatMap((each) => (each.issues[0] ? toCause(each.issues[0]) : []));
    expect(causes.map((cause) => cause.title)).toEqual([
      "PCS. is not in value map Units",
      "PCS. is not in value map Units",
      "Value is blank (customerNumber)",
    ]);
    expect(new Set(causes.map((cause) => cause.signature)).size).toBe(2);
    expect(world.store.held().map((each) => each.signature)).toEqual(causes.map((cause) => cause.signature));
  });

  test("keeps its trail: what was read and how each mapping came out", async () => {
    const world = openWorld([{ number: "00001", account: "A2" }]);
    await world.run();
    const [held] = world.store.held();
    expect(held?.trail.source).toMatchObject({ WorkOrderNumber: "00001" });
    expect(held?.trail.steps).toContainEqual({
      path: "customerNumber",
      formula: "Account.ERP_No__c",
      value: "BLANK",
    });
  });
});

describe("the target's refusals", () => {
  const refuse = (_object: string, values: Record<string, unknown>) =>
    values["externalDocumentNumber"] === "00002" ? toIssue("WRT-310", "", "Rule 7 says no.") : null;

  test("hold exactly the refused record", async () => {
    const world = openWorld(numberOrders(4), { target: { refuse } });
    expect((await world.run()).counts).toMatchObject({ created: 3, held: 1 });
    expect(world.store.held()).toMatchObject([
      { label: "00002", issues: [{ code: "WRT-310" }], trail: { answer: "Rule 7 says no." } },
    ]);
    expect(world.store.links().map((link) => link.sourceKey)).not.toContain("W-00002");
  });

  test("I9: an all-or-nothing endpoint is split until the guilty record stands alone", async () => {
    const world = openWorld(numberOrders(32), {
      target: { refuse, allOrNothing: true, limits: { writeBatch: 32 } },
    });
    expect((await world.run()).counts).toMatchObject({ created: 31, held: 1 });
    expect(world.target.calls()["write"]).toBeLessThanOrEqual(1 + 2 * Math.log2(32) + 1);
  });

  test("a record somebody changed meanwhile is compared again and written", async () => {
    const world = openWorld(numberOrders(1));
    await world.run();
    world.source.change("WorkOrder", "W-00001", { Total: "7" });
    let isChanged = false;
    const rule = (point: { call: string; at: string }) => {
      if (point.call !== "target.write" || point.at !== "before" || isChanged) return;
      isChanged = true;
      world.target.change("salesInvoices", "salesInvoices-1", { note: "by hand" });
    };
    expect((await world.run({ rule })).counts).toMatchObject({ updated: 1 });
    expect(world.invoices()).toMatchObject([{ amount: "7", note: "by hand" }]);
  });

  test("the stop rule ends the run, and every run gets further", async () => {
    const orders = numberOrders(12).map((order, index) =>
      index % 2 === 0 ? { ...order, account: "A2" } : order,
    );
    const world = openWorld(orders, { target: { limits: { writeBatch: 1, parallelWrites: 1 } } });
    const first = await world.run({ stopAfterFailures: 3 });
    expect(first.state).toBe("stopped");
    expect(first.issues[0]?.code).toBe("RUN-701");
    await world.run({ stopAfterFailures: 3 });
    await world.run({ stopAfterFailures: 3 });
    expect(world.invoices()).toHaveLength(6);
    expect(world.store.held()).toHaveLength(6);
  });
});

describe("a record that needs another one", () => {
  const transfer = {
    mappings: {
      externalDocumentNumber: { value: "WorkOrderNumber" },
      customerNumber: { value: 'LINKED(AccountId, "customers")' },
    },
  };

  test("I9: waits for it and goes out once it has been transferred", async () => {
    const linked: Record<string, Record<string, string[]>> = { customers: {} };
    const world = openWorld([{ number: "00001" }], { transfer, linked });
    await world.run();
    expect(world.store.held()).toMatchObject([
      { class: "waiting", issues: [{ code: "RUN-704", value: "A1", path: "mappings.customerNumber" }] },
    ]);
    linked["customers"] = { A1: ["C-77"] };
    expect((await world.run()).counts).toMatchObject({ created: 1 });
    expect(world.invoices()).toMatchObject([{ customerNumber: "C-77" }]);
  });

  test("does not wait where the author says what to do instead", async () => {
    const mappings = {
      ...transfer.mappings,
      customerNumber: { value: 'BLANKVALUE(LINKED(AccountId, "customers"), "CASH")' },
    };
    const world = openWorld([{ number: "00001" }], { transfer: { mappings } });
    expect((await world.run()).counts).toMatchObject({ created: 1 });
  });

  test("lookups of a page are asked once per object, and read the target first", async () => {
    const mappings = {
      ...transfer.mappings,
      customerNumber: { value: 'LOOKUP("customers", "displayName", Account.Name, "number")' },
    };
    const rows = { customers: [{ id: "c1", number: "C-1", displayName: "Harbour" }] };
    const world = openWorld(numberOrders(30), { transfer: { mappings }, target: { rows } });
    expect((await world.run()).counts).toMatchObject({ created: 30 });
    expect(world.target.calls()["find"]).toBe(2);
    expect(world.invoices()[0]).toMatchObject({ customerNumber: "C-1" });
  });

  test("a lookup that finds nothing waits as well", async () => {
    const mappings = {
      ...transfer.mappings,
      customerNumber: { value: 'LOOKUP("customers", "displayName", Account.Name, "number")' },
    };
    const world = openWorld(numberOrders(1), { transfer: { mappings } });
    await world.run();
    expect(world.store.held()).toMatchObject([{ class: "waiting", issues: [{ code: "FML-307" }] }]);
  });
});
