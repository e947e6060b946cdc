/** Tests of a transfer: records kept with what the draft makes of them, put to it again before every publish. */
import type { TransferDefinition } from "@fieldbridge/model";
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createStage, type Scene } from "../testing/run-scene.ts";
import { createCrm, createShop, manyAccounts } from "../testing/stand-in-system.ts";

const { playScene, clear } = createStage();
afterEach(clear);

const id = "tr_accounts";

const keep = async ({ product }: Scene, sourceKey = "id-A0001") =>
  product.call("keepTransferTest", { params: { id }, body: { sourceKey } });

const save = async ({ product }: Scene, definition: TransferDefinition) => {
  const { draftRevision } = (await product.call("getTransfer", { params: { id } })).body;
  const saved = await product.call("saveDraft", { params: { id }, body: { definition, draftRevision } });
  return saved.body.draftRevision;
};

const publish = ({ product }: Scene, draftRevision: number) =>
  product.call("publishTransfer", { params: { id }, body: { draftRevision } });

const upper = exampleTransfer({
  mappings: { number: { value: "Number" }, name: { value: "UPPER(Name)" } },
});

test("a kept record passes as long as the transfer makes the same of it", async () => {
  const scene = await playScene();
  const { body: kept } = await keep(scene);
  expect(kept).toMatchObject({
    name: "Account A0001",
    sourceKey: "id-A0001",
    expected: { action: "sent", values: { number: "A0001", name: "Account A0001" } },
  });
  const run = async (body: object = {}) =>
    (await scene.product.call("runTransferTests", { params: { id }, body })).body.results;
  expect(await run()).toMatchObject([{ testId: kept.id, passed: true, differences: [] }]);
  expect(await run({ definition: upper })).toMatchObject([
    {
      passed: false,
      differences: [{ place: "name", expected: "Account A0001", actual: "ACCOUNT A0001" }],
    },
  ]);
});

test("publish is refused while a test does not pass, and goes through once the new result is accepted", async () => {
  const scene = await playScene();
  const { body: kept } = await keep(scene);
  const draftRevision = await save(scene, upper);
  const refused = await publish(scene, draftRevision);
  expect(refused.status).toBe(409);
  expect(refused.body).toMatchObject({
    issues: [
      {
        code: "TST-001",
        path: `tests.${kept.id}`,
        message: 'Test "Account A0001" fails: name is ACCOUNT A0001 instead of Account A0001.',
      },
    ],
  });
  await scene.product.call("changeTransferTest", {
    params: { id, test: kept.id },
    body: {
      name: "Upper case",
      expected: { ...kept.expected, values: { name: "ACCOUNT A0001" } },
    },
  });
  expect((await publish(scene, draftRevision)).status).toBe(200);
});

test("a record that lacks what the transfer reads by now has to be read again", async () => {
  const scene = await playScene();
  const { body: kept } = await keep(scene);
  const withKind = exampleTransfer({ filter: 'Kind = "plain"' });
  const draftRevision = await save(scene, withKind);
  expect((await publish(scene, draftRevision)).body).toMatchObject({
    issues: [{ code: "TST-002", message: 'The record of test "Account A0001" lacks Kind.' }],
  });
  await scene.product.call("rereadTransferTest", { params: { id, test: kept.id } });
  expect((await publish(scene, draftRevision)).status).toBe(200);
});

test("what a formula looked up is kept too: no system is asked when tests run", async () => {
  const shop = createShop({
    rows: { Customer: [{ Id: "c1", number: "A0001", name: "Known", kind: "gold" }] },
  });
  const crm = createCrm(manyAccounts(2));
  const looking = exampleTransfer({
    mappings: {
      number: { value: "Number" },
      kind: { value: 'LOOKUP("Customer", "number", Number, "kind", "none")' },
    },
  });
  const scene = await playScene({ crm, shop }, looking);
  expect((await keep(scene)).body.expected.values).toEqual({ number: "A0001", kind: "gold" });
  await keep(scene, "id-A0002");
  const calls = () => [crm.callCount(), shop.callCount()];
  const before = calls();
  const { body } = await scene.product.call("runTransferTests", { params: { id }, body: {} });
  expect(body.results.map((each) => each.passed)).toEqual([true, true]);
  expect(calls()).toEqual(before);
});

test("a record that the source does not have is refused, and a test can be deleted once", async () => {
  const scene = await playScene();
  expect((await keep(scene, "nothing")).status).toBe(404);
  const { body: kept } = await keep(scene);
  const remove = () => scene.product.call("deleteTransferTest", { params: { id, test: kept.id } });
  expect((await remove()).status).toBe(200);
  expect((await remove()).status).toBe(404);
  expect((await scene.product.call("listTransferTests", { params: { id } })).body.total).toBe(0);
});
