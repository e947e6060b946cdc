/** Transfers and value maps by HTTP: drafts, checks, previews, revisions, files. */
import { parseTransfer, problem, transferDefinition } from "@fieldbridge/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createCrm, createShop, manyAccounts } from "../testing/stand-in-system.ts";
import { startTestProduct, type TestProduct } from "../testing/test-product.ts";

let product: TestProduct;
let shop: ReturnType<typeof createShop>;

beforeAll(async () => {
  shop = createShop();
  product = await startTestProduct({ ports: { crm: createCrm(manyAccounts(3)), shop } });
  for (const id of ["crm", "shop"])
    await product.call("createConnection", {
      body: {
        id,
        name: id,
        config: { system: "salesforce", instanceUrl: `https://${id}.example`, clientId: "c" },
      },
    });
});
afterAll(() => product.stop());

/** A fresh transfer per test; ids count up. */
let count = 0;
const create = async (more: Parameters<typeof exampleTransfer>[0] = {}) => {
  count += 1;
  const definition = exampleTransfer({ ...more, id: `tr_test_${count}`, name: more.name ?? `Test ${count}` });
  const answer = await product.call("createTransfer", { body: { definition } });
  expect(answer.status).toBe(200);
  return { id: definition.id, params: { id: definition.id }, definition };
};
const codeOf = (answer: { status: number; body: unknown }) => [
  answer.status,
  problem.parse(answer.body).code,
];

test("a new transfer is a draft that was never published", async () => {
  const { params, definition } = await create();
  const { body } = await product.call("getTransfer", { params });
  expect(body).toMatchObject({
    draftRevision: 1,
    published: null,
    changed: true,
    openHeld: 0,
    lastRun: null,
  });
  expect(body.definition).toEqual(definition);
});

test("mappings keep the author's order", async () => {
  const mappings = { name: { value: "Name" }, kind: { value: "Kind" }, number: { value: "Number" } };
  const { params } = await create({ mappings });
  const { body } = await product.call("getTransfer", { params });
  expect(Object.keys(body.definition.mappings)).toEqual(["name", "kind", "number"]);
});

test("an id that is taken is refused with 409, a definition that is none with 400", async () => {
  const { definition } = await create();
  expect(codeOf(await product.call("createTransfer", { body: { definition } }))).toEqual([409, "API-906"]);
  const broken = { ...definition, match: { by: "luck" } };
  expect(codeOf(await product.call("createTransfer", { body: { definition: broken } }))).toEqual([
    400,
    "API-902",
  ]);
});

test("what does not exist is a 404 on every address below it", async () => {
  const params = { id: "tr_nothing" };
  const definition = exampleTransfer({ id: "tr_nothing" });
  const answers = [
    await product.call("getTransfer", { params }),
    await product.call("deleteTransfer", { params }),
    await product.call("checkTransfer", { params }),
    await product.call("listRevisions", { params }),
    await product.call("getTransferFile", { params }),
    await product.call("saveDraft", { params, body: { definition, draftRevision: 1 } }),
    await product.call("publishTransfer", { params, body: { draftRevision: 1 } }),
    await product.call("previewTransfer", { params, body: { selection: { kind: "next", limit: 1 } } }),
    await product.call("startRun", { params, body: {} }),
    await product.call("getRun", { params }),
    await product.call("listOutcomes", { params }),
    await product.call("stopRun", { params }),
    await product.call("getTemplate", { params }),
  ];
  expect(answers.map(codeOf)).toEqual(answers.map(() => [404, "API-901"]));
});

test("of two people who save the same draft the second is refused and the first one's work stays", async () => {
  const { params, definition } = await create();
  const save = (name: string) =>
    product.call("saveDraft", { params, body: { definition: { ...definition, name }, draftRevision: 1 } });
  const answers = await Promise.all([save("Mine"), save("Theirs")]);
  expect(answers.map((answer) => answer.status).sort((a, b) => a - b)).toEqual([200, 409]);
  const refused = answers.find((answer) => answer.status === 409);
  expect(problem.parse(refused?.body).code).toBe("API-903");
  const won = answers.find((answer) => answer.status === 200);
  const { body } = await product.call("getTransfer", { params });
  expect([body.draftRevision, body.name]).toEqual([2, won?.body.name]);
});

