import { toIssue, type TransferDefinition } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { crashAt, Crash } from "../testing/fault-points.ts";
import { openWorld, type WorkOrderWorld, type WorldOptions } from "../testing/work-order-world.ts";
import { numberOrders, planWorkOrders } from "../testing/work-orders.ts";

const deleting: NonNullable<TransferDefinition["removals"]> = { mode: "delete" };
const flagging: NonNullable<TransferDefinition["removals"]> = {
  mode: "flag",
  values: { note: '"Deleted in the source: " & target.number' },
};

/** Twenty-five orders that were transferred, of which the first ones then disappear. */
const openTransferred = async (
  gone: number,
  transfer: Partial<TransferDefinition> = { removals: deleting },
  more: WorldOptions = {},
): Promise<WorkOrderWorld> => {
  const world = openWorld(numberOrders(25), { ...more, transfer });
  await world.run();
  removeOrders(world, gone);
  return world;
};

const removeOrders = (world: WorkOrderWorld, count: number): void => {
  for (const { number } of numberOrders(count)) world.source.change("WorkOrder", `W-${number}`, null);
};

const removedOf = (world: WorkOrderWorld, runId?: string): string[] =>
  world.store
    .outcomes(runId)
    .filter((outcome) => outcome.action === "removed")
    .map((outcome) => outcome.sourceKey);

describe("records that disappear from the source", () => {
  test("I10: a delete removes exactly their target records, and their links", async () => {
    const world = await openTransferred(1);
    const run = await world.run();
    expect(run).toMatchObject({ state: "finished", counts: { removed: 1, unchanged: 24, held: 0 } });
    expect(removedOf(world)).toEqual(["W-00001"]);
    expect(world.invoices()).toHaveLength(24);
    expect(world.store.links()).toHaveLength(24);
    expect((await world.run()).counts.removed).toBe(0);
  });

  test("a flag is written once, with a formula that sees the target record", async () => {
    const world = await openTransferred(1, { removals: flagging });
    expect((await world.run()).counts).toMatchObject({ removed: 1 });
    expect(world.invoices()[0]).toMatchObject({ note: "Deleted in the source: INV-1" });
    const writes = world.target.writes();
    expect((await world.run()).counts.removed).toBe(0);
    expect(world.target.writes()).toBe(writes);
    expect(world.store.links()).toContainEqual(expect.objectContaining({ state: "flagged" }));
  });

  test("I10: records that were never linked are not touched", async () => {
    const world = openWorld(numberOrders(1), { transfer: { removals: deleting } });
    world.target.change("salesInvoices", "other", { externalDocumentNumber: "not ours" });
    await world.run();
    removeOrders(world, 1);
    expect((await world.run()).state).toBe("stopped");
    expect((await world.run({ scope: { kind: "removals", confirmed: 1 } })).counts.removed).toBe(1);
    expect(world.invoices().map((row) => row["id"])).toEqual(["other"]);
  });

  test("I10: a record that leaves the filter stays; one that leaves the scope of removals goes", async () => {
    const world = openWorld(numberOrders(25), {
      transfer: { removals: { mode: "delete", scope: 'Status <> "Cancelled"' } },
    });
    await world.run();
    world.source.change("WorkOrder", "W-00001", { Status: "New" });
    world.source.change("WorkOrder", "W-00002", { Status: "Cancelled" });
    const run = await world.run();
    expect(run.counts).toMatchObject({ filtered: 1, removed: 1 });
    expect(removedOf(world, "run-2")).toEqual(["W-00002"]);
    expect((await world.run()).counts).toMatchObject({ removed: 0, created: 0 });
  });

  test("a record outside the scope that was never transferred is filtered, not created and removed", async () => {
    const world = openWorld(numberOrders(2), {
      transfer: { removals: { mode: "delete", scope: 'WorkOrderNumber <> "00002"' } },
    });
    expect((await world.run()).counts).toMatchObject({ created: 1, filtered: 1, removed: 0 });
  });

  test("a flagged record that comes back is compared and linked again", async () => {
    const world = await openTransferred(1, { removals: flagging });
    await world.run();
    world.source.change("WorkOrder", "W-00001", {
      WorkOrderNumber: "00001",
      Status: "Completed",
      AccountId: "A1",
      Total: "7",
    });
    expect((await world.run()).counts).toMatchObject({ updated: 1, removed: 0 });
    expect(world.store.links().every((link) => link.state === "linked")).toBe(true);
  });

  test("a target record that another source record uses as well stays", async () => {
    const world = openWorld(
      numberOrders(25).map((order, index) => (index === 1 ? { ...order, number: "00001b" } : order)),
      {
        transfer: {
          removals: deleting,
          lines: [],
          mappings: {
            externalDocumentNumber: { value: "LEFT(WorkOrderNumber, 5)" },
            customerNumber: { value: "Account.ERP_No__c" },
          },
          match: {
            by: "keys",
            keys: { externalDocumentNumber: "LEFT(WorkOrderNumber, 5)" },
            found: "update",
            missing: "create",
          },
        },
      },
    );
    await world.run();
    world.source.change("WorkOrder", "W-00001", null);
    const before = world.invoices().length;
    expect((await world.run()).counts).toMatchObject({ skipped: 1, removed: 0 });
    expect(world.invoices()).toHaveLength(before);
  });
});

