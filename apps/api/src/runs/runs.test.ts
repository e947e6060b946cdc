/** Runs from the request to the last outcome: the real queue, worker, stores and engine on systems in memory. */
import { runEvent, toIssue } from "@fieldbridge/model";
import { Fault } from "@fieldbridge/engine";
import { createFaultPoints } from "@fieldbridge/engine/testing";
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createSlowShop, createStage, type Scene } from "../testing/run-scene.ts";
import { createCrm, createShop, manyAccounts } from "../testing/stand-in-system.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { rerunDueHeld } from "./start-run.ts";

const { playScene, clear } = createStage();
afterEach(clear);

const startOne = async ({ product }: Scene) =>
  (await product.call("startRun", { params: { id: "tr_accounts" }, body: {} })).body.id;

const sum = ({ read: _read, ...others }: Record<string, number>) =>
  Object.values(others).reduce((total, each) => total + each, 0);

test("a run goes through the queue to the target, with one outcome for each record and counts that add up", async () => {
  const scene = await playScene({ crm: createCrm(manyAccounts(250)) });
  await scene.work();
  const run = await scene.run();
  expect(run).toMatchObject({
    state: "finished",
    revision: 1,
    number: 1,
    counts: { read: 250, created: 250 },
  });
  expect(sum(run.counts)).toBe(run.counts.read);
  expect(run.sourceCalls).toBeGreaterThan(0);
  expect(scene.shop.list("Customer")).toHaveLength(250);
  const pages: string[] = [];
  for (let after: string | undefined; ;) {
    const { body } = await scene.product.call("listOutcomes", {
      params: { id: run.id },
      query: { limit: "100", ...(after && { after }) },
    });
    expect(body.total).toBe(250);
    pages.push(...body.items.map((item) => item.sourceKey));
    if (body.next === null) break;
    after = body.next;
  }
  expect(new Set(pages).size).toBe(250);
  expect(pages).toHaveLength(250);
});

test("running twice creates nothing twice", async () => {
  const scene = await playScene();
  await scene.work();
  await scene.run();
  const again = await scene.run();
  expect(again.counts).toMatchObject({ read: 3, unchanged: 3, created: 0 });
  expect(scene.shop.list("Customer")).toHaveLength(3);
});

test("outcomes are found by action and by words", async () => {
  const scene = await playScene();
  await scene.work();
  const { id } = await scene.run();
  const list = (query: Record<string, string>) =>
    scene.product.call("listOutcomes", { params: { id }, query }).then(({ body }) => body.total);
  expect(await list({ action: "created" })).toBe(3);
  expect(await list({ action: "held" })).toBe(0);
  expect(await list({ search: "a0002" })).toBe(1);
  expect(await list({ search: "%" })).toBe(0);
});

test("a refused record is held with its cause, and a re-run after the repair closes it", async () => {
  let broken = true;
  const shop = createShop({
    refuse: (_object, values) =>
      broken && values["number"] === "A0002" ? toIssue("WRT-303", "kind", "Kind is not known.") : null,
  });
  const scene = await playScene({ shop });
  await scene.work();
  const run = await scene.run();
  expect(run).toMatchObject({ state: "finished", counts: { created: 2, held: 1 } });

  const { product } = scene;
  const causes = await product.call("listCauses", { params: { id: run.id } });
  expect(causes.body.items).toMatchObject([{ count: 1, issue: { code: "WRT-303" } }]);
  const held = await product.call("listHeld", { query: { runId: run.id } });
  const [record] = held.body.items;
  expect(record).toMatchObject({ sourceKey: "id-A0002", state: "open", attempts: 1, class: "data" });
  expect(record?.nextAttemptAt).not.toBeNull();
  const id = record?.id ?? "";
  const detail = await product.call("getHeld", { params: { id } });
  expect(detail.body.trail.source).toMatchObject({ Number: "A0002" });
  expect((await product.call("getHome")).body.openHeld).toMatchObject([
    { transferId: "tr_accounts", count: 1 },
  ]);

  const failing = await product.call("rerunHeld", { body: { ids: [id] } });
  await scene.end(failing.body.runs[0]?.id ?? "");
  expect((await product.call("getHeld", { params: { id } })).body).toMatchObject({
    state: "open",
    attempts: 2,
  });

  broken = false;
  const rerun = await product.call("rerunHeld", { body: { ids: [id] } });
  expect(rerun.body.runs).toMatchObject([{ trigger: "re-run", scope: { kind: "held", heldIds: [id] } }]);
  const ended = await scene.end(rerun.body.runs[0]?.id ?? "");
  expect(ended.counts).toMatchObject({ read: 1, created: 1, held: 0 });
  expect((await product.call("getHeld", { params: { id } })).body).toMatchObject({ state: "resolved" });
  expect((await product.call("listHeld")).body.total).toBe(0);
  expect((await product.call("listCauses", { params: { id: run.id } })).body.total).toBe(0);
  expect((await product.call("rerunHeld", { body: { ids: [id] } })).status).toBe(400);
});

