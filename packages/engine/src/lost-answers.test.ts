import { toIssue } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { Fault, type ReadPage, type SystemPort } from "./ports.ts";
import type { FaultRule } from "./testing/fault-points.ts";
import { openWorld } from "./testing/work-order-world.ts";
import { numberOrders } from "./testing/work-orders.ts";

const connectionCut = (sent: boolean): Fault =>
  new Fault(toIssue("CON-604", "", "The connection was cut."), { retryable: true, sent });

/** Fails the first `times` passes of one place. */
const failAt = (call: string, at: "before" | "after", times: number, sent: boolean): FaultRule => {
  let left = times;
  return (point) => {
    if (point.call !== call || point.at !== at || left === 0) return;
    left -= 1;
    throw connectionCut(sent);
  };
};

describe("an answer that was lost after the target had written", () => {
  test("I3: is settled by a search after the target's settling time, and the record counts as created", async () => {
    const world = openWorld(numberOrders(3));
    const summary = await world.run({ rule: failAt("target.write", "after", 1, true) });
    expect(summary).toMatchObject({ state: "finished", counts: { created: 3, held: 0 } });
    expect(world.invoices()).toHaveLength(3);
    expect(world.clock.sleptMs()).toBeGreaterThanOrEqual(world.target.limits.settleMs);
    expect(world.workOrder("00001")).toMatchObject({ ERP_Status__c: "Synced" });
  });

  test("I3: is held as uncertain where nothing can be searched, and never sent again", async () => {
    const world = openWorld(numberOrders(1), { transfer: { match: { by: "never" } } });
    const first = await world.run({ rule: failAt("target.write", "after", 1, true) });
    expect(first.counts).toMatchObject({ created: 0, held: 1 });
    expect(world.store.held()).toMatchObject([{ class: "uncertain", issues: [{ code: "WRT-312" }] }]);
    await world.run();
    await world.run();
    expect(world.invoices()).toHaveLength(1);
    expect(world.store.held()).toHaveLength(1);
  });

  test("I3: an update is compared again and its lines are not doubled", async () => {
    const world = openWorld(numberOrders(1));
    await world.run();
    world.source.change("WorkOrderLine", "L-new", {
      WorkOrderId: "W-00001",
      Product: "P-3",
      Unit: "Each",
      Quantity: "1",
      UnitPrice: "1",
    });
    world.source.change("WorkOrder", "W-00001", { Total: "141.20" });
    const summary = await world.run({ rule: failAt("target.write", "after", 1, true) });
    expect(summary.counts).toMatchObject({ updated: 1 });
    expect(world.invoiceLines()).toHaveLength(3);
    expect(world.invoices()).toMatchObject([{ amount: "141.2" }]);
  });
});

describe("a request that was lost before the target saw it", () => {
  test("is sent again after a search has shown that nothing was written", async () => {
    const world = openWorld(numberOrders(2));
    const summary = await world.run({ rule: failAt("target.write", "before", 1, true) });
    expect(summary.counts).toMatchObject({ created: 2, held: 0 });
    expect(world.invoices()).toHaveLength(2);
  });

  test("is repeated at once where the fault says that nothing was sent", async () => {
    const world = openWorld(numberOrders(2));
    const summary = await world.run({ rule: failAt("target.write", "before", 2, false) });
    expect(summary.counts).toMatchObject({ created: 2 });
    expect(world.clock.sleptMs()).toBe(1_000 + 2_000);
  });
});

