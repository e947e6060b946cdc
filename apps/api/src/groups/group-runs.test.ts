/** Groups from the request to the last member: the real queue, workers and database on systems in memory. */
import { Fault } from "@fieldbridge/engine";
import { toIssue, type GroupDefinition, type TransferDefinition } from "@fieldbridge/model";
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createSlowShop, createStage, type Scene } from "../testing/run-scene.ts";
import { createCrm, createShop, manyAccounts } from "../testing/stand-in-system.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { advanceGroupRun } from "./advance-group-run.ts";

const { playScene, clear } = createStage();
afterEach(clear);

/** A shop that tells in which order the transfers wrote; the transfer `tr_broken` fails there. */
function createTellingShop(inner = createShop()) {
  const order: string[] = [];
  const shop: typeof inner = {
    ...inner,
    write: async (batch) => {
      const text = JSON.stringify(batch);
      if (text.includes("tr_broken"))
        throw new Fault(toIssue("CON-601", "", "The secret was withdrawn."), { retryable: false });
      order.push(/"kind":"(\w+)"/.exec(text)?.[1] ?? "?");
      return inner.write(batch);
    },
  };
  return { shop, order };
}

/** Writes its own id, so that each of them changes every customer. */
const transferOf = (id: string, more: Partial<TransferDefinition> = {}): TransferDefinition =>
  exampleTransfer({
    id,
    name: `Transfer ${id}`,
    mappings: { number: { value: "Number" }, kind: { value: `"${id}"` } },
    ...more,
  });

const group = (
  members: Readonly<Record<string, readonly string[]>>,
  more: Partial<GroupDefinition> = {},
): GroupDefinition => ({
  id: "daily",
  name: "Daily",
  members: Object.entries(members).map(([transfer, after]) => ({ transfer, after: [...after] })),
  ...more,
});

async function publish({ product }: Scene, definition: TransferDefinition): Promise<void> {
  await product.call("createTransfer", { body: { definition } });
  const params = { id: definition.id };
  const { status } = await product.call("publishTransfer", { params, body: { draftRevision: 1 } });
  expect(status).toBe(200);
}

/** A stored group, with a published transfer for each member. */
async function playGroup(definition: GroupDefinition, shop = createShop(), accounts = 3): Promise<Scene> {
  const scene = await playScene({ shop, crm: createCrm(manyAccounts(accounts)) });
  for (const { transfer } of definition.members) await publish(scene, transferOf(transfer));
  expect((await scene.product.call("createGroup", { body: { definition } })).status).toBe(200);
  return scene;
}

const params = { id: "daily" };
const start = async ({ product }: Scene) => (await product.call("startGroupRun", { params })).body;
const endOf = ({ product }: Scene, id: string) =>
  waitUntil(
    async () => (await product.call("getGroupRun", { params: { id } })).body,
    (groupRun) => groupRun.state !== "running",
  );
const statesOf = ({ members }: { members: readonly { transferId: string; state: string }[] }) =>
  Object.fromEntries(members.map((member) => [member.transferId, member.state]));

test("members run in the order of the group, each as a run of its own that knows the group", async () => {
  const { shop, order } = createTellingShop();
  const scene = await playGroup(group({ tr_c: ["tr_b"], tr_a: [], tr_b: ["tr_a"] }), shop);
  await scene.work();
  const started = await start(scene);
  expect(started).toMatchObject({ groupId: "daily", number: 1, state: "running" });
  expect(statesOf(started)).toEqual({ tr_a: "running", tr_b: "waiting", tr_c: "waiting" });
  const ended = await endOf(scene, started.id);
  expect(ended.state).toBe("finished");
  expect(order).toEqual(["tr_a", "tr_b", "tr_c"]);
  const runs = await scene.product.call("listRuns");
  expect(runs.body.items.map((run) => [run.transferId, run.trigger, run.group?.runId])).toEqual([
    ["tr_c", "group", ended.id],
    ["tr_b", "group", ended.id],
    ["tr_a", "group", ended.id],
  ]);
  expect((await scene.product.call("getGroup", { params })).body.lastRun).toMatchObject({ id: ended.id });
});