describe("the guard against mass removals", () => {
  test("I10: above the share that is allowed nothing at all is removed, and the numbers are named", async () => {
    const world = await openTransferred(5);
    const writes = world.target.writes();
    const run = await world.run();
    expect(run.state).toBe("stopped");
    expect(run.issues.map((issue) => [issue.code, issue.message])).toEqual([
      [
        "RUN-707",
        "5 of 25 linked records (20 %) are gone in the source, more than the 5 % this transfer allows. Nothing was removed.",
      ],
    ]);
    expect(world.target.writes()).toBe(writes);
    expect(run.counts).toMatchObject({ read: 20, unchanged: 20, removed: 0 });
  });

  test("after a confirmation exactly those are removed that were found before", async () => {
    const world = await openTransferred(5);
    await world.run();
    world.source.change("WorkOrder", "W-00006", null);
    const run = await world.run({ scope: { kind: "removals", confirmed: 5 } });
    expect(run).toMatchObject({ state: "finished", counts: { read: 5, removed: 5 } });
    expect(removedOf(world)).toEqual(["W-00001", "W-00002", "W-00003", "W-00004", "W-00005"]);
  });

  test("a confirmation covers no more records than a person was shown", async () => {
    const world = await openTransferred(5);
    await world.run();
    removeOrders(world, 20);
    await world.run();
    const run = await world.run({ scope: { kind: "removals", confirmed: 5 } });
    expect(run).toMatchObject({ state: "stopped", counts: { removed: 0 } });
    expect(run.issues[0]?.message).toContain("20 of 25 linked records (80 %)");
  });

  test("a record that is there again when the removal is confirmed stays", async () => {
    const world = await openTransferred(5);
    await world.run();
    world.source.change("WorkOrder", "W-00003", { WorkOrderNumber: "00003", Status: "Completed" });
    expect((await world.run({ scope: { kind: "removals", confirmed: 5 } })).counts).toMatchObject({
      removed: 4,
    });
    expect(world.invoices()).toHaveLength(21);
  });

  test("a transfer may allow more", async () => {
    const world = await openTransferred(5, { removals: { mode: "delete", guardPercent: 20 } });
    expect((await world.run()).counts).toMatchObject({ removed: 5 });
  });

  test("a source that shows nothing at all, fails, or answers with other records removes nothing", async () => {
    const world = await openTransferred(0);
    const [writes, source] = [world.target.writes(), world.source];
    const empty = { ...source, readByKeys: () => Promise.resolve([]) };
    const foreign = { ...source, readByKeys: () => Promise.resolve([{ Id: "W-else" }]) };
    const scope = { kind: "removals" } as const;
    expect((await world.run({ source: foreign, scope })).issues.at(-1)?.code).toBe("CON-607");
    expect((await world.run({ source: empty, scope })).state).toBe("stopped");
    expect(world.target.writes()).toBe(writes);
    expect(await world.run({ scope })).toMatchObject({ state: "finished", counts: { read: 0 } });
    expect(world.store.links().every((link) => link.state === "linked")).toBe(true);
  });
});

const posted = toIssue("WRT-310", "", "Posted invoices cannot be deleted.");

