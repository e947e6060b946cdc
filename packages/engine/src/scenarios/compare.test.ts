/** Comparing both sides: what differs is told, and repaired only where that was asked for. */
import type { Cell, Match, RunScope } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { Crash, crashAt } from "../testing/fault-points.ts";
import { openWorld, type WorldOptions } from "../testing/work-order-world.ts";
import { numberOrders } from "../testing/work-orders.ts";

const look = { scope: { kind: "compare", repair: false } } as const;
const repair = { scope: { kind: "compare", repair: true } } as const;
const quiet: WorldOptions = { transfer: { writeBacks: [] } };

type World = ReturnType<typeof openWorld>;

const textOf = (cell: Cell | undefined): string => (typeof cell === "string" ? cell : "");

const changeInvoice = (world: World, order: string, values: Record<string, string> | null): void => {
  const invoice = world.invoices().find((row) => row["externalDocumentNumber"] === order);
  world.target.change("salesInvoices", textOf(invoice?.["id"]), values);
};

/** Five transferred work orders: one changed there, one lost there, one deleted here, one never transferred. */
async function openDrifted(options: WorldOptions = quiet) {
  const world = openWorld(numberOrders(5), options);
  await world.run();
  changeInvoice(world, "00001", { customerNumber: "Århus" });
  changeInvoice(world, "00002", null);
  world.source.change("WorkOrder", "W-00003", null);
  world.source.change("WorkOrder", "W-00009", {
    WorkOrderNumber: "00009",
    Status: "Completed",
    AccountId: "A1",
    Total: "1",
  });
  world.clock.advance(60_000);
  return world;
}

const findings = (world: World, runId = "run-2") =>
  Object.fromEntries(world.store.outcomes(runId).map((each) => [each.label, [each.action, each.drift]]));

describe("a compare that only looks", () => {
  test("names every record that differs, on either side, and counts add up", async () => {
    const world = await openDrifted();
    const summary = await world.run(look);
    expect(findings(world)).toEqual({
      "00001": ["skipped", "different"],
      "00002": ["skipped", "orphaned"],
      "W-00003": ["skipped", "orphaned"],
      "00004": ["unchanged", null],
      "00005": ["unchanged", null],
      "00009": ["skipped", "missing"],
    });
    expect(summary).toMatchObject({ state: "finished", counts: { read: 6, unchanged: 2, skipped: 4 } });
  });

  test("says in words and in values what differs", async () => {
    const world = await openDrifted();
    await world.run(look);
    const [different] = world.store.outcomes("run-2");
    expect(different?.reason).toBe('customerNumber: "C1" here, "Århus" there');
    expect(different?.differences).toMatchObject([
      { path: "customerNumber", before: "Århus", after: "C1", change: "changed" },
    ]);
    const reasonOf = (label: string) =>
      world.store.outcomes("run-2").find((each) => each.label === label)?.reason;
    expect(reasonOf("00009")).toBe("The target has no record for externalDocumentNumber 00009.");
    expect(reasonOf("W-00003")).toContain("The source does not have W-00003 any more; the target still has");
    expect(reasonOf("00002")).toContain("which the target does not have any more");
  });

  test("writes nothing: no target, no write-back, no link, no held record, no cursor", async () => {
    const world = await openDrifted({});
    world.source.change("WorkOrder", "W-bad", { WorkOrderNumber: "bad", Status: "Completed" });
    world.clock.advance(60_000);
    const before = {
      invoices: world.invoices(),
      orders: world.source.list("WorkOrder"),
      links: world.store.links(),
      cursor: world.store.cursor(),
    };
    const [targetWrites, sourceWrites] = [world.target.writes(), world.source.writes()];
    await world.run(look);
    expect([world.target.writes(), world.source.writes()]).toEqual([targetWrites, sourceWrites]);
    expect({
      invoices: world.invoices(),
      orders: world.source.list("WorkOrder"),
      links: world.store.links(),
      cursor: world.store.cursor(),
    }).toEqual(before);
    expect(world.store.held()).toEqual([]);
    const bad = world.store.outcomes("run-2").find((each) => each.label === "bad");
    expect(bad).toMatchObject({ action: "skipped", drift: null });
    expect(bad?.reason).toContain("It could not be compared.");
    expect(world.passed().map((point) => point.call)).not.toContain("store.savePendingLinks");
  });

  test("leaves a held record open, also where both sides agree by now", async () => {
    const world = openWorld([{ number: "00001", account: "A2" }], quiet);
    await world.run();
    world.source.change("Account", "A2", { ERP_No__c: "C2" });
    await world.run(look);
    expect(world.store.held()).toHaveLength(1);
  });

  test("asks the target once for a page of records", async () => {
    const world = openWorld(numberOrders(60), quiet);
    await world.run();
    const before = world.target.calls()["find"] ?? 0;
    await world.run({ ...look, pageSize: 20 });
    expect(world.target.calls()["find"]).toBe(before + 3);
  });

  test("looks at linked records outside the filter only for whether they are still there", async () => {
    const world = openWorld(numberOrders(2), quiet);
    await world.run();
    world.source.change("WorkOrder", "W-00001", { Status: "Closed", Total: "9" });
    world.source.change("WorkOrder", "W-00002", { Status: "Closed" });
    changeInvoice(world, "00002", null);
    await world.run(look);
    expect(findings(world)).toEqual({ "00001": ["filtered", null], "00002": ["skipped", "orphaned"] });
  });

  test("a record that its own write-back took out of the filter is compared all the same, value by value", async () => {
    const filter = 'Status = "Completed" AND ISBLANK(ERP_No__c)';
    const world = openWorld(numberOrders(3), { transfer: { filter } });
    await world.run();
    changeInvoice(world, "00002", { customerNumber: "other" });
    changeInvoice(world, "00003", null);
    await world.run(look);
    expect(findings(world)).toEqual({
      "00001": ["unchanged", null],
      "00002": ["skipped", "different"],
      "00003": ["skipped", "orphaned"],
    });
  });

  test("lines that differ are named with their place", async () => {
    const world = openWorld(numberOrders(1), quiet);
    await world.run();
    const [line] = world.invoiceLines();
    world.target.change("salesInvoiceLine", textOf(line?.["id"]), { quantity: "7" });
    await world.run(look);
    expect(world.store.outcomes("run-2")[0]).toMatchObject({
      drift: "different",
      reason: 'Line 1, quantity: "2" here, "7" there',
    });
  });

  test("a write left unconfirmed by another run is compared and not settled", async () => {
    const world = openWorld(numberOrders(1), quiet);
    const rule = ({ call, at }: { call: string; at: string }) => {
      if (call === "target.write" && at === "after") throw new Crash("crashed");
    };
    await expect(world.run({ rule })).rejects.toThrow(Crash);
    await world.run(look);
    expect(world.store.outcomes("run-2")).toMatchObject([{ action: "unchanged", drift: null }]);
    expect(world.store.links()).toMatchObject([{ state: "pending" }]);
  });

  test.each([
    [{ by: "never" }, "skipped", null],
    [{ by: "link", found: "fail", missing: "fail" }, "skipped", "different"],
    [{ by: "link", found: "skip", missing: "skip" }, "skipped", null],
  ] as const)("the rules of the match decide what counts as drift: %o", async (match, action, drift) => {
    const world = openWorld(numberOrders(1), quiet);
    await world.run();
    changeInvoice(world, "00001", { customerNumber: "other" });
    const compared = openWorld(numberOrders(1), { transfer: { writeBacks: [], match: match as Match } });
    await world.run({ ...look, plan: compared.plan });
    expect(world.store.outcomes("run-2")).toMatchObject([{ action, drift }]);
  });
});

