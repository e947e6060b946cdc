import type { TransferDefinition } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { crashAt, Crash } from "../testing/fault-points.ts";
import { openWorld, type WorkOrderWorld } from "../testing/work-order-world.ts";
import { numberOrders } from "../testing/work-orders.ts";

const byFeed: Partial<TransferDefinition> = { changes: { by: "feed" }, writeBacks: [] };

const addOrder = (world: WorkOrderWorld, number: string, values = {}): void =>
  world.source.change("WorkOrder", `W-${number}`, {
    WorkOrderNumber: number,
    Status: "Completed",
    AccountId: "A1",
    Total: "1",
    ...values,
  });

describe("reading by a change feed", () => {
  test("the first run reads everything, the next ones only what the source lists", async () => {
    const world = openWorld(numberOrders(7), { transfer: byFeed });
    expect((await world.run({ pageSize: 3 })).counts).toMatchObject({ created: 7 });
    world.source.change("WorkOrder", "W-00002", { Total: "9" });
    addOrder(world, "00008");
    const pages = world.source.calls()["readPage"];
    expect((await world.run({ pageSize: 3 })).counts).toMatchObject({ read: 2, updated: 1, created: 1 });
    expect((await world.run()).counts.read).toBe(0);
    expect(world.source.calls()["readPage"]).toBe(pages);
  });

  test("R13: a gap is noticed at once, said, and closed by comparing all records; nothing is missed", async () => {
    const world = openWorld(numberOrders(7), { transfer: byFeed });
    await world.run();
    world.source.change("WorkOrder", "W-00002", { Total: "9" });
    addOrder(world, "00008");
    world.source.forgetFeed();
    const run = await world.run({ pageSize: 3 });
    expect(run.counts).toMatchObject({ read: 8, updated: 1, created: 1, unchanged: 6 });
    expect(run.issues).toMatchObject([{ code: "RUN-708", severity: "warning" }]);
    world.source.change("WorkOrder", "W-00003", { Total: "9" });
    expect(await world.run()).toMatchObject({ counts: { read: 1, updated: 1 }, issues: [] });
  });

  test("I11: what changes while all records are read is listed by the next run", async () => {
    const world = openWorld(numberOrders(4), { transfer: byFeed });
    const rule = (point: { call: string; at: string }) => {
      if (point.call === "target.write" && point.at === "after")
        world.source.change("WorkOrder", "W-00001", { Total: "7" });
    };
    await world.run({ pageSize: 2, rule });
    expect((await world.run()).counts).toMatchObject({ read: 1, updated: 1 });
  });

  test("a deletion the feed lists removes the target record without a walk over all links", async () => {
    const world = openWorld(numberOrders(25), { transfer: { ...byFeed, removals: { mode: "delete" } } });
    await world.run();
    world.source.change("WorkOrder", "W-00001", null);
    addOrder(world, "00026");
    const links = world.store.links().length;
    const run = await world.run({ pageSize: 5 });
    expect(run.counts).toMatchObject({ read: 2, created: 1, removed: 1 });
    expect(world.store.links()).toHaveLength(links);
  });

  test("R13: a deletion inside the gap is found through the links", async () => {
    const world = openWorld(numberOrders(25), { transfer: { ...byFeed, removals: { mode: "delete" } } });
    await world.run();
    world.source.change("WorkOrder", "W-00001", null);
    world.source.forgetFeed();
    expect((await world.run({ pageSize: 10 })).counts).toMatchObject({ unchanged: 24, removed: 1 });
  });

  test.each([false, true])(
    "I1: killed anywhere, with a gap (%s), the same run ends as if nothing had happened",
    async (hasGap) => {
      const transfer = {
        ...byFeed,
        removals: { mode: "delete", guardPercent: 50 },
      } satisfies Partial<TransferDefinition>;
      const open = async (): Promise<WorkOrderWorld> => {
        const world = openWorld(numberOrders(6), { transfer });
        await world.run();
        world.source.change("WorkOrder", "W-00001", null);
        world.source.change("WorkOrder", "W-00002", { Total: "9" });
        addOrder(world, "00007");
        if (hasGap) world.source.forgetFeed();
        return world;
      };
      const describeEnd = (world: WorkOrderWorld) => ({
        invoices: new Map(world.invoices().map((row) => [row["externalDocumentNumber"], row["amount"]])),
        links: world.store.links().map((link) => `${link.sourceKey} ${link.state}`),
        cursor: world.store.cursor()?.position,
      });
      const again = (world: WorkOrderWorld) => ({ pageSize: 2, store: world.store.forRun("run-2") });
      const calm = await open();
      await calm.run({ pageSize: 2 });
      const wanted = describeEnd(calm);
      const points = calm.passed();
      expect(wanted.invoices.size).toBe(6);
      for (const { index, call, at } of points) {
        const world = await open();
        await expect(world.run({ pageSize: 2, rule: crashAt(index) })).rejects.toThrow(Crash);
        expect((await world.run({ ...again(world), resumed: true })).state).toBe("finished");
        await world.run({ pageSize: 2 });
        expect({ place: `${at} ${call}`, ...describeEnd(world) }).toEqual({
          place: `${at} ${call}`,
          ...wanted,
        });
      }
    },
  );
});