test("a failing member stops only what depends on it; everything else goes on", async () => {
  const members = { tr_broken: [], tr_b: ["tr_broken"], tr_c: ["tr_b"], tr_d: [], tr_e: ["tr_d"] };
  const { shop, order } = createTellingShop();
  const scene = await playGroup(group(members), shop);
  await scene.work();
  const ended = await endOf(scene, (await start(scene)).id);
  expect(ended.state).toBe("failed");
  expect(ended.members.map((member) => [member.transferId, member.state, member.reason])).toEqual([
    ["tr_broken", "failed", "The secret was withdrawn."],
    ["tr_b", "not-started", "Transfer tr_broken failed."],
    ["tr_c", "not-started", "Transfer tr_broken failed."],
    ["tr_d", "passed", null],
    ["tr_e", "passed", null],
  ]);
  expect(order).toEqual(["tr_d", "tr_e"]);
});

test("a member that needs a clean run does not start after held records, the others do", async () => {
  const shop = createShop({
    refuse: (_object, values) =>
      values["number"] === "A0002" ? toIssue("WRT-303", "kind", "Kind is not known.") : null,
  });
  const definition = group({ tr_a: [], tr_b: ["tr_a"], tr_c: ["tr_a"] });
  definition.members.splice(2, 1, { transfer: "tr_c", after: ["tr_a"], needs: "clean" });
  const scene = await playGroup(definition, shop);
  await scene.work();
  const ended = await endOf(scene, (await start(scene)).id);
  expect(statesOf(ended)).toEqual({ tr_a: "passed", tr_b: "passed", tr_c: "not-started" });
  expect(ended.members[2]?.reason).toBe("Transfer tr_a held 1 record.");
});

test("I12: what a crash left between the end of one member and the start of the next is taken up, once", async () => {
  const { shop, order } = createTellingShop();
  const scene = await playGroup(group({ tr_a: [], tr_b: ["tr_a"] }), shop);
  const { context } = scene.product;
  const started = await start(scene);
  // The worker that ended the first member died before it took the next step.
  await context.db.pool.query(
    "update runs set state = 'finished', ended_at = now() where transfer_id = 'tr_a'",
  );
  const before = await scene.product.call("getGroupRun", { params: { id: started.id } });
  expect(statesOf(before.body)).toEqual({ tr_a: "running", tr_b: "waiting" });
  await Promise.all(Array.from({ length: 5 }, () => advanceGroupRun(context, started.id)));
  const { rows } = await context.db.pool.query("select 1 from runs where transfer_id = 'tr_b'");
  expect(rows).toHaveLength(1);
  await scene.work();
  expect((await endOf(scene, started.id)).state).toBe("finished");
  expect(order).toEqual(["tr_b"]);
});

test("I12: a worker's own sweep finds a group run that nobody woke it for", async () => {
  const scene = await playGroup(group({ tr_a: [], tr_b: ["tr_a"] }));
  const started = await start(scene);
  await scene.product.context.db.pool.query(
    "update runs set state = 'finished', ended_at = now() where transfer_id = 'tr_a'",
  );
  await scene.work();
  expect((await endOf(scene, started.id)).state).toBe("finished");
});

test("two workers at once start each member once", async () => {
  const wide = { tr_a: [], tr_b: [], tr_c: [], tr_d: ["tr_a", "tr_b", "tr_c"], tr_e: ["tr_d"] };
  const scene = await playGroup(group(wide));
  await Promise.all([scene.work(), scene.work()]);
  const ended = await endOf(scene, (await start(scene)).id);
  expect(ended.state).toBe("finished");
  const runs = (await scene.product.call("listRuns")).body.items.map((run) => run.transferId);
  expect(runs.slice(0, 2)).toEqual(["tr_e", "tr_d"]);
  expect(runs.slice(2).toSorted()).toEqual(["tr_a", "tr_b", "tr_c"]);
});

test("a member whose transfer is running already waits for it, then runs", async () => {
  const { shop, release, isWaiting } = createSlowShop(1);
  const scene = await playGroup(group({ tr_a: [] }), shop);
  await scene.work();
  await scene.product.call("startRun", { params: { id: "tr_a" }, body: {} });
  await isWaiting;
  const started = await start(scene);
  expect(started.members[0]?.run?.state).toBe("queued");
  release();
  expect((await endOf(scene, started.id)).state).toBe("finished");
  const runs = (await scene.product.call("listRuns")).body.items;
  expect(runs.map((run) => [run.trigger, run.state])).toEqual([
    ["group", "finished"],
    ["manual", "finished"],
  ]);
});

