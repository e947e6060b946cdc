import { describe, expect, test } from "vitest";
import { openWorld } from "../testing/work-order-world.ts";
import { compileTransfer } from "../plan/compile-transfer.ts";
import { numberOrders, workOrderContext, workOrderTransfer } from "../testing/work-orders.ts";

describe("reading changes", () => {
  test("I1: the cursor stands behind the last stored page, and nothing is read twice", async () => {
    const world = openWorld(numberOrders(5));
    await world.run({ pageSize: 2 });
    expect(world.store.cursor()).toMatchObject({ position: null });
    const before = world.source.calls()["readPage"];
    const second = await world.run();
    expect(second.counts).toMatchObject({ created: 0, unchanged: 5 });
    expect(world.source.calls()["readPage"]).toBe((before ?? 0) + 1);
    expect((await world.run()).counts.read).toBe(0);
  });

  test("I5: the echo of its own write-back is unchanged and writes nothing", async () => {
    const world = openWorld(numberOrders(3));
    await world.run();
    const [writes, notes] = [world.target.writes(), world.source.writes()];
    const echo = await world.run();
    expect(echo.counts).toMatchObject({ read: 3, unchanged: 3 });
    expect([world.target.writes(), world.source.writes()]).toEqual([writes, notes]);
    expect(world.target.calls()["find"]).toBe(1);
  });

  test("I11: records of one stamp are read completely across page borders", async () => {
    const stamp = "2026-11-19T10:00:00.000Z";
    const world = openWorld(numberOrders(7).map((order) => ({ ...order, stamp })));
    expect((await world.run({ pageSize: 3 })).counts).toMatchObject({ read: 7, created: 7 });
  });

  test("I11: without a promise of the source, a record that appears late is found by the overlap", async () => {
    const world = openWorld(numberOrders(2), { source: { promisesUpperBound: false } });
    world.clock.advance(-3_600_000);
    await world.run();
    world.source.change("WorkOrder", "W-late", {
      WorkOrderNumber: "00009",
      Status: "Completed",
      AccountId: "A1",
      SystemModstamp: "2026-11-19T08:00:00.500Z",
    });
    expect((await world.run()).counts).toMatchObject({ created: 1 });
    expect(world.invoices()).toHaveLength(3);
  });

  test("I11: a clock of ours that runs hours ahead skips nothing", async () => {
    const world = openWorld(numberOrders(2), { source: { promisesUpperBound: false } });
    await world.run();
    world.source.change("WorkOrder", "W-new", {
      WorkOrderNumber: "00009",
      Status: "Completed",
      AccountId: "A1",
      SystemModstamp: "2026-11-19T08:00:30.000Z",
    });
    world.clock.advance(7_200_000);
    expect((await world.run()).counts).toMatchObject({ created: 1 });
  });

  test("by all: every run is a full pass that writes only what changed", async () => {
    const world = openWorld(numberOrders(4), { transfer: { changes: { by: "all" } } });
    await world.run({ pageSize: 3 });
    world.source.change("WorkOrder", "W-00002", { Total: "1" });
    const writes = world.target.writes();
    expect((await world.run({ pageSize: 3 })).counts).toMatchObject({ read: 4, updated: 1, unchanged: 3 });
    expect(world.target.writes()).toBe(writes + 1);
  });

  test("I6: a run carries out the transfer it was started with, whatever happens to the draft", async () => {
    const draft = { ...workOrderTransfer, mappings: { ...workOrderTransfer.mappings } };
    const compiled = compileTransfer(draft, workOrderContext);
    draft.mappings["customerNumber"] = { value: '"CHANGED"' };
    draft.filter = "FALSE";
    const world = openWorld(numberOrders(1));
    await world.run(compiled.ok ? { plan: compiled.plan } : {});
    expect(world.invoices()).toMatchObject([{ customerNumber: "C1" }]);
  });

  test("memory stays flat: a record is let go once its page is stored", async () => {
    const world = openWorld(numberOrders(60));
    const pages: number[] = [];
    let inMemory = 0;
    const source = {
      ...world.source,
      readPage: async (request: Parameters<typeof world.source.readPage>[0]) => {
        const page = await world.source.readPage(request);
        inMemory += page.rows.length;
        return page;
      },
    };
    const rule = (point: { call: string; at: string }) => {
      if (point.call !== "store.commitPage" || point.at !== "after") return;
      pages.push(inMemory);
      inMemory -= 5;
    };
    await world.run({ source, rule, pageSize: 5 });
    expect(Math.max(...pages)).toBeLessThanOrEqual(10);
    expect(pages).toHaveLength(12);
  });

  test("chosen records are read fresh and leave the cursor alone", async () => {
    const world = openWorld(numberOrders(3));
    const summary = await world.run({ scope: { kind: "records", keys: ["W-00002", "W-gone"] } });
    expect(summary.counts).toMatchObject({ read: 2, created: 1, skipped: 1 });
    expect(world.store.cursor()).toBeNull();
  });

  test("a person's stop ends after what is in flight; the rest is read by the next run", async () => {
    const world = openWorld(numberOrders(6), { target: { limits: { writeBatch: 1, parallelWrites: 1 } } });
    const stopSignal = { aborted: false };
    const rule = (point: { call: string; at: string }) => {
      if (point.call === "target.write" && point.at === "after" && world.invoices().length === 2)
        stopSignal.aborted = true;
    };
    const first = await world.run({ stopSignal, rule });
    expect(first).toMatchObject({ state: "stopped", counts: { read: 2, created: 2 } });
    expect(first.issues[0]?.code).toBe("RUN-706");
    const second = await world.run();
    expect(second).toMatchObject({ state: "finished", counts: { created: 4 } });
    expect(world.store.outcomes().filter((each) => each.action === "created")).toHaveLength(6);
  });

  test("the next page is read while the current one is written, never more than one ahead", async () => {
    const world = openWorld(numberOrders(8));
    await world.run({ pageSize: 2 });
    const order = world
      .passed()
      .filter((point) => point.at === "before" && /readPage|commitPage/.test(point.call))
      .map((point) => point.call.split(".")[1]);
    const ahead = order.map(
      (_, index) =>
        order.slice(0, index + 1).filter((call) => call === "readPage").length -
        order.slice(0, index + 1).filter((call) => call === "commitPage").length,
    );
    expect(Math.max(...ahead)).toBe(2);
  });
});