describe("a compare that repairs", () => {
  test("creates what is missing, updates what differs, deletes nothing, and says what was found", async () => {
    const world = await openDrifted();
    const cursor = world.store.cursor();
    const summary = await world.run(repair);
    expect(findings(world)).toEqual({
      "00001": ["updated", "different"],
      "00002": ["held", "orphaned"],
      "W-00003": ["skipped", "orphaned"],
      "00004": ["unchanged", null],
      "00005": ["unchanged", null],
      "00009": ["created", "missing"],
    });
    expect(summary.counts).toMatchObject({ created: 1, updated: 1, removed: 0 });
    expect(world.invoices().filter((row) => row["customerNumber"] !== "C1")).toEqual([]);
    expect(world.store.cursor()).toEqual(cursor);
  });

  test("repairs chosen records only, although the hash says that they were sent", async () => {
    const world = await openDrifted();
    const scope: RunScope = { kind: "compare", repair: true, keys: ["W-00001"] };
    expect((await world.run({ scope })).counts).toMatchObject({ read: 1, updated: 1 });
  });

  test("a second compare finds that both sides agree", async () => {
    const world = openWorld(numberOrders(4), quiet);
    await world.run(repair);
    expect((await world.run(look)).counts).toMatchObject({ read: 4, unchanged: 4 });
  });
});

test.each([look, repair])(
  "I2: a compare killed at any port call and taken up again reports each record once: %o",
  async (request) => {
    const calm = await openDrifted();
    await calm.run({ ...request, pageSize: 2 });
    const labels = calm.store.outcomes("run-2").map((each) => each.label);
    for (const { index, at, call } of calm.passed()) {
      const world = await openDrifted();
      await expect(world.run({ ...request, pageSize: 2, rule: crashAt(index) })).rejects.toThrow(Crash);
      const store = world.store.forRun("run-2");
      const summary = await world.run({ ...request, pageSize: 2, resumed: true, store });
      const place = `${at} ${call} (${index})`;
      expect({ place, state: summary.state }).toEqual({ place, state: "finished" });
      const reported = world.store.outcomes("run-2").map((each) => each.label);
      expect({ place, reported: reported.sort() }).toEqual({ place, reported: [...labels].sort() });
    }
  },
);