test("a stop starts no further member, asks the running ones to stop, and ends the group run", async () => {
  const { shop, release, isWaiting } = createSlowShop(1);
  const scene = await playGroup(group({ tr_a: [], tr_b: ["tr_a"] }), shop, 300);
  await scene.work();
  const { id } = await start(scene);
  await isWaiting;
  const asked = await scene.product.call("stopGroupRun", { params: { id } });
  expect(asked.body).toMatchObject({ state: "running", stopRequested: true });
  release();
  const ended = await endOf(scene, id);
  expect(ended.state).toBe("stopped");
  expect(statesOf(ended)).toEqual({ tr_a: "stopped", tr_b: "not-started" });
});

test("a stop before anything began ends the group run at once", async () => {
  const scene = await playGroup(group({ tr_a: [], tr_b: ["tr_a"] }));
  const { id } = await start(scene);
  const { body } = await scene.product.call("stopGroupRun", { params: { id } });
  expect(body.state).toBe("stopped");
});

test("a group runs once at a time, and not while it has issues; a circle is named with its path", async () => {
  const scene = await playGroup(group({ tr_a: [] }));
  const both = await Promise.all([1, 2].map(() => scene.product.call("startGroupRun", { params })));
  expect(new Set(both.map((answer) => answer.status))).toEqual(new Set([200, 409]));

  await publish(scene, transferOf("tr_b"));
  const circle = group({ tr_a: ["tr_b"], tr_b: ["tr_a"] });
  const checked = await scene.product.call("checkGroup", { body: { definition: circle } });
  expect(checked.body).toMatchObject({ ok: false, issues: [{ code: "GRP-004" }] });
  const saved = await scene.product.call("saveGroup", { params, body: { definition: circle, revision: 1 } });
  expect(saved.body.revision).toBe(2);
  const refused = await scene.product.call("startGroupRun", { params });
  expect(refused.status).toBe(409);
  expect(JSON.stringify(refused.body)).toContain("Transfer tr_b → Transfer tr_a → Transfer tr_b");
  const late = await scene.product.call("saveGroup", { params, body: { definition: circle, revision: 1 } });
  expect(late.status).toBe(409);
});

test("the parameters of the group reach the members that know them, and a member's own win", async () => {
  const asks = { parameters: { Company: { type: "text" as const, default: "none" } } };
  const definition = group({ tr_accounts: [] }, { parameters: { Company: "North", Other: "x" } });
  const scene = await playScene();
  await publish(scene, transferOf("tr_a", asks));
  await publish(scene, transferOf("tr_b", asks));
  definition.members.push(
    { transfer: "tr_a", after: [] },
    { transfer: "tr_b", after: [], parameters: { Company: "South" } },
  );
  await scene.product.call("createGroup", { body: { definition } });
  await start(scene);
  const runs = (await scene.product.call("listRuns")).body.items;
  expect(Object.fromEntries(runs.map((run) => [run.transferId, run.parameters]))).toEqual({
    tr_accounts: {},
    tr_a: { Company: "North" },
    tr_b: { Company: "South" },
  });
});

test("a transfer that is in a group is not deleted; the group goes with its history and leaves the transfers", async () => {
  const scene = await playGroup(group({ tr_a: [] }));
  const refused = await scene.product.call("deleteTransfer", { params: { id: "tr_a" } });
  expect(refused.status).toBe(409);
  expect(JSON.stringify(refused.body)).toContain('in the group \\"Daily\\"');
  const { id } = await start(scene);
  expect((await scene.product.call("deleteGroup", { params })).status).toBe(409);
  await scene.product.call("stopGroupRun", { params: { id } });
  expect((await scene.product.call("listGroupRuns", { params })).body.total).toBe(1);
  expect((await scene.product.call("deleteGroup", { params })).status).toBe(200);
  expect((await scene.product.call("getGroupRun", { params: { id } })).status).toBe(404);
  expect((await scene.product.call("listRuns")).body.items).toMatchObject([
    { transferId: "tr_a", group: null },
  ]);
  expect((await scene.product.call("deleteTransfer", { params: { id: "tr_a" } })).status).toBe(200);
});

test("the order is proposed from what the transfers ask of each other", async () => {
  const scene = await playScene();
  const value = 'LOOKUP("Customer", "number", Number, "name")';
  await scene.product.call("createTransfer", {
    body: { definition: exampleTransfer({ id: "tr_lookup", mappings: { name: { value } } }) },
  });
  const { body } = await scene.product.call("suggestGroupOrder", {
    body: { transfers: ["tr_lookup", "tr_accounts", "tr_unknown"] },
  });
  expect(body.members).toEqual([
    {
      transfer: "tr_lookup",
      after: [{ transfer: "tr_accounts", reason: "It looks up Customer, which are written there." }],
    },
    { transfer: "tr_accounts", after: [] },
  ]);
});