describe("a target that stays unreachable", () => {
  test("fails the run, leaves the records to the next one and doubles none", async () => {
    const world = openWorld(numberOrders(5), { target: { limits: { writeBatch: 2, parallelWrites: 1 } } });
    let writes = 0;
    const rule: FaultRule = (point) => {
      if (point.call !== "target.write" || point.at !== "before") return;
      writes += 1;
      if (writes > 1) throw connectionCut(false);
    };
    const first = await world.run({ rule });
    expect(first).toMatchObject({ state: "failed", counts: { read: 2, created: 2 } });
    expect(world.store.links().map((link) => link.state)).toEqual(["linked", "linked"]);
    const second = await world.run();
    expect(second).toMatchObject({ state: "finished", counts: { created: 3 } });
    expect(world.invoices()).toHaveLength(5);
  });

  test("never leaves an unsent create in doubt, also where nothing can be searched", async () => {
    const world = openWorld(numberOrders(2), { transfer: { match: { by: "never" } } });
    const first = await world.run({ rule: failAt("target.write", "before", 99, false) });
    expect(first).toMatchObject({ state: "failed", counts: { read: 0 } });
    expect(world.store.links()).toEqual([]);
    expect((await world.run()).counts).toMatchObject({ created: 2 });
  });

  test("a source that cannot be read fails the run and the cursor stays", async () => {
    const world = openWorld(numberOrders(2));
    const summary = await world.run({ rule: failAt("source.readPage", "before", 99, false) });
    expect(summary).toMatchObject({ state: "failed", counts: { read: 0 } });
    expect(summary.issues.map((issue) => issue.code)).toEqual(["RUN-702", "CON-604"]);
    expect(world.store.cursor()).toBeNull();
  });

  test("any single fault of any port call is survived within the run", async () => {
    const calm = openWorld(numberOrders(4));
    await calm.run({ pageSize: 2 });
    const calls = calm.passed().filter(({ call }) => !call.startsWith("store."));
    for (const { index, at, call } of calls) {
      if (at === "during") continue;
      const world = openWorld(numberOrders(4));
      const rule: FaultRule = (point) => {
        if (point.index === index) throw connectionCut(at === "after");
      };
      const summary = await world.run({ pageSize: 2, rule });
      expect({ call, at, state: summary.state, created: summary.counts.created }).toEqual({
        call,
        at,
        state: "finished",
        created: 4,
      });
      expect(world.invoices()).toHaveLength(4);
    }
  });
});

describe("an answer that comes twice", () => {
  test("is not taken for the next page: the page is asked for again and every record is reported once", async () => {
    const world = openWorld(numberOrders(6));
    let repeats = 2;
    let last: ReadPage | undefined;
    const source: SystemPort = {
      ...world.source,
      readPage: async (request) => {
        if (last !== undefined && repeats > 0) {
          repeats -= 1;
          return last;
        }
        last = await world.source.readPage(request);
        return last;
      },
    };
    const summary = await world.run({ source, pageSize: 2 });
    expect(summary).toMatchObject({ state: "finished", counts: { read: 6, created: 6 } });
    expect(repeats).toBe(0);
    expect(world.store.outcomes("run-1")).toHaveLength(6);
  });
});

describe("a connection that takes no calls for a while", () => {
  const closed = (): Fault =>
    new Fault(toIssue("CON-611", "", "ERP has not answered 5 calls in a row."), {
      retryable: true,
      sent: false,
      retryAfterMs: 5_000,
      closed: true,
    });

  test("ends the run as put aside, without a wait, and the same run goes on where it was", async () => {
    const world = openWorld(numberOrders(5), { target: { limits: { writeBatch: 2, parallelWrites: 1 } } });
    let writes = 0;
    const rule: FaultRule = (point) => {
      if (point.call !== "target.write" || point.at !== "before") return;
      writes += 1;
      if (writes > 1) throw closed();
    };
    const first = await world.run({ rule });
    expect(first).toMatchObject({
      state: "put-aside",
      resumeAfterMs: 5_000,
      issues: [{ code: "CON-611" }],
      counts: { read: 2, created: 2, held: 0 },
    });
    expect(writes).toBe(2);
    expect(world.clock.sleptMs()).toBe(0);
    expect(await world.run()).toMatchObject({ state: "finished", counts: { created: 3 } });
    expect(world.invoices()).toHaveLength(5);
  });

  test("before the first page leaves the cursor where it is", async () => {
    const world = openWorld(numberOrders(2));
    const rule: FaultRule = (point) => {
      if (point.call === "source.readPage") throw closed();
    };
    expect(await world.run({ rule })).toMatchObject({ state: "put-aside", counts: { read: 0 } });
    expect(world.store.cursor()).toBeNull();
  });
});

test("a stop that wakes a call from its wait stops the run and does not fail it", async () => {
  const world = openWorld(numberOrders(2));
  const stop = { aborted: false };
  const rule: FaultRule = (point) => {
    if (point.call !== "source.readPage") return;
    stop.aborted = true;
    throw connectionCut(false);
  };
  expect(await world.run({ rule, stopSignal: stop })).toMatchObject({ state: "stopped" });
});
