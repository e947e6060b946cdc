/** A system that changes its fields: only the transfers that use them pause, before their first record. */
import type { FieldSchema } from "@fieldbridge/model";
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createStage, type Scene } from "../testing/run-scene.ts";
import { createCrm, manyAccounts } from "../testing/stand-in-system.ts";
import { rerunDueHeld } from "./start-run.ts";

const { playScene, clear } = createStage();
afterEach(clear);

/** A CRM whose Account can be changed while it is in use; */
function createChangingCrm() {
  const crm = createCrm(manyAccounts(3));
  let change: (field: FieldSchema) => FieldSchema[] = (field) => [field];
  const changing: typeof crm = {
    ...crm,
    discoverObject: async (name) => {
      const schema = await crm.discoverObject(name);
      return { ...schema, fields: schema.fields.flatMap(change) };
    },
  };
  const without = (name: string) => (change = (field) => (field.name === name ? [] : [field]));
  return { crm: changing, without, restore: () => without("") };
}

const transferOf = async ({ product }: Scene, id = "tr_accounts") =>
  (await product.call("getTransfer", { params: { id } })).body;

const runOf = async (scene: Scene, id: string) =>
  scene.end((await scene.product.call("startRun", { params: { id }, body: {} })).body.id);

async function publishOther({ product }: Scene) {
  const mappings = { number: { value: "Number" }, kind: { value: "Kind" } };
  const definition = exampleTransfer({ id: "tr_kinds", name: "Kinds", mappings });
  await product.call("createTransfer", { body: { definition } });
  await product.call("publishTransfer", { params: { id: "tr_kinds" }, body: { draftRevision: 1 } });
}

test("a used field that is gone fails the run before the first record, pauses that transfer and no other", async () => {
  const { crm, without } = createChangingCrm();
  const scene = await playScene({ crm });
  await publishOther(scene);
  await scene.work();
  without("Kind");
  const run = await runOf(scene, "tr_kinds");
  expect(run).toMatchObject({ state: "failed", counts: { read: 0 } });
  expect(run.issues).toMatchObject([{ code: "SCH-501", path: "source.Account.Kind", value: "Kind" }]);
  expect(run.issues[0]?.message).toMatch(/"Kind" of Account.*The transfer "Kinds" uses it/);
  expect(scene.shop.list("Customer")).toHaveLength(0);
  const { review } = await transferOf(scene, "tr_kinds");
  expect(review?.issues).toEqual(run.issues);

  expect(await scene.run()).toMatchObject({ state: "finished", counts: { created: 3 } });
  expect(await transferOf(scene)).toMatchObject({ review: null });
});

test("publishing again without the field ends the review", async () => {
  const { crm, without } = createChangingCrm();
  const scene = await playScene({ crm });
  await scene.work();
  without("Name");
  await scene.run();
  const definition = exampleTransfer({ mappings: { number: { value: "Number" } } });
  const params = { id: "tr_accounts" };
  await scene.product.call("saveDraft", { params, body: { definition, draftRevision: 1 } });
  expect((await transferOf(scene)).review).not.toBeNull();
  const published = await scene.product.call("publishTransfer", { params, body: { draftRevision: 2 } });
  expect(published.status).toBe(200);
  expect((await transferOf(scene)).review).toBeNull();
  expect(await scene.run()).toMatchObject({ state: "finished", counts: { created: 3 } });
});

test("a field that comes back ends the review with the next run", async () => {
  const { crm, without, restore } = createChangingCrm();
  const scene = await playScene({ crm });
  await scene.work();
  without("Name");
  await scene.run();
  restore();
  expect(await scene.run()).toMatchObject({ state: "finished", counts: { created: 3 } });
  expect((await transferOf(scene)).review).toBeNull();
});

test("the clock of held records leaves a transfer alone that waits for its review", async () => {
  const { crm, without } = createChangingCrm();
  const scene = await playScene({ crm });
  await scene.work();
  without("Name");
  await scene.run();
  await scene.product.context.db.pool.query(
    `insert into held_records (transfer_id, source_key, step, label, class, signature, issues, state, attempts,
       first_run_id, last_run_id, held_since, next_attempt_at)
     values ('tr_accounts', 'id-A0002', 'record', 'A0002', 'data', 's', '[]', 'open', 1, 'r', 'r', now(), now())`,
  );
  await rerunDueHeld(scene.product.context);
  expect((await scene.product.call("listRuns")).body.total).toBe(1);
});

test("a connection tells its changed fields with the transfers that use them", async () => {
  const { crm, without } = createChangingCrm();
  const scene = await playScene({ crm });
  await publishOther(scene);
  const impact = async (query: Record<string, string> = {}) =>
    (await scene.product.call("getImpact", { params: { id: "crm" }, query })).body.items;
  expect(await impact({ refresh: "true" })).toEqual([]);
  without("Number");
  expect(await impact()).toEqual([]);
  expect(await impact({ refresh: "true" })).toEqual([
    {
      object: "Account",
      field: "Number",
      message: expect.stringContaining("does not exist any more"),
      transfers: [
        { id: "tr_accounts", name: "Accounts to customers" },
        { id: "tr_kinds", name: "Kinds" },
      ],
    },
  ]);
  without("Kind");
  expect(await impact({ refresh: "true" })).toMatchObject([
    { field: "Kind", transfers: [{ id: "tr_kinds" }] },
  ]);
  expect((await scene.product.call("getImpact", { params: { id: "shop" } })).body.items).toEqual([]);
  expect((await scene.product.call("getImpact", { params: { id: "none" } })).status).toBe(404);
});

test("a revision published before its fields were kept gets them with its next run", async () => {
  const { crm, without } = createChangingCrm();
  const scene = await playScene({ crm });
  await scene.work();
  await scene.product.context.db.pool.query("update transfer_revisions set used_fields = null");
  expect(await scene.run()).toMatchObject({ state: "finished" });
  without("Name");
  expect(await scene.run()).toMatchObject({ state: "failed", issues: [{ code: "SCH-501" }] });
});