test("a draft may not change its id", async () => {
  const { params, definition } = await create();
  const body = { definition: { ...definition, id: "tr_other" }, draftRevision: 1 };
  expect(codeOf(await product.call("saveDraft", { params, body }))).toEqual([400, "API-902"]);
});

test("the check names what is wrong and where; nothing is published while it stands", async () => {
  const { params } = await create({ mappings: { number: { value: "Nomber" }, nothing: { value: '"x"' } } });
  const check = await product.call("checkTransfer", { params });
  expect(check.body.ok).toBe(false);
  expect(check.body.issues.map((each) => each.path)).toEqual(["mappings.number", "mappings.nothing"]);
  const publish = await product.call("publishTransfer", { params, body: { draftRevision: 1 } });
  expect(codeOf(publish)).toEqual([409, "API-905"]);
  expect(problem.parse(publish.body).issues.length).toBe(2);
  expect(codeOf(await product.call("startRun", { params, body: {} }))).toEqual([409, "API-905"]);
});

test("a connection that does not exist is told as such", async () => {
  const definition = exampleTransfer({ target: { connection: "gone", object: "Customer" } });
  const { body } = await product.call("checkDefinition", { body: { definition } });
  expect(body.issues[0]).toMatchObject({ code: "TGT-002", message: 'The connection "gone" does not exist.' });
});

test("publishing freezes the draft; the transfer knows when the draft has moved on", async () => {
  const { params, definition } = await create();
  const first = await product.call("publishTransfer", { params, body: { draftRevision: 1, note: "First" } });
  expect(first.body).toMatchObject({ number: 1, note: "First" });
  const published = await product.call("getTransfer", { params });
  expect(published.body).toMatchObject({ published: 1, changed: false });

  const changed = { ...definition, name: "Changed" };
  const saved = await product.call("saveDraft", { params, body: { definition: changed, draftRevision: 1 } });
  expect(saved.body).toMatchObject({ published: 1, changed: true });
  expect(codeOf(await product.call("publishTransfer", { params, body: { draftRevision: 1 } }))).toEqual([
    409,
    "API-903",
  ]);
  await product.call("publishTransfer", { params, body: { draftRevision: 2 } });
  const revisions = await product.call("listRevisions", { params });
  expect(revisions.body.items.map((each) => [each.number, each.definition.name])).toEqual([
    [2, "Changed"],
    [1, definition.name],
  ]);
});

test("a preview says what a run would do and writes nothing", async () => {
  const { params, definition } = await create();
  const selection = { kind: "next", limit: 2 };
  const stored = await product.call("previewTransfer", { params, body: { selection } });
  expect(stored.body.counts).toMatchObject({ read: 2, created: 2 });
  const unsaved = await product.call("previewDefinition", { body: { definition, selection } });
  expect(unsaved.body.records.map((each) => each.label)).toEqual(["Account A0001", "Account A0002"]);
  expect(shop.writes()).toBe(0);
  const broken = { ...definition, mappings: { number: { value: "Nomber" } } };
  expect(
    codeOf(await product.call("previewDefinition", { body: { definition: broken, selection } })),
  ).toEqual([409, "API-905"]);
});