test("an ignored record is closed with its reason and not tried again", async () => {
  const shop = createShop({ refuse: () => toIssue("WRT-303", "kind", "Kind is not known.") });
  const scene = await playScene({ shop });
  await scene.work();
  await scene.run();
  const [record] = (await scene.product.call("listHeld")).body.items;
  const params = { id: record?.id ?? "" };
  const ignored = await scene.product.call("ignoreHeld", { params, body: { reason: "A test account" } });
  expect(ignored.body).toMatchObject({
    state: "ignored",
    ignoredReason: "A test account",
    nextAttemptAt: null,
  });
  expect((await scene.product.call("ignoreHeld", { params, body: { reason: "Again" } })).status).toBe(400);
  expect((await scene.product.call("getHeld", { params: { id: "999999" } })).status).toBe(404);
  expect((await scene.product.call("getHeld", { params: { id: "x'; drop" } })).status).toBe(404);
});

test("a transfer runs once at a time: a second start is refused with 409 while one waits", async () => {
  const scene = await playScene();
  const start = () => scene.product.call("startRun", { params: { id: "tr_accounts" }, body: {} });
  const answers = await Promise.all([start(), start(), start()]);
  expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 409, 409]);
});

test("a run that waits is stopped at once, and a stopped one stays stopped", async () => {
  const scene = await playScene();
  const started = await scene.product.call("startRun", { params: { id: "tr_accounts" }, body: {} });
  const stopped = await scene.product.call("stopRun", { params: { id: started.body.id } });
  expect(stopped.body.state).toBe("stopped");
  await scene.work();
  const next = await scene.run();
  expect(next.state).toBe("finished");
  expect((await scene.product.call("getRun", { params: { id: started.body.id } })).body.state).toBe(
    "stopped",
  );
});

test("a run keeps its revision although the draft moves on", async () => {
  const scene = await playScene();
  const started = await scene.product.call("startRun", { params: { id: "tr_accounts" }, body: {} });
  const draft = exampleTransfer({ mappings: { number: { value: '"X" & Number' }, name: { value: "Name" } } });
  await scene.product.call("saveDraft", {
    params: { id: "tr_accounts" },
    body: { definition: draft, draftRevision: 1 },
  });
  await scene.work();
  await scene.end(started.body.id);
  expect(scene.shop.list("Customer").map((row) => row["number"])).toEqual(["A0001", "A0002", "A0003"]);
});

test("two workers share many runs and no run is executed twice", async () => {
  const scene = await playScene();
  await Promise.all([scene.work(), scene.work()]);
  for (let round = 0; round < 5; round += 1) {
    const run = await scene.run();
    expect(run.counts.read).toBe(3);
    const outcomes = await scene.product.call("listOutcomes", { params: { id: run.id } });
    expect(outcomes.body.total).toBe(3);
  }
  expect(scene.shop.writes()).toBe(3);
});

test("a connection that is gone ends the run as failed, in plain words", async () => {
  const scene = await playScene();
  await scene.product.context.db.pool.query("delete from connections where id = 'shop'");
  await scene.work();
  const run = await scene.run();
  expect(run.state).toBe("failed");
  expect(run.issues[0]?.message).toContain("shop");
  const failed = await scene.product.call("listRuns", { query: { failed: "true" } });
  expect(failed.body.items.map((each) => each.id)).toEqual([run.id]);
});

