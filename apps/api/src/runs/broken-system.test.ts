/** A system that does not answer: its runs are put aside and go on by themselves, the others never notice. */
import { createGate } from "@fieldbridge/connectors";
import { Fault, type SystemPort } from "@fieldbridge/engine";
import { toIssue } from "@fieldbridge/model";
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createStage } from "../testing/run-scene.ts";
import { createCrm, createShop, manyAccounts } from "../testing/stand-in-system.ts";
import { waitUntil } from "../testing/wait-until.ts";

const { playScene, clear } = createStage();
afterEach(clear);

const down = new Fault(toIssue("CON-602", "", "Nothing answers."), { retryable: true, sent: false });
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** The shop behind a gate: no call reaches it while it is down. `calls` counts those that were tried then. */
function createFragileShop() {
  const shop = createShop();
  const gate = createGate({
    concurrency: 5,
    name: "Shop",
    now: () => Date.now(),
    sleep: wait,
    random: () => 0,
  });
  const state = { isDown: true, calls: 0 };
  const through = async <T>(call: () => Promise<T>): Promise<T> => {
    for (;;) {
      const leave = await gate.enter(60_000);
      try {
        if (!state.isDown) {
          gate.noteAnswer();
          return await call();
        }
        state.calls += 1;
        gate.noteFailure(down.issue);
      } finally {
        leave();
      }
    }
  };
  const port: SystemPort = {
    ...shop,
    find: (request) => through(() => shop.find(request)),
    write: (batch) => through(() => shop.write(batch)),
  };
  return { shop: { ...shop, ...port }, state };
}

test("a run that meets a broken system is put aside with the reason, goes on by itself and doubles nothing", async () => {
  const { shop, state } = createFragileShop();
  const scene = await playScene({ shop });
  await scene.work();
  const { body } = await scene.product.call("startRun", { params: { id: "tr_accounts" }, body: {} });
  const read = async () => (await scene.product.call("getRun", { params: { id: body.id } })).body;
  const aside = await waitUntil(read, (run) => run.resumeAt !== null);
  expect(aside).toMatchObject({ state: "queued", endedAt: null, issues: [{ code: "CON-611" }] });
  expect(aside.issues[0]?.message).toContain("Shop has not answered 5 calls in a row");
  state.isDown = false;
  expect(await scene.end(body.id)).toMatchObject({
    state: "finished",
    resumeAt: null,
    issues: [],
    counts: { read: 3, created: 3 },
  });
  expect(state.calls).toBe(5);
  expect(scene.shop.list("Customer")).toHaveLength(3);
});

test("a run that is put aside can be stopped by a person", async () => {
  const { shop } = createFragileShop();
  const scene = await playScene({ shop });
  await scene.work();
  const { body } = await scene.product.call("startRun", { params: { id: "tr_accounts" }, body: {} });
  const read = async () => (await scene.product.call("getRun", { params: { id: body.id } })).body;
  await waitUntil(read, (run) => run.resumeAt !== null);
  await scene.product.call("stopRun", { params: { id: body.id } });
  expect(await read()).toMatchObject({ state: "stopped", resumeAt: null });
});

test("twenty transfers to a broken system take no slot from a transfer between other systems", async () => {
  const { shop, state } = createFragileShop();
  const otherShop = createShop();
  const scene = await playScene({
    shop,
    others: { "other-crm": createCrm(manyAccounts(50)), "other-shop": otherShop },
  });
  const publish = async (id: string, source: string, target: string): Promise<void> => {
    const example = exampleTransfer();
    const definition = {
      ...example,
      id,
      source: { ...example.source, connection: source },
      target: { ...example.target, connection: target },
    };
    await scene.product.call("createTransfer", { body: { definition } });
    await scene.product.call("publishTransfer", { params: { id }, body: { draftRevision: 1 } });
  };
  const start = async (id: string) =>
    (await scene.product.call("startRun", { params: { id }, body: {} })).body.id;
  const stuck: string[] = [];
  for (let count = 0; count < 20; count += 1) {
    await publish(`tr_stuck_${count}`, "crm", "shop");
    stuck.push(await start(`tr_stuck_${count}`));
  }
  await publish("tr_other", "other-crm", "other-shop");
  const other = await start("tr_other");
  await scene.work();
  expect(await scene.end(other)).toMatchObject({ state: "finished", counts: { created: 50 } });
  const states = await waitUntil(
    () => Promise.all(stuck.map(async (id) => (await scene.product.call("getRun", { params: { id } })).body)),
    (runs) => runs.every((run) => run.resumeAt !== null),
  );
  expect(states.every((run) => run.state === "queued" && run.counts.held === 0)).toBe(true);
  // Five calls find it broken; those in flight beside them and a probe or two are all that comes on top.
  expect(state.calls).toBeLessThan(5 + 5 + 5);
});
