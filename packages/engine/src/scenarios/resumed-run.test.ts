/** A run that goes on after its process died is still the same run. */
import { describe, expect, test } from "vitest";
import { Crash, crashAt } from "../testing/fault-points.ts";
import { openWorld, type WorldOptions } from "../testing/work-order-world.ts";
import type { WorkOrderInput } from "../testing/work-orders.ts";

/** Failures among them: the note about one changes its record in the source. */
const orders: readonly WorkOrderInput[] = [
  { number: "00001", account: "A2" },
  { number: "00002" },
  { number: "00003" },
  { number: "00004", lines: [{ product: "P-9", unit: "PCS.", quantity: "1", unitPrice: "5" }] },
  { number: "00005" },
  { number: "00006" },
  { number: "00007" },
];

const expectSameRunAfterKills = async (options: WorldOptions): Promise<void> => {
  const calm = openWorld(orders, options);
  await calm.run({ pageSize: 2 });
  for (const { index, at, call } of calm.passed()) {
    const world = openWorld(orders, options);
    await expect(world.run({ pageSize: 2, rule: crashAt(index) })).rejects.toThrow(Crash);
    const summary = await world.run({ pageSize: 2, resumed: true, store: world.store.forRun("run-1") });
    const place = `${at} ${call} (${index})`;
    expect({ place, state: summary.state }).toEqual({ place, state: "finished" });
    const reported = world.store.outcomes("run-1").map((outcome) => outcome.label);
    expect({ place, reported: reported.sort() }).toEqual({
      place,
      reported: orders.map((order) => order.number),
    });
    await world.run({ pageSize: 2 });
    expect({ place, invoices: world.invoices().length }).toEqual({ place, invoices: 5 });
  }
};

describe("a run taken up again after a kill", () => {
  test("I2: reports each record once, although its own notes changed some of them", () =>
    expectSameRunAfterKills({}));

  test("I2: also where the source promises no upper bound and an overlap is read again", () =>
    expectSameRunAfterKills({ source: { promisesUpperBound: false } }));

  test("leaves to the next run what was changed after it had begun, and loses none of it", async () => {
    const world = openWorld(orders);
    let commits = 0;
    const dieAfterFirstPage = world.run({
      pageSize: 2,
      rule: ({ call, at }) => {
        if (call === "store.commitPage" && at === "after" && ++commits === 2) throw new Crash("crashed");
      },
    });
    await expect(dieAfterFirstPage).rejects.toThrow(Crash);
    world.clock.advance(60_000);
    world.source.change("WorkOrder", "W-00002", { Total: "150.20" });
    await world.run({ pageSize: 2, resumed: true, store: world.store.forRun("run-1") });
    expect(world.store.outcomes("run-1").filter((each) => each.label === "00002")).toHaveLength(1);
    await world.run({ pageSize: 2 });
    expect(world.invoices().find((row) => row["externalDocumentNumber"] === "00002")).toMatchObject({
      amount: "150.2",
    });
  });
});

test("I11: a record that changes while it is tried again is read once more by the next run", async () => {
  const world = openWorld([{ number: "00001", account: "A2" }], { transfer: { writeBacks: [] } });
  await world.run();
  expect(world.store.held()).toHaveLength(1);
  world.source.change("Account", "A2", { ERP_No__c: "C2" });
  let isChanged = false;
  await world.run({
    rule: ({ call, at }) => {
      if (isChanged || call !== "source.readByKeys" || at !== "after") return;
      isChanged = true;
      world.clock.advance(5_000);
      world.source.change("WorkOrder", "W-00001", { Total: "9.99" });
      world.clock.advance(5_000);
    },
  });
  expect(world.invoices()).toMatchObject([{ amount: "140.2" }]);
  await world.run();
  expect(world.invoices()).toMatchObject([{ amount: "9.99" }]);
});