test("a field that vanished since the publish fails the run before anything is written", async () => {
  const crm = createCrm(manyAccounts(3));
  let hasName = true;
  const changing: typeof crm = {
    ...crm,
    discoverObject: async (name) => {
      const schema = await crm.discoverObject(name);
      return hasName ? schema : { ...schema, fields: schema.fields.filter((each) => each.name !== "Name") };
    },
  };
  const scene = await playScene({ crm: changing });
  hasName = false;
  await scene.work();
  const run = await scene.run();
  expect(run.state).toBe("failed");
  expect(JSON.stringify(run.issues)).toContain("Name");
  expect(scene.shop.list("Customer")).toHaveLength(0);
});

test("a system that fails in the middle fails the run; the next one brings the rest and doubles nothing", async () => {
  let writes = 0;
  const faultPoints = createFaultPoints(({ call, at }) => {
    if (call !== "shop.write" || at !== "before") return;
    writes += 1;
    if (writes === 3)
      throw new Fault(toIssue("CON-601", "", "The secret was withdrawn."), { retryable: false });
  });
  const scene = await playScene({ shop: createShop({ faultPoints }), crm: createCrm(manyAccounts(250)) });
  await scene.work();
  const run = await scene.run();
  expect(run).toMatchObject({ state: "failed", issues: [{ code: "CON-601" }] });
  const next = await scene.run();
  expect(next.state).toBe("finished");
  const numbers = scene.shop.list("Customer").map((row) => row["number"]);
  expect(new Set(numbers).size).toBe(250);
  expect(numbers).toHaveLength(250);
});

test("a run that is asked to stop stops behind the page being written, and the next one brings the rest", async () => {
  const { shop, release, isWaiting } = createSlowShop(2);
  const crm = createCrm(manyAccounts(120), { limits: { readPage: 50 } });
  const scene = await playScene({ shop, crm });
  await scene.work();
  const id = await startOne(scene);
  await isWaiting;
  await scene.product.call("stopRun", { params: { id } });
  release();
  const run = await scene.end(id);
  expect(run).toMatchObject({ state: "stopped", issues: [{ code: "RUN-706" }] });
  expect(run.counts.read).toBeLessThan(120);
  const outcomes = await scene.product.call("listOutcomes", { params: { id } });
  expect(outcomes.body.total).toBe(run.counts.read);
  await scene.run();
  expect(shop.list("Customer")).toHaveLength(120);
});

test("a worker that ends gives its run back, and another goes on with it where it was", async () => {
  const { shop, release, isWaiting } = createSlowShop(2);
  const crm = createCrm(manyAccounts(120), { limits: { readPage: 50 } });
  const scene = await playScene({ shop, crm });
  const worker = await scene.work();
  const id = await startOne(scene);
  await isWaiting;
  const stopped = worker.stop();
  release();
  await stopped;
  const between = (await scene.product.call("getRun", { params: { id } })).body;
  expect(between.state).toBe("running");
  expect(between.counts.read).toBeGreaterThan(0);
  expect(between.counts.read).toBeLessThan(120);

  await scene.work();
  const run = await scene.end(id);
  expect(run).toMatchObject({ state: "finished", number: 1 });
  expect(shop.list("Customer")).toHaveLength(120);
  const outcomes = await scene.product.call("listOutcomes", { params: { id } });
  expect(outcomes.body.total).toBe(run.counts.read);
  expect(sum(run.counts)).toBe(run.counts.read);
});

