/** Comparing both sides through the API: what is found is counted, listed and repaired, on a real database. */
import type { RunScope } from "@fieldbridge/model";
import { createFaultPoints } from "@fieldbridge/engine/testing";
import { afterEach, expect, test } from "vitest";
import { createStage, type Scene } from "../testing/run-scene.ts";
import { createCrm, createShop, manyAccounts } from "../testing/stand-in-system.ts";

const { playScene, clear } = createStage();
afterEach(clear);

const look: RunScope = { kind: "compare", repair: false };

const compare = async (scene: Scene, scope = look) => {
  const params = { id: "tr_accounts" };
  const { body } = await scene.product.call("startRun", { params, body: { scope } });
  return scene.end(body.id);
};

const listDrift = async ({ product }: Scene, id: string, drift: string) =>
  (await product.call("listOutcomes", { params: { id }, query: { drift } })).body.items;

/** Ten transferred accounts: one renamed there, one deleted here, one lost there, and an eleventh never transferred. */
async function playDrifted(): Promise<Scene> {
  const scene = await playScene({ crm: createCrm(manyAccounts(10)) });
  await scene.work();
  await scene.run();
  const customer = (number: string): string => {
    const id = scene.shop.list("Customer").find((row) => row["number"] === number)?.["Id"];
    return typeof id === "string" ? id : "";
  };
  scene.shop.change("Customer", customer("A0001"), { name: "Århus" });
  scene.shop.change("Customer", customer("A0002"), null);
  scene.crm.change("Account", "id-A0003", null);
  scene.crm.change("Account", "id-A0011", { Number: "A0011", Name: "Account A0011" });
  return scene;
}

test("a compare counts and lists what differs, writes nothing and leaves the counts adding up", async () => {
  const scene = await playDrifted();
  const writes = scene.shop.writes();
  const run = await compare(scene);
  expect(run).toMatchObject({
    state: "finished",
    drift: 4,
    counts: { read: 11, unchanged: 7, skipped: 4, created: 0, updated: 0, held: 0 },
  });
  expect(scene.shop.writes()).toBe(writes);
  expect((await scene.product.call("listHeld")).body.total).toBe(0);
  expect(await listDrift(scene, run.id, "true")).toHaveLength(4);
  expect(await listDrift(scene, run.id, "different")).toMatchObject([
    {
      sourceKey: "id-A0001",
      reason: 'name: "Account A0001" here, "Århus" there',
      differences: [{ path: "name", before: "Århus", after: "Account A0001", change: "changed" }],
    },
  ]);
  expect(await listDrift(scene, run.id, "missing")).toMatchObject([{ sourceKey: "id-A0011" }]);
  const orphans = await listDrift(scene, run.id, "orphaned");
  expect(orphans.map((each) => each.sourceKey).sort()).toEqual(["id-A0002", "id-A0003"]);
});

test("what a compare found is repaired by one request: created or updated, never deleted", async () => {
  const scene = await playDrifted();
  const found = await compare(scene);
  const { body } = await scene.product.call("repairDrift", { params: { id: found.id } });
  expect(body.scope).toEqual({ kind: "compare", repair: true, keys: ["id-A0001", "id-A0011"] });
  const repaired = await scene.end(body.id);
  expect(repaired).toMatchObject({ drift: 2, counts: { read: 2, created: 1, updated: 1, removed: 0 } });
  expect(await compare(scene)).toMatchObject({ drift: 2, counts: { unchanged: 9 } });
  const again = await scene.product.call("repairDrift", { params: { id: repaired.id } });
  expect([again.status, again.body]).toMatchObject([409, { code: "API-905" }]);
});

test("the cursor and the links are as they were before the compare", async () => {
  const scene = await playDrifted();
  const remembered = async () => {
    const params = { id: "tr_accounts" };
    const cursor = await scene.product.call("getCursor", { params });
    const links = await scene.product.call("listLinks", { params });
    return { cursor: cursor.body, links: links.body };
  };
  const before = await remembered();
  await compare(scene);
  expect(await remembered()).toEqual(before);
});

test("an ordinary run has no drift, not even none", async () => {
  const scene = await playScene();
  await scene.work();
  expect((await scene.run()).drift).toBeNull();
});

test("the report counts one search per batch of compared records as the fewest", async () => {
  const crm = createCrm(manyAccounts(30), { limits: { readPage: 10 } });
  const scene = await playScene({ crm, shop: createShop({ limits: { findBatch: 10 } }) });
  await scene.work();
  await scene.run();
  const { id } = await compare(scene);
  const { body } = await scene.product.call("getRunReport", { params: { id } });
  expect(body.target.minimum).toEqual({ reads: 0, finds: 3, writes: 0 });
  expect(body.source.minimum?.reads).toBe(3);
});

test("I2: a compare whose worker ends in the middle goes on without a second outcome", async () => {
  let pages = 0;
  let reached = (): void => {};
  const isHalfDone = new Promise<void>((resolve) => (reached = resolve));
  const crm = createCrm(manyAccounts(10), {
    limits: { readPage: 2 },
    faultPoints: createFaultPoints(({ call, at }) => {
      if (call === "crm.readPage" && at === "before" && ++pages === 3) reached();
    }),
  });
  const scene = await playScene({ crm });
  const first = await scene.work();
  const started = await scene.product.call("startRun", {
    params: { id: "tr_accounts" },
    body: { scope: look },
  });
  await isHalfDone;
  await first.stop();
  await scene.work();
  const run = await scene.end(started.body.id);
  expect(run).toMatchObject({ state: "finished", drift: 10, counts: { read: 10, skipped: 10 } });
  const outcomes = await listDrift(scene, run.id, "missing");
  expect(new Set(outcomes.map((each) => each.sourceKey)).size).toBe(10);
});