describe("a removal that fails", () => {
  test("is held with the target's reason, keeps its link, and passes when the target allows it", async () => {
    let isPosted = true;
    const world = await openTransferred(
      1,
      { removals: deleting },
      { target: { refuse: (_object, _values, op) => (op === "delete" && isPosted ? posted : null) } },
    );
    expect((await world.run()).counts).toMatchObject({ held: 1, removed: 0 });
    expect(world.store.held()).toMatchObject([
      { step: "removal", label: "INV-1", issues: [{ message: "Posted invoices cannot be deleted." }] },
    ]);
    isPosted = false;
    expect((await world.run({ scope: { kind: "held" } })).counts).toMatchObject({ removed: 1 });
    expect(world.store.held()).toEqual([]);
    expect(world.invoices()).toHaveLength(24);
  });

  test("does not count for the guard again", async () => {
    const world = await openTransferred(
      5,
      { removals: deleting },
      { target: { refuse: (_object, _values, op) => (op === "delete" ? posted : null) } },
    );
    await world.run();
    await world.run({ scope: { kind: "removals", confirmed: 5 } });
    expect(world.store.held()).toHaveLength(5);
    expect((await world.run()).state).toBe("finished");
  });

  test("R14: a delete whose answer is lost is settled by asking again", async () => {
    const world = await openTransferred(1);
    let isFirst = true;
    const target = {
      ...world.target,
      write: async (batch: Parameters<typeof world.target.write>[0]) => {
        const answers = await world.target.write(batch);
        if (!isFirst || batch.requests[0]?.op !== "delete") return answers;
        isFirst = false;
        return [];
      },
    };
    expect((await world.run({ target })).counts).toMatchObject({ removed: 1, held: 0 });
    expect(world.invoices()).toHaveLength(24);
  });
});

test("a held removal ends without a write once the transfer ignores removals", async () => {
  const world = await openTransferred(
    1,
    { removals: deleting },
    { target: { refuse: (_object, _values, op) => (op === "delete" ? posted : null) } },
  );
  await world.run();
  const run = await world.run({ plan: planWorkOrders(), scope: { kind: "held" } });
  expect(run.counts).toMatchObject({ read: 1, skipped: 1 });
  expect(world.store.held()).toEqual([]);
  expect(world.store.links().every((link) => link.state === "linked")).toBe(true);
});

describe("a process killed in the middle of removals", () => {
  test.each([
    ["delete", deleting],
    ["flag", flagging],
  ])("I1 I2 I10: %s ends as if nothing had happened, wherever it was killed", async (_, removals) => {
    const transfer = { removals: { ...removals, guardPercent: 20 } };
    const describeEnd = (world: WorkOrderWorld) => ({
      notes: world.invoices().map((row) => row["note"] ?? null),
      links: world.store.links().map((link) => `${link.sourceKey} ${link.state}`),
      held: world.store.held().length,
      removed: removedOf(world).sort(),
    });
    const calm = await openTransferred(3, transfer);
    await calm.run({ pageSize: 10 });
    const points = calm.passed();
    const wanted = describeEnd(calm);
    expect(wanted.removed).toHaveLength(3);
    for (const { index, call, at } of points) {
      const world = await openTransferred(3, transfer);
      await expect(world.run({ pageSize: 10, rule: crashAt(index) })).rejects.toThrow(Crash);
      await world.run({ pageSize: 10 });
      expect({ place: `${at} ${call}`, ...describeEnd(world) }).toEqual({
        place: `${at} ${call}`,
        ...wanted,
      });
    }
    expect(points.length).toBeGreaterThan(20);
  });
});

describe("the preview of removals", () => {
  test("counts all that are gone, shows the first ones, and writes nothing", async () => {
    const world = await openTransferred(3, { removals: flagging });
    const writes = world.target.writes();
    const preview = await world.preview({ kind: "removals", limit: 2 });
    expect(preview).toMatchObject({ counts: { removed: 3 }, matching: 25 });
    expect(preview.records).toHaveLength(2);
    expect(preview.records[0]).toMatchObject({
      label: "INV-1",
      action: "removed",
      diff: [{ path: "note", after: "Deleted in the source: INV-1" }],
    });
    expect(world.target.writes()).toBe(writes);
    expect(world.store.links().every((link) => link.state === "linked")).toBe(true);
  });
});