test("value maps that are not stored yet take part in a check and a preview", async () => {
  const definition = exampleTransfer({
    mappings: { number: { value: "Number" }, kind: { value: 'MAPVALUE("Kinds", Kind)' } },
  });
  const missing = await product.call("checkDefinition", { body: { definition } });
  expect(missing.body.ok).toBe(false);
  const valueMaps = [{ name: "Kinds", entries: [{ from: "plain", to: "P" }] }];
  const given = await product.call("checkDefinition", { body: { definition, valueMaps } });
  expect(given.body).toEqual({ ok: true, issues: [] });
  const selection = { kind: "records", keys: ["id-A0001"] };
  const preview = await product.call("previewDefinition", { body: { definition, valueMaps, selection } });
  expect(preview.body.records[0]?.payload).toMatchObject({ kind: "P" });
  expect((await product.call("listValueMaps")).body.total).toBe(0);
});

test("the file is canonical YAML that reads back as the same transfer", async () => {
  const { params, definition } = await create();
  const { body } = await product.call("getTransferFile", { params });
  expect(parseTransfer(body.yaml)).toEqual({ ok: true, value: transferDefinition.parse(definition) });
  const schema = await product.call("getTransferSchema");
  expect(schema.body).toMatchObject({ title: "Fieldbridge transfer", type: "object" });
});

test("transfers are found by words and paged without gaps or repeats", async () => {
  const names = ["Alpha 100%", "Alpha two", "Alpha three"];
  for (const name of names) await create({ name });
  const found: string[] = [];
  for (let after: string | undefined; ;) {
    const { body } = await product.call("listTransfers", {
      query: { search: "alpha", limit: "2", ...(after && { after }) },
    });
    expect(body.total).toBe(3);
    found.push(...body.items.map((each) => each.name));
    if (body.next === null) break;
    after = body.next;
  }
  expect(found.sort()).toEqual([...names].sort());
  expect((await product.call("listTransfers", { query: { search: "100%" } })).body.total).toBe(1);
  expect(codeOf(await product.call("listTransfers", { query: { after: "nonsense" } }))).toEqual([
    400,
    "API-902",
  ]);
});

test("a deleted transfer is gone with everything of it; one that runs is not deleted", async () => {
  const { params } = await create();
  await product.call("publishTransfer", { params, body: { draftRevision: 1 } });
  const run = await product.call("startRun", { params, body: {} });
  expect(codeOf(await product.call("deleteTransfer", { params }))).toEqual([409, "API-904"]);
  await product.call("stopRun", { params: { id: run.body.id } });
  expect((await product.call("deleteTransfer", { params })).status).toBe(200);
  expect((await product.call("getTransfer", { params })).status).toBe(404);
  expect((await product.call("getRun", { params: { id: run.body.id } })).status).toBe(404);
});

test("value maps are saved, extended by two people at once, and kept while a transfer reads them", async () => {
  const params = { name: "Sizes / old" };
  const map = { name: params.name, entries: [{ from: "S", to: "1", note: "small" }] };
  expect((await product.call("getValueMap", { params })).status).toBe(404);
  expect((await product.call("saveValueMap", { params, body: map })).status).toBe(200);
  const add = (from: string, to: string) => product.call("addValueMapEntry", { params, body: { from, to } });
  await Promise.all([add("M", "2"), add("L", "3"), add("S", "0")]);
  const { body } = await product.call("getValueMap", { params });
  expect(body.entries).toHaveLength(3);
  expect(body.entries).toContainEqual({ from: "S", to: "0", note: "small" });

  const other = { ...map, name: "Other" };
  expect(codeOf(await product.call("saveValueMap", { params, body: other }))).toEqual([400, "API-902"]);
  const twice = { ...map, entries: [...map.entries, ...map.entries] };
  expect(codeOf(await product.call("saveValueMap", { params, body: twice }))).toEqual([400, "API-902"]);

  const user = await create({ mappings: { kind: { value: 'MAPVALUE("Sizes / old", Kind)' } } });
  expect(codeOf(await product.call("deleteValueMap", { params }))).toEqual([409, "API-906"]);
  await product.call("deleteTransfer", { params: user.params });
  expect((await product.call("deleteValueMap", { params })).status).toBe(200);
  expect((await product.call("deleteValueMap", { params })).status).toBe(404);
});
