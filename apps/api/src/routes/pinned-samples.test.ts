/** Pinned samples: kept per transfer by key, read before any other sample, gone with their transfer. */
import { afterEach, expect, test } from "vitest";
import { createStage } from "../testing/run-scene.ts";

const { playScene, clear } = createStage();
afterEach(clear);

const params = { id: "tr_accounts" };

test("a record pinned twice is one sample with the new label, and is unpinned once", async () => {
  const { product } = await playScene();
  const pin = (label?: string) =>
    product.call("pinSample", { params, body: { sourceKey: "id-A0002", ...(label && { label }) } });
  expect((await pin()).body).toMatchObject({ sourceKey: "id-A0002", label: "id-A0002" });
  await pin("Account A0002");
  const list = () => product.call("listPinnedSamples", { params });
  expect((await list()).body).toMatchObject({ items: [{ label: "Account A0002" }], total: 1 });
  const unpin = () => product.call("unpinSample", { params: { ...params, sourceKey: "id-A0002" } });
  expect((await unpin()).status).toBe(200);
  expect((await list()).body.items).toEqual([]);
  expect((await unpin()).status).toBe(404);
});

test("a transfer has at most 50, and one that does not exist has none", async () => {
  const { product } = await playScene();
  const pin = (index: number) => product.call("pinSample", { params, body: { sourceKey: `id-${index}` } });
  for (let index = 0; index < 50; index += 1) await pin(index);
  expect((await pin(50)).status).toBe(400);
  expect((await pin(7)).status).toBe(200);
  expect((await product.call("listPinnedSamples", { params: { id: "tr_gone" } })).status).toBe(404);
});

test("wanted records are read first, whatever the filter says, and never twice", async () => {
  const { product } = await playScene();
  const read = async (body: object) => {
    const answer = await product.call("readSamples", {
      params: { id: "crm" },
      body: { object: "Account", paths: ["Number"], limit: 3, ...body },
    });
    return answer.body.rows.map((row) => row["Number"]);
  };
  const [first = "", second = "", third = ""] = (await read({})).map(String);
  expect(await read({ keys: [`id-${third}`, `id-${first}`, "id-gone"] })).toEqual([third, first, second]);
  expect(await read({ keys: [`id-${second}`], filter: "FALSE" })).toEqual([second]);
});
