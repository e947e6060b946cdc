/** How far a transfer has read, and going back: previewed, refused where it would lose records, and then read again. */
import { field, object, ownField } from "@fieldbridge/engine/testing";
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createSlowShop, createStage, type Scene } from "../testing/run-scene.ts";
import { createCrm, manyAccounts } from "../testing/stand-in-system.ts";

const { playScene, clear } = createStage();
afterEach(clear);

const dayOf = (index: number) => `2026-01-${String(index + 1).padStart(2, "0")}T08:00:00.000Z`;

/** Accounts with a stamp, one a day from the first of January. */
const createStampedCrm = (count: number) =>
  createCrm(
    manyAccounts(count).map((row, index) => ({ ...row, Modified: dayOf(index) })),
    {
      limits: { readPage: 4 },
      promisesUpperBound: false,
      objects: [
        object(
          "Account",
          [ownField("Id", "id"), field("Number"), field("Name"), ownField("Modified", "datetime")],
          { nameField: "Name", stampField: "Modified" },
        ),
      ],
    },
  );

const stamped = exampleTransfer({ changes: { by: "watermark", field: "Modified", overlapSeconds: 0 } });
const params = { id: "tr_accounts" };

const cursorOf = async ({ product }: Scene) => (await product.call("getCursor", { params })).body;
const preview = ({ product }: Scene, from: string | null) =>
  product.call("previewCursor", { params, body: { from } });
const move = ({ product }: Scene, from: string | null) =>
  product.call("moveCursor", { params, body: { from } });

test("a transfer goes back to an instant: what the preview counts is read once more, and nothing is doubled", async () => {
  const scene = await playScene({ crm: createStampedCrm(20) }, stamped);
  await scene.work();
  expect(await cursorOf(scene)).toEqual({
    place: null,
    behindKey: null,
    stampField: "Modified",
    movedAt: null,
  });
  expect((await scene.run()).counts).toMatchObject({ read: 20, created: 20 });
  expect(await cursorOf(scene)).toMatchObject({ place: dayOf(19), behindKey: null });

  expect((await preview(scene, dayOf(10))).body).toEqual({ count: 10, more: false });
  expect((await preview(scene, null)).body).toEqual({ count: 20, more: false });
  const moved = await move(scene, dayOf(10));
  expect(moved.body).toMatchObject({ place: dayOf(10) });
  expect((await scene.run()).counts).toMatchObject({ read: 10, unchanged: 10, created: 0 });

  expect((await move(scene, null)).body.place).toBeNull();
  expect((await scene.run()).counts).toMatchObject({ read: 20, unchanged: 20 });
  expect(scene.shop.list("Customer")).toHaveLength(20);
});

test("going forward is refused, because it would leave records out", async () => {
  const scene = await playScene({ crm: createStampedCrm(3) }, stamped);
  await scene.work();
  expect((await move(scene, dayOf(1))).status).toBe(400);
  await scene.run();
  const before = await cursorOf(scene);
  for (const ask of [preview, move]) expect((await ask(scene, dayOf(9))).status).toBe(400);
  expect((await move(scene, "yesterday")).status).toBe(400);
  expect(await cursorOf(scene)).toEqual(before);
});

test("a transfer that reads all records every time knows the beginning alone", async () => {
  const scene = await playScene();
  await scene.work();
  await scene.run();
  expect(await cursorOf(scene)).toMatchObject({ place: null, stampField: null });
  expect((await move(scene, dayOf(1))).status).toBe(400);
  expect((await preview(scene, null)).body).toEqual({ count: 0, more: false });
  expect((await move(scene, null)).status).toBe(200);
});

test("nobody goes back while a run waits or executes", async () => {
  const { shop, release, isWaiting } = createSlowShop(1);
  const scene = await playScene({ crm: createStampedCrm(3), shop }, stamped);
  const started = await scene.product.call("startRun", { params, body: {} });
  expect((await move(scene, null)).status).toBe(409);
  await scene.work();
  await isWaiting;
  expect((await move(scene, null)).status).toBe(409);
  release();
  await scene.end(started.body.id);
  expect((await move(scene, null)).status).toBe(200);
});

test("a transfer that was never published has not read anything", async () => {
  const scene = await playScene();
  await scene.product.call("createTransfer", { body: { definition: exampleTransfer({ id: "tr_draft" }) } });
  expect((await scene.product.call("getCursor", { params: { id: "tr_draft" } })).status).toBe(409);
  expect((await scene.product.call("getCursor", { params: { id: "none" } })).status).toBe(404);
});
