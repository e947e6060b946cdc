/** Links by HTTP: found, exported, brought in with a report, forgotten. */
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createSlowShop, createStage, type Scene } from "../testing/run-scene.ts";
import { createCrm, createShop, manyAccounts } from "../testing/stand-in-system.ts";

const { playScene, clear } = createStage();
afterEach(clear);

const params = { id: "tr_accounts" };
const byLink = exampleTransfer({ match: { by: "link", found: "update", missing: "create" } });

const list = async ({ product }: Scene, query: Record<string, string> = {}) =>
  (await product.call("listLinks", { params, query })).body;
const bringIn = ({ product }: Scene, csv: string, check = false) =>
  product.call("importLinks", { params, body: { csv, check } });
const forget = ({ product }: Scene, sourceKey: string) =>
  product.call("deleteLink", { params: { ...params, sourceKey } });

test("links are listed page by page and found by either key", async () => {
  const scene = await playScene({ crm: createCrm(manyAccounts(7)) });
  await scene.work();
  await scene.run();
  const seen: string[] = [];
  for (let after: string | undefined; ;) {
    const page = await list(scene, { limit: "3", ...(after && { after }) });
    expect(page.total).toBe(7);
    seen.push(...page.items.map((link) => link.sourceKey));
    if (page.next === null) break;
    after = page.next;
  }
  expect(seen).toEqual(manyAccounts(7).map((row) => row["Id"]));
  const [first] = (await list(scene)).items;
  expect(first).toMatchObject({ state: "linked", targetKey: expect.stringMatching(/./) });
  expect((await list(scene, { search: "a0003" })).items).toMatchObject([{ sourceKey: "id-A0003" }]);
  expect((await list(scene, { search: "%" })).total).toBe(0);
});

test("a forgotten link is created anew by the next run that reads its record", async () => {
  const scene = await playScene({}, byLink);
  await scene.work();
  await scene.run();
  expect((await forget(scene, "id-A0002")).status).toBe(200);
  expect((await forget(scene, "id-A0002")).status).toBe(404);
  expect((await scene.run()).counts).toMatchObject({ created: 1, unchanged: 2 });
});

test("links that are brought in keep records from being created twice", async () => {
  const rows = { Customer: [{ Id: "c-1", number: "old", name: "Old" }] };
  const scene = await playScene({ shop: createShop({ rows }) }, byLink);
  await scene.work();
  const csv = "sourceKey,targetKey\nid-A0001,c-1\n";
  expect((await bringIn(scene, csv, true)).body).toMatchObject({ added: 1 });
  expect((await list(scene)).total).toBe(0);
  expect((await bringIn(scene, csv)).body).toEqual({ added: 1, changed: 0, unchanged: 0, refused: [] });
  expect((await scene.run()).counts).toMatchObject({ created: 2, updated: 1 });
  expect(scene.shop.list("Customer")[0]).toMatchObject({ Id: "c-1", number: "A0001" });
});

test("an export brought in again changes nothing, and a changed line changes its link alone", async () => {
  const scene = await playScene();
  await scene.work();
  await scene.run();
  const { csv } = (await scene.product.call("exportLinks", { params })).body;
  expect(csv.split("\r\n")).toHaveLength(5);
  expect((await bringIn(scene, csv)).body).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
  const target = (await list(scene)).items[0]?.targetKey ?? "";
  const changed = csv.replace(target, "another");
  expect((await bringIn(scene, changed)).body).toMatchObject({ added: 0, changed: 1, unchanged: 2 });
  expect((await list(scene)).items[0]).toMatchObject({ targetKey: "another" });
});

test("keys that look like formulas leave as text and come back as they were", async () => {
  const scene = await playScene();
  await bringIn(scene, "targetKey;sourceKey\n=1+1;-5\n");
  const { csv } = (await scene.product.call("exportLinks", { params })).body;
  expect(csv).toContain("'-5,'=1+1,linked");
  expect((await bringIn(scene, csv)).body).toMatchObject({ unchanged: 1 });
});

test("lines that are no links are reported with their number, and the others are stored", async () => {
  const scene = await playScene();
  const csv = "sourceKey,targetKey\na,1\n,2\nb,\na,3\nc,4\n";
  expect((await bringIn(scene, csv)).body).toMatchObject({
    added: 2,
    refused: [{ line: 3 }, { line: 4 }, { line: 5, reason: expect.stringContaining("stands above already") }],
  });
  expect((await list(scene)).items.map((link) => link.sourceKey)).toEqual(["a", "c"]);
  for (const wrong of ["", "one,two\n1,2"]) expect((await bringIn(scene, wrong)).status).toBe(400);
});

test("links are not touched while a run of the transfer waits or executes", async () => {
  const { shop, release, isWaiting } = createSlowShop(1);
  const scene = await playScene({ shop });
  await scene.work();
  const started = await scene.product.call("startRun", { params, body: {} });
  await isWaiting;
  expect((await bringIn(scene, "sourceKey,targetKey\na,1")).status).toBe(409);
  expect((await forget(scene, "id-A0001")).status).toBe(409);
  release();
  await scene.end(started.body.id);
});
