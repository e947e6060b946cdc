/** Named formulas by HTTP: kept while their tests pass, frozen into what is published, followed to who calls them. */
import type { LibraryFormula } from "@fieldbridge/model";
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createStage, type Scene } from "../testing/run-scene.ts";

const { playScene, clear } = createStage();
afterEach(clear);

const greeting = (body: string, more: Partial<LibraryFormula> = {}): LibraryFormula => ({
  name: "GREETING",
  parameters: [{ name: "who", type: "text" }],
  body,
  tests: [],
  ...more,
});

const save = ({ product }: Scene, formula: LibraryFormula, version = 0) =>
  product.call("saveNamedFormula", { params: { name: formula.name }, body: { ...formula, version } });

const calling = exampleTransfer({
  mappings: { number: { value: "Number" }, name: { value: "GREETING(Name)" } },
});

/** Publishes the draft that calls GREETING; answers the scene with a worker. */
async function publishCalling(formula: LibraryFormula): Promise<Scene> {
  const scene = await playScene();
  await scene.work();
  expect((await save(scene, formula)).status).toBe(200);
  const params = { id: calling.id };
  await scene.product.call("saveDraft", { params, body: { definition: calling, draftRevision: 1 } });
  const published = await scene.product.call("publishTransfer", { params, body: { draftRevision: 2 } });
  expect(published.body).toMatchObject({ namedFormulas: [{ name: "GREETING", body: formula.body }] });
  return scene;
}
const users = async ({ product }: Scene, formula?: LibraryFormula) => {
  const { name, parameters, body } = formula ?? greeting("");
  const given = formula && { formula: { name, parameters, body } };
  return (await product.call("listFormulaUsers", { params: { name: "GREETING" }, body: given ?? {} })).body
    .items;
};

test("I6: a published revision does not change when a named formula it calls is edited or deleted", async () => {
  const scene = await publishCalling(greeting('"Dear " & who'));
  const names = () => scene.shop.list("Customer").map((row) => row["name"]);
  await scene.run();
  expect(names()[0]).toMatch(/^Dear /);
  const getTransfer = async () =>
    (await scene.product.call("getTransfer", { params: { id: calling.id } })).body;
  expect(await getTransfer()).toMatchObject({ changed: false });

  expect((await save(scene, greeting('"Hi " & who'), 1)).body).toMatchObject({ version: 2 });
  const second = await scene.run();
  expect(second.counts).toMatchObject({ unchanged: 3 });
  expect(names()[0]).toMatch(/^Dear /);
  expect(await getTransfer()).toMatchObject({ changed: true });
  expect(await users(scene)).toMatchObject([{ id: calling.id, inDraft: true, published: "earlier" }]);

  await scene.product.call("publishTransfer", { params: { id: calling.id }, body: { draftRevision: 2 } });
  expect((await scene.run()).counts).toMatchObject({ updated: 3 });
  expect(names()[0]).toMatch(/^Hi /);

  const plain = exampleTransfer();
  await scene.product.call("saveDraft", {
    params: { id: calling.id },
    body: { definition: plain, draftRevision: 2 },
  });
  const deleted = await scene.product.call("deleteNamedFormula", { params: { name: "GREETING" } });
  expect(deleted.status).toBe(200);
  expect((await scene.run()).counts).toMatchObject({ unchanged: 3 });
});

test("a named formula is not stored while it has errors or a test of it does not pass", async () => {
  const scene = await playScene();
  const withTest = (expected: string) =>
    greeting('"Dear " & who', { tests: [{ label: "plain", arguments: { who: "Bo" }, expected }] });
  const refused = await save(scene, withTest("Hi Bo"));
  expect(refused).toMatchObject({
    status: 409,
    body: {
      issues: [
        { code: "LIB-001", path: "tests.0", message: "Test 1 (plain) expects Hi Bo and gets Dear Bo." },
      ],
    },
  });
  expect((await save(scene, withTest("Dear Bo"))).status).toBe(200);
  for (const wrong of ["who +", "Name", "GREETING(who)", "1 & UNKNOWN(who)"])
    expect([wrong, (await save(scene, greeting(wrong), 1)).status]).toEqual([wrong, 409]);
  expect((await save(scene, greeting("who", { name: "UPPER" }))).body).toMatchObject({
    issues: [{ code: "LIB-002" }],
  });
});

test("the second of two people who change a named formula is refused", async () => {
  const scene = await playScene();
  await save(scene, greeting("who"));
  expect((await save(scene, greeting('who & "!"'), 1)).status).toBe(200);
  expect(await save(scene, greeting('who & "?"'), 1)).toMatchObject({
    status: 409,
    body: { code: "API-903" },
  });
  expect((await save(scene, greeting("who"))).status).toBe(409);
});

test("who calls a named formula is checked with the text that is about to be saved", async () => {
  const scene = await publishCalling(greeting('"Dear " & who'));
  await save(scene, { ...greeting("GREETING(who) & who"), name: "TWICE" });
  expect(await users(scene)).toMatchObject([
    { kind: "formula", id: "TWICE", issues: [] },
    { kind: "transfer", id: calling.id, issues: [], published: "same" },
  ]);
  const other = greeting("who * 2", { parameters: [{ name: "who", type: "number" }] });
  expect(await users(scene, other)).toMatchObject([
    { id: "TWICE", issues: [{ path: "body" }] },
    { id: calling.id, issues: [{ code: "FML-212", path: "mappings.name" }] },
  ]);
  const deleted = await scene.product.call("deleteNamedFormula", { params: { name: "GREETING" } });
  expect(deleted.body).toMatchObject({ code: "API-906" });
});

test("other programs evaluate formulas that call named formulas", async () => {
  const scene = await playScene();
  await save(scene, greeting('"Dear " & who'));
  const { body } = await scene.product.call("evaluateFormula", { body: { formula: 'GREETING("Bo")' } });
  expect(body).toEqual({ ok: true, value: "Dear Bo", type: "text" });
});

test("a renamed value map is renamed in named formulas too", async () => {
  const scene = await playScene();
  const { product } = scene;
  await product.call("saveValueMap", {
    params: { name: "Titles" },
    body: { name: "Titles", entries: [{ from: "Bo", to: "Mr" }] },
  });
  await save(scene, greeting('MAPVALUE("Titles", who)'));
  expect((await product.call("deleteValueMap", { params: { name: "Titles" } })).status).toBe(409);
  await product.call("renameValueMap", { params: { name: "Titles" }, body: { name: "Salutations" } });
  const { body } = await product.call("getNamedFormula", { params: { name: "GREETING" } });
  expect(body.body).toBe('MAPVALUE("Salutations", who)');
});
