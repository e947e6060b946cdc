/** The report of a run: what it needed, against what would have been enough. */
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createStage } from "../testing/run-scene.ts";
import { createCrm, createShop, manyAccounts } from "../testing/stand-in-system.ts";

const { playScene, clear } = createStage();
afterEach(clear);

test("calls are told against the fewest that the batch limits of both systems allow", async () => {
  const crm = createCrm(manyAccounts(120), { limits: { readPage: 50, writeBatch: 25 } });
  const shop = createShop({ limits: { findBatch: 40, writeBatch: 20 } });
  const writeBacks = [{ on: ["created" as const], values: { Synced: '"yes"' } }];
  const filter = 'Number <> "A0001"';
  const scene = await playScene({ crm, shop }, exampleTransfer({ writeBacks, filter }));
  await scene.work();
  const run = await scene.run();
  expect(run.counts).toMatchObject({ read: 120, filtered: 1, created: 119 });
  const report = async () => (await scene.product.call("getRunReport", { params: { id: run.id } })).body;
  const { source, target, seconds, recordsPerSecond } = await report();
  expect(source.minimum).toEqual({ reads: 3, finds: 0, writes: 5 });
  expect(target.minimum).toEqual({ reads: 0, finds: 3, writes: 6 });
  expect(source.calls).toBe(run.sourceCalls);
  expect(source.calls).toBeGreaterThanOrEqual(8);
  expect(target.calls).toBeGreaterThanOrEqual(9);
  expect(recordsPerSecond).toBeCloseTo(120 / (seconds ?? 0), 0);

  await scene.product.context.db.pool.query("delete from connections where id = 'shop'");
  expect((await report()).target.minimum).toBeNull();
});

test("a run that found nothing new needed one read, and one that waits has no speed yet", async () => {
  const scene = await playScene({ crm: createCrm([]) });
  const { body } = await scene.product.call("startRun", { params: { id: "tr_accounts" }, body: {} });
  const report = async () => (await scene.product.call("getRunReport", { params: { id: body.id } })).body;
  expect(await report()).toMatchObject({ seconds: null, recordsPerSecond: null });
  await scene.work();
  await scene.end(body.id);
  expect(await report()).toMatchObject({
    source: { minimum: { reads: 1, writes: 0 } },
    target: { minimum: { finds: 0, writes: 0 } },
  });
  expect((await scene.product.call("getRunReport", { params: { id: "none" } })).status).toBe(404);
});

test("lookups are told with how many questions they answered and what that cost", async () => {
  const customers = ["plain", "gold"].map((kind) => ({
    Id: kind,
    number: kind,
    name: kind,
    kind: kind.toUpperCase(),
  }));
  const shop = createShop({ rows: { Customer: customers }, limits: { findBatch: 40 } });
  const looking = exampleTransfer({
    mappings: {
      number: { value: "Number" },
      kind: { value: 'LOOKUP("Customer", "number", Kind, "kind", "none")' },
    },
  });
  const scene = await playScene(
    { crm: createCrm(manyAccounts(120), { limits: { readPage: 50 } }), shop },
    looking,
  );
  await scene.work();
  const run = await scene.run();
  const { body } = await scene.product.call("getRunReport", { params: { id: run.id } });
  expect(body.lookups).toEqual([
    { object: "Customer", field: "number", questions: 120, different: 1, requests: 1 },
  ]);
});

test("totals add both sides over all pages, exactly, and stay apart for each run", async () => {
  const totals = [
    { label: "Numbers", source: "VALUE(RIGHT(Number, 4)) + 0.1", target: "VALUE(RIGHT(target.number, 4))" },
    { label: "Never a number", source: "VALUE(Name)", target: "1", by: "Kind" },
  ];
  const crm = createCrm(manyAccounts(30), { limits: { readPage: 7 } });
  const scene = await playScene({ crm }, exampleTransfer({ totals }));
  await scene.work();
  for (const action of ["created", "unchanged"] as const) {
    const run = await scene.run();
    expect(run.counts[action]).toBe(30);
    const { body } = await scene.product.call("getRunReport", { params: { id: run.id } });
    expect(body.totals).toEqual([
      {
        label: "Numbers",
        by: null,
        source: "468.0",
        target: "465",
        difference: "3.0",
        records: 30,
        missing: 0,
      },
      {
        label: "Never a number",
        by: "plain",
        source: "0",
        target: "0",
        difference: "0",
        records: 0,
        missing: 30,
      },
    ]);
  }
});
