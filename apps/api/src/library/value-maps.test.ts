/** Value maps by HTTP: changed by two people, brought in and out as CSV, renamed, and told what they lack. */
import type { ValueMap } from "@fieldbridge/model";
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createStage, type Scene } from "../testing/run-scene.ts";
import { createCrm, manyAccounts } from "../testing/stand-in-system.ts";

const { playScene, clear } = createStage();
afterEach(clear);

const units: ValueMap = {
  name: "Units",
  entries: [
    { from: "Each", to: "PCS" },
    { from: "Hours", to: "HOUR", note: "as booked" },
  ],
};
const params = { name: "Units" };

const save = ({ product }: Scene, map: ValueMap, version?: number) =>
  product.call("saveValueMap", {
    params: { name: map.name },
    body: { ...map, ...(version !== undefined && { version }) },
  });
const load = async ({ product }: Scene, name = "Units") =>
  (await product.call("getValueMap", { params: { name } })).body;
const bringIn = ({ product }: Scene, csv: string, more: object = {}) =>
  product.call("importValueMap", { params, body: { csv, ...more } });
const play = async (map: ValueMap = units): Promise<Scene> => {
  const scene = await playScene();
  await save(scene, map, 0);
  return scene;
};

test("the second of two people who change the same map is refused, and the first one's change stays", async () => {
  const scene = await play();
  expect((await save(scene, { ...units, default: "PCS" }, 1)).body).toMatchObject({ version: 2 });
  const second = await save(scene, { ...units, entries: [] }, 1);
  expect(second).toMatchObject({ status: 409, body: { code: "API-903" } });
  expect(await load(scene)).toMatchObject({ default: "PCS", entries: units.entries, version: 2 });
  expect((await save(scene, units, 0)).status).toBe(409);
  await scene.product.call("addValueMapEntry", { params, body: { from: "Box", to: "BOX" } });
  expect((await save(scene, units, 2)).status).toBe(409);
});

test("an export brought in again changes nothing, also where cells look like formulas", async () => {
  const scene = await play({
    name: "Units",
    entries: [
      { from: "=1+1", to: "-5", note: "@home" },
      { from: " a;b ", to: 'say "x"\nplease' },
    ],
  });
  const { csv } = (await scene.product.call("exportValueMap", { params })).body;
  expect(csv).toContain("'=1+1,'-5,'@home");
  const { body } = await bringIn(scene, csv, { existing: "replace" });
  expect(body.lines.map((line) => line.state)).toEqual(["unchanged", "unchanged"]);
  expect(body.removed).toEqual([]);
});

test("a check says what each line would do and stores nothing", async () => {
  const scene = await play();
  const csv = "from,to,note\nEach,ST,\nHours,HOUR,\nBox,BOX,new\n,X,\nDay,D,\nDay,DAY,\n";
  const { body } = await bringIn(scene, csv, { check: true });
  expect(body.lines).toEqual([
    { line: 2, from: "Each", to: "ST", state: "changed", before: "PCS" },
    { line: 3, from: "Hours", to: "HOUR", state: "unchanged" },
    { line: 4, from: "Box", to: "BOX", state: "added" },
    { line: 5, from: "", to: "X", state: "refused", reason: "The value to translate is empty." },
    { line: 6, from: "Day", to: "D", state: "refused", reason: "“Day” stands on line 7 as well." },
    { line: 7, from: "Day", to: "DAY", state: "refused", reason: "“Day” stands on line 6 as well." },
  ]);
  expect(await load(scene)).toMatchObject({ ...units, version: 1 });
});

test("an import keeps, updates or replaces what the map has", async () => {
  const scene = await play();
  const csv = "Each;ST\nBox;BOX\n";
  const targets = async () => (await load(scene)).entries.map(({ from, to }) => `${from}=${to}`);
  await bringIn(scene, csv, { existing: "keep" });
  expect(await targets()).toEqual(["Each=PCS", "Hours=HOUR", "Box=BOX"]);
  await bringIn(scene, csv);
  expect(await targets()).toEqual(["Each=ST", "Hours=HOUR", "Box=BOX"]);
  const { body } = await bringIn(scene, csv, { existing: "replace" });
  expect(body.removed).toEqual([{ from: "Hours", to: "HOUR", note: "as booked" }]);
  expect(await targets()).toEqual(["Each=ST", "Box=BOX"]);
  expect((await bringIn(scene, "")).status).toBe(400);
});

