/** Records that disappear from the source: the guard, a person's confirmation, and removals that are held. */
import { toIssue, type TransferDefinition } from "@fieldbridge/model";
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createStage, type Scene } from "../testing/run-scene.ts";
import { createCrm, createShop, manyAccounts } from "../testing/stand-in-system.ts";

const { playScene, clear } = createStage();
afterEach(clear);

const params = { id: "tr_accounts" };

const runRemovals = async (scene: Scene, confirmed?: number) => {
  const scope = { kind: "removals" as const, ...(confirmed !== undefined && { confirmed }) };
  const { body } = await scene.product.call("startRun", { params, body: { scope } });
  return scene.end(body.id);
};

/** Twenty accounts that were transferred, of which the first `gone` then disappear. */
const playRemovals = async (
  gone: number,
  removals: TransferDefinition["removals"] = { mode: "delete" },
  shop = createShop(),
): Promise<Scene> => {
  const crm = createCrm(manyAccounts(20));
  const scene = await playScene({ crm, shop }, exampleTransfer({ removals }));
  await scene.work();
  await scene.run();
  for (const { Id } of manyAccounts(gone)) if (typeof Id === "string") crm.change("Account", Id, null);
  return scene;
};

test("R14: above the guard nothing is removed, the missing records are named, and a person confirms exactly those", async () => {
  const scene = await playRemovals(4);
  const stopped = await scene.run();
  expect(stopped).toMatchObject({ state: "stopped", counts: { removed: 0 }, issues: [{ code: "RUN-707" }] });
  expect(stopped.issues[0]?.message).toContain("4 of 20 linked records (20 %)");
  expect(scene.shop.list("Customer")).toHaveLength(20);

  const { body } = await scene.product.call("listRemovals", { params });
  expect(body).toMatchObject({ linked: 20, gone: 4, mode: "delete" });
  expect(body.sample.map((each) => each.label)).toEqual(["A0001", "A0002", "A0003", "A0004"]);

  const confirmed = await runRemovals(scene, body.gone);
  expect(confirmed).toMatchObject({ state: "finished", counts: { read: 4, removed: 4 } });
  expect(scene.shop.list("Customer")).toHaveLength(16);
  expect((await scene.product.call("listRemovals", { params })).body).toMatchObject({ linked: 16, gone: 0 });
  expect((await scene.product.call("listLinks", { params })).body.total).toBe(16);
});

test("I10: a record within the guard is removed by the run itself, and its link with it", async () => {
  const scene = await playRemovals(1);
  expect(await scene.run()).toMatchObject({ state: "finished", counts: { unchanged: 19, removed: 1 } });
  expect(scene.shop.list("Customer")).toHaveLength(19);
  expect((await scene.run()).counts.removed).toBe(0);
});

test("a flagged record is remembered as flagged, and linked again when it comes back", async () => {
  const scene = await playRemovals(1, { mode: "flag", values: { kind: '"gone"' } });
  expect((await scene.run()).counts).toMatchObject({ removed: 1 });
  expect(scene.shop.list("Customer")[0]).toMatchObject({ kind: "gone" });
  const links = await scene.product.call("listLinks", { params });
  expect(links.body.items[0]).toMatchObject({ state: "flagged" });
  scene.crm.change("Account", "id-A0001", { Number: "A0001", Name: "Back" });
  expect((await scene.run()).counts).toMatchObject({ updated: 1, removed: 0 });
  expect((await scene.product.call("listLinks", { params })).body.items[0]).toMatchObject({
    state: "linked",
  });
});

test("a removal the target refuses is held with its reason, not counted again, and passes when it is tried again", async () => {
  let isPosted = true;
  const shop = createShop({
    refuse: (_object, _values, op) =>
      op === "delete" && isPosted ? toIssue("WRT-310", "", "It is posted.") : null,
  });
  const scene = await playRemovals(1, { mode: "delete" }, shop);
  expect((await scene.run()).counts).toMatchObject({ held: 1, removed: 0 });
  const [held] = (await scene.product.call("listHeld")).body.items;
  expect(held).toMatchObject({ step: "removal", label: "A0001", issues: [{ message: "It is posted." }] });
  expect((await scene.run()).counts).toMatchObject({ held: 0, removed: 0, unchanged: 19 });

  isPosted = false;
  const { body } = await scene.product.call("rerunHeld", { body: { ids: [held?.id ?? ""] } });
  expect((await scene.end(body.runs[0]?.id ?? "")).counts).toMatchObject({ read: 1, removed: 1 });
  expect((await scene.product.call("listHeld")).body.items).toEqual([]);
  expect(shop.list("Customer")).toHaveLength(19);
});

test("a removal a person chose to ignore is neither tried nor counted again", async () => {
  const shop = createShop({
    refuse: (_object, _values, op) => (op === "delete" ? toIssue("WRT-310", "", "It is posted.") : null),
  });
  const scene = await playRemovals(1, { mode: "delete" }, shop);
  await scene.run();
  const [held] = (await scene.product.call("listHeld")).body.items;
  const ignored = await scene.product.call("ignoreHeld", {
    params: { id: held?.id ?? "" },
    body: { reason: "Posted." },
  });
  expect(ignored.body).toMatchObject({ state: "ignored" });
  expect((await scene.run()).counts).toMatchObject({ held: 0, removed: 0 });
  expect((await scene.product.call("listRemovals", { params })).body.gone).toBe(0);
});

test("a run of removals is refused where the transfer ignores them", async () => {
  const scene = await playScene({}, exampleTransfer());
  const { status } = await scene.product.call("startRun", {
    params,
    body: { scope: { kind: "removals" } },
  });
  expect(status).toBe(409);
});

test("the preview counts what would be removed and writes nothing", async () => {
  const scene = await playRemovals(3);
  const { body } = await scene.product.call("previewTransfer", {
    params,
    body: { selection: { kind: "removals", limit: 2 } },
  });
  expect(body).toMatchObject({ counts: { removed: 3 }, matching: 20 });
  expect(body.records.map((each) => [each.label, each.action])).toEqual([
    ["A0001", "removed"],
    ["A0002", "removed"],
  ]);
  expect(scene.shop.list("Customer")).toHaveLength(20);
});