test("a re-run of held records waits behind the run of its transfer and then goes by itself", async () => {
  const { shop, release, isWaiting } = createSlowShop(1);
  const scene = await playScene({ shop });
  await scene.work();
  const id = await startOne(scene);
  await isWaiting;
  await scene.product.context.db.pool.query(
    `insert into held_records (transfer_id, source_key, step, label, class, signature, issues, state, attempts,
       first_run_id, last_run_id, held_since)
     values ('tr_accounts', 'id-A0002', 'record', 'A0002', 'data', 's', '[]', 'open', 1, 'r', 'r', now())`,
  );
  const [held] = (await scene.product.call("listHeld")).body.items;
  const rerun = await scene.product.call("rerunHeld", { body: { ids: [held?.id ?? ""] } });
  const rerunId = rerun.body.runs[0]?.id ?? "";
  release();
  const first = await scene.end(id);
  const second = await scene.end(rerunId);
  expect(second.state).toBe("finished");
  expect(Date.parse(second.startedAt ?? "")).toBeGreaterThanOrEqual(Date.parse(first.endedAt ?? ""));
});

test("held records whose time has come are tried again by themselves, as one run of their transfer", async () => {
  let broken = true;
  const shop = createShop({
    refuse: () => (broken ? toIssue("WRT-307", "", "Locked by somebody.") : null),
  });
  const scene = await playScene({ shop });
  await scene.work();
  const first = await scene.run();
  expect(first.counts.held).toBe(3);
  const { db } = scene.product.context;
  await rerunDueHeld(scene.product.context);
  expect((await scene.product.call("listRuns")).body.total).toBe(1);
  broken = false;
  await db.pool.query("update held_records set next_attempt_at = now()");
  await Promise.all([rerunDueHeld(scene.product.context), rerunDueHeld(scene.product.context)]);
  const runs = await waitUntil(
    async () => (await scene.product.call("listRuns")).body.items,
    (items) => items.length > 1 && items.every((each) => each.state === "finished"),
  );
  expect(runs[0]).toMatchObject({
    trigger: "schedule",
    scope: { kind: "held" },
    counts: { read: 3, created: 3 },
  });
  expect((await scene.product.call("listHeld")).body.total).toBe(0);
  expect(shop.list("Customer")).toHaveLength(3);
});

test("many transfers run side by side: one that waits for its system delays no other", async () => {
  const { shop, release, isWaiting } = createSlowShop(1);
  const scene = await playScene({ shop });
  await scene.work();
  const slow = await startOne(scene);
  await isWaiting;
  const other = exampleTransfer({ id: "tr_other", name: "Other", filter: 'Number = "nobody"' });
  await scene.product.call("createTransfer", { body: { definition: other } });
  await scene.product.call("publishTransfer", { params: { id: "tr_other" }, body: { draftRevision: 1 } });
  const quick = await scene.product.call("startRun", { params: { id: "tr_other" }, body: {} });
  expect(await scene.end(quick.body.id)).toMatchObject({ state: "finished" });
  expect((await scene.product.call("getRun", { params: { id: slow } })).body.state).toBe("running");
  release();
  await scene.end(slow);
});

test("the events of a run reach a browser, the last one always, and a stream ends with the server", async () => {
  const scene = await playScene({ crm: createCrm(manyAccounts(500), { limits: { readPage: 10 } }) });
  const url = await scene.product.app.listen({ host: "127.0.0.1", port: 0 });
  const stream = await fetch(`${url}/api/events`, { headers: { "last-event-id": "41" } });
  expect(stream.headers.get("content-type")).toContain("text/event-stream");
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  const readUntil = async (isDone: () => boolean) => {
    for (;;) {
      const part = await reader?.read();
      text += part?.value ?? "";
      if (part?.done || isDone()) return part?.done;
    }
  };
  await scene.work();
  const startedAt = Date.now();
  const id = await startOne(scene);
  await readUntil(() => text.includes('"state":"finished"'));
  const seconds = (Date.now() - startedAt) / 1000;
  const events = [...text.matchAll(/^data: (.*)$/gm)].map(([, data = ""]) =>
    runEvent.parse(JSON.parse(data)),
  );
  expect(events.length).toBeLessThanOrEqual(Math.ceil(seconds) + 1);
  expect(events.at(-1)).toMatchObject({ runId: id, state: "finished", counts: { read: 500, created: 500 } });
  expect(text).toMatch(/^id: 42$/m);
  const closed = scene.product.app.close();
  expect(await readUntil(() => false)).toBe(true);
  await closed;
});