const mapped = exampleTransfer({
  mappings: {
    number: { value: "Number" },
    name: { value: 'MAPVALUE("Units", Name) // "Units" by name' },
  },
});

test("a rename rewrites drafts, and a published revision goes on under the former name", async () => {
  const scene = await playScene({}, exampleTransfer());
  const { product } = scene;
  await scene.work();
  await save(scene, { name: "Units", entries: [], default: "one" }, 0);
  await product.call("saveDraft", {
    params: { id: "tr_accounts" },
    body: { definition: mapped, draftRevision: 1 },
  });
  await product.call("publishTransfer", { params: { id: "tr_accounts" }, body: { draftRevision: 2 } });

  const renamed = await product.call("renameValueMap", { params, body: { name: "Units of sale" } });
  expect(renamed.body).toMatchObject({ name: "Units of sale", formerNames: ["Units"] });
  const { definition, draftRevision } = (await product.call("getTransfer", { params: { id: "tr_accounts" } }))
    .body;
  expect(definition.mappings["name"]?.value).toBe('MAPVALUE("Units of sale", Name) // "Units" by name');
  expect(draftRevision).toBe(3);
  expect((await scene.run()).counts).toMatchObject({ created: 3 });
  expect(scene.shop.list("Customer")[0]).toMatchObject({ name: "one" });

  expect((await save(scene, units, 0)).status).toBe(409);
  expect((await product.call("deleteValueMap", { params: { name: "Units of sale" } })).status).toBe(409);
  expect(await load(scene, "Units")).toMatchObject({ name: "Units of sale" });
});

test("values that a map does not list are counted with their records, held or defaulted, and can be added together", async () => {
  const accounts = manyAccounts(4).map((row, index) => ({ ...row, Name: index < 3 ? "Box" : "Day" }));
  const scene = await playScene({ crm: createCrm(accounts) });
  const { product } = scene;
  await scene.work();
  await save(scene, units, 0);
  const withDefault = {
    ...mapped,
    mappings: {
      number: { value: "Number" },
      name: { value: 'IF(Name = "Day", MAPVALUE("Units", Name, "DAY"), MAPVALUE("Units", Name))' },
    },
  };
  await product.call("saveDraft", {
    params: { id: "tr_accounts" },
    body: { definition: withDefault, draftRevision: 1 },
  });
  await product.call("publishTransfer", { params: { id: "tr_accounts" }, body: { draftRevision: 2 } });
  const { id } = await scene.run();

  const unknown = async () => (await product.call("listUnknownValues", { params })).body.items;
  const [box, day] = await unknown();
  expect(box).toMatchObject({ value: "Box", held: 3, defaulted: 0, lastRunId: id, to: null });
  expect(box?.heldIds).toHaveLength(3);
  expect(day).toMatchObject({ value: "Day", held: 0, defaulted: 1, to: null, heldIds: [] });

  await product.call("addValueMapEntries", {
    params,
    body: {
      entries: [
        { from: "Box", to: "BOX" },
        { from: "Day", to: "DAY" },
      ],
    },
  });
  expect(await unknown()).toMatchObject([{ value: "Box", to: "BOX", heldIds: box?.heldIds }]);
  const rerun = await product.call("rerunHeld", { body: { ids: box?.heldIds } });
  expect(rerun.status).toBe(200);
  await Promise.all(rerun.body.runs.map((run) => scene.end(run.id)));
  expect(await unknown()).toEqual([]);
});

test.each(["v1.2", "a/b", "50 %", "größe ✓", "a..b", "x?y#z"])(
  "a map called %s is reached by its address",
  async (name) => {
    const scene = await play();
    expect((await save(scene, { name, entries: [] }, 0)).status).toBe(200);
    expect((await load(scene, name)).name).toBe(name);
  },
);

test("names that no address can carry are refused", async () => {
  const scene = await play();
  for (const name of ["..", " Units"])
    expect((await scene.product.call("renameValueMap", { params, body: { name } })).status).toBe(400);
});
