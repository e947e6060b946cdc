import { toIssue } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import type { FaultRule } from "../testing/fault-points.ts";
import { openWorld, type WorldOptions } from "../testing/work-order-world.ts";

const totals = [
  { label: "Amount", source: "Total", target: "target.amount", by: 'IF(Total >= 1000, "large", "small")' },
];

const orders = [
  { number: "00001", total: "0.1" },
  { number: "00002", total: "0.2" },
  { number: "00003", total: "9999999999999999.99" },
];

const open = (more: Omit<WorldOptions, "transfer"> = {}) =>
  openWorld(orders, { ...more, transfer: { totals } });

describe("the totals of a run", () => {
  test("are exact on both sides, per value they are divided by", async () => {
    const world = open();
    await world.run();
    expect(world.store.totals()).toEqual([
      { total: 0, by: "small", source: "0.3", target: "0.3", records: 2, missing: 0 },
      {
        total: 0,
        by: "large",
        source: "9999999999999999.99",
        target: "9999999999999999.99",
        records: 1,
        missing: 0,
      },
    ]);
  });

  test("show what the target made of the values, not what was sent", async () => {
    const world = open({
      target: { assign: (object) => (object === "salesInvoices" ? { amount: "7" } : {}) },
    });
    await world.run();
    expect(world.store.totals()).toMatchObject([
      { by: "small", source: "0.3", target: "14" },
      { by: "large", target: "7" },
    ]);
  });

  test("count unchanged records, whose target values are read in one call for a page", async () => {
    const world = openWorld(orders, { transfer: { totals, changes: { by: "all" }, writeBacks: [] } });
    await world.run();
    world.target.change("salesInvoices", "salesInvoices-1", { amount: "5" });
    const before = world.target.callCount();
    expect((await world.run()).counts).toMatchObject({ unchanged: 3 });
    expect(world.target.callCount() - before).toBe(1);
    expect(world.store.totals().slice(2)).toMatchObject([
      { by: "small", source: "0.3", target: "5.2", records: 2 },
      { by: "large", records: 1 },
    ]);
  });

  test("leave out what is held, and say how many could not be computed", async () => {
    const world = open({
      target: {
        refuse: (_object, values) =>
          values["externalDocumentNumber"] === "00001" ? toIssue("WRT-303", "amount", "No.") : null,
        assign: (object, values) =>
          object === "salesInvoices" && values["externalDocumentNumber"] === "00002" ? { amount: null } : {},
      },
    });
    expect((await world.run()).counts).toMatchObject({ created: 2, held: 1 });
    expect(world.store.totals()).toMatchObject([
      { by: "small", source: "0", target: "0", records: 0, missing: 1 },
      { by: "large", records: 1, missing: 0 },
    ]);
  });

  test("I1: are counted once where the run is killed and taken up again", async () => {
    const world = open();
    let commits = 0;
    const killAtSecondCommit: FaultRule = ({ call, at }) => {
      if (call === "store.commitPage" && at === "before") commits += 1;
      if (commits === 2) throw new Error("killed");
    };
    await expect(world.run({ pageSize: 1, rule: killAtSecondCommit })).rejects.toThrow("killed");
    expect(world.store.totals()).toHaveLength(1);
    await world.run({ store: world.store.forRun("run-1"), resumed: true, pageSize: 1 });
    const sums = world.store.totals().map((each) => `${each.by} ${each.records}`);
    expect(sums.toSorted()).toEqual(["large 1", "small 1", "small 1"]);
  });
});
