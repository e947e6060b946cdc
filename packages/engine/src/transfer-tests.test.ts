import { describe, expect, test } from "vitest";
import type { KeptRecord } from "@fieldbridge/model";
import { createRunContext } from "./create-run-context.ts";
import { compareOutcomes, keepRecord, mapKeptRecord } from "./transfer-tests.ts";
import { openWorld, type WorkOrderWorld } from "./testing/work-order-world.ts";
import { planWorkOrders, units } from "./testing/work-orders.ts";

const contextOf = (world: WorkOrderWorld, more: Partial<Parameters<typeof createRunContext>[0]> = {}) =>
  createRunContext({
    plan: world.plan,
    source: world.source,
    target: world.target,
    store: world.store.forRun("test"),
    clock: world.clock,
    valueMaps: [units],
    runStartedAt: world.clock.now(),
    ...more,
  });

const keep = async (world: WorkOrderWorld, number: string) => {
  const kept = await keepRecord(contextOf(world), `W-${number}`);
  if (kept === null) throw new Error(`The source has no work order ${number}.`);
  return kept;
};

describe("a transfer test", () => {
  test("maps a kept record as a run does, without asking any system", async () => {
    const world = openWorld([{ number: "00001" }]);
    const { kept, outcome } = await keep(world, "00001");
    expect(outcome.action).toBe("sent");
    expect(outcome.values).toMatchObject({ externalDocumentNumber: "00001", customerNumber: "C1" });
    expect(Object.keys(outcome.values).filter((place) => place.includes(".0."))).not.toEqual([]);
    const calls = () => [world.source.callCount(), world.target.callCount()];
    const before = calls();
    const again = await mapKeptRecord(contextOf(world), kept);
    expect(again).toEqual({ outcome, missing: [] });
    expect(calls()).toEqual(before);
  });

  test("keeps the record as it was: a change in the source changes nothing", async () => {
    const world = openWorld([{ number: "00001" }]);
    const { kept, outcome } = await keep(world, "00001");
    const changed = openWorld([{ number: "00001", account: "A2", total: "999.00" }]);
    const again = await mapKeptRecord(contextOf(changed), kept);
    expect(compareOutcomes(outcome, again.outcome)).toEqual([]);
  });

  test("names each value that a change of the transfer changed, with both values", async () => {
    const world = openWorld([{ number: "00001" }]);
    const { kept, outcome } = await keep(world, "00001");
    const plan = planWorkOrders({
      mappings: {
        externalDocumentNumber: { value: '"X" & WorkOrderNumber' },
        customerNumber: { value: "Account.ERP_No__c" },
      },
    });
    const { outcome: actual } = await mapKeptRecord(contextOf(world, { plan }), kept);
    expect(compareOutcomes(outcome, actual)).toContainEqual({
      place: "externalDocumentNumber",
      expected: "00001",
      actual: "X00001",
    });
    expect(compareOutcomes(outcome, actual).map(({ place }) => place)).toContain("invoiceDate");
  });

  test("tells what became of records that are filtered, skipped or held", async () => {
    const world = openWorld([
      { number: "00002", status: "New" },
      { number: "00003", account: "A2" },
    ]);
    const filtered = (await keep(world, "00002")).outcome;
    const held = (await keep(world, "00003")).outcome;
    expect(filtered).toMatchObject({ action: "filtered", values: {} });
    expect(filtered.reason).toContain("Status");
    expect(held.action).toBe("held");
    expect(held.issues).toEqual([
      expect.objectContaining({ path: expect.stringContaining("customerNumber") as string }),
    ]);
    expect(compareOutcomes(filtered, held)).toEqual([
      { place: "outcome", expected: "filtered", actual: "held" },
    ]);
  });

  test("says what the kept record lacks instead of taking it for blank", async () => {
    const world = openWorld([{ number: "00001" }]);
    const { kept } = await keep(world, "00001");
    const { Status: _gone, ...rest } = kept.source;
    const poor: KeptRecord = { ...kept, source: rest };
    expect((await mapKeptRecord(contextOf(world), poor)).missing).toContain("Status");
  });

  test("compares only the values that are expected", () => {
    const outcome = { action: "sent", reason: null, values: { a: "1", b: null }, issues: [] } as const;
    const actual = { ...outcome, values: { a: "1", b: null, c: "3" }, issues: [] };
    expect(compareOutcomes({ ...outcome, values: { a: "1" }, issues: [] }, actual)).toEqual([]);
    expect(compareOutcomes({ ...outcome, values: { a: "2", b: null, d: "4" }, issues: [] }, actual)).toEqual([
      { place: "a", expected: "2", actual: "1" },
      { place: "d", expected: "4" },
    ]);
  });
});
