/** Run parameters: one transfer for many companies, with what it remembers kept apart for each of them. */
import { toIssue } from "@fieldbridge/model";
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createStage } from "../testing/run-scene.ts";
import { createCrm, createShop, manyAccounts } from "../testing/stand-in-system.ts";

const { playScene, clear } = createStage();
afterEach(clear);

const params = { id: "tr_accounts" };

/** The kind of the account says which company it belongs to; the shop of company B takes no blank name. */
const perCompany = exampleTransfer({
  target: { connection: "shop", object: "Customer", company: "param.Company" },
  parameters: { Company: { type: "text", choices: ["A", "B"] }, Mark: { type: "text", default: "new" } },
  mappings: {
    number: { value: "Number" },
    name: { value: 'Name & " of " & param.Company', whenBlank: "hold" },
    kind: { value: "param.Mark" },
  },
});

test("a run is refused with an issue for each parameter that is missing, wrong or unknown", async () => {
  const { product } = await playScene(
    {},
    exampleTransfer({ parameters: { Company: { type: "text" }, Rate: { type: "number", default: "1" } } }),
  );
  const wrong = await product.call("startRun", { params, body: { parameters: { Rate: "x", Nope: "1" } } });
  expect(wrong.status).toBe(422);
  expect(wrong.body).toMatchObject({
    issues: [
      { code: "PAR-801", path: "parameters.Company" },
      { code: "PAR-802", path: "parameters.Rate" },
      { code: "PAR-803", path: "parameters.Nope" },
    ],
  });
  const right = await product.call("startRun", { params, body: { parameters: { Company: "A" } } });
  expect(right.body.parameters).toEqual({ Company: "A", Rate: "1" });
});

test("one transfer fills two companies; neither knows what the other has read, linked or held", async () => {
  const companies = {
    A: createShop({ name: "a" }),
    B: createShop({
      name: "b",
      refuse: (_object, values) =>
        values["number"] === "A0002" ? toIssue("WRT-303", "number", "B does not take A0002.") : null,
    }),
  };
  const scene = await playScene({ crm: createCrm(manyAccounts(2)), companies }, perCompany);
  await scene.work();
  const first = await scene.run({ Company: "A" });
  expect(first).toMatchObject({ state: "finished", parameters: { Company: "A", Mark: "new" } });
  expect(first.counts).toMatchObject({ created: 2 });
  const second = await scene.run({ Company: "B" });
  expect(second.counts).toMatchObject({ created: 1, held: 1 });
  expect((await scene.run({ Company: "A" })).counts).toMatchObject({ read: 2, unchanged: 2, held: 0 });

  expect(companies.A.list("Customer").map((row) => row["name"])).toEqual([
    "Account A0001 of A",
    "Account A0002 of A",
  ]);
  expect(companies.B.list("Customer")).toMatchObject([{ name: "Account A0001 of B", kind: "new" }]);
  expect(scene.shop.list("Customer")).toEqual([]);

  const links = await scene.product.call("listLinks", { params });
  const shown = links.body.items.map(({ sourceKey, parameters, targetUrl }) => [
    sourceKey,
    parameters["Company"],
    new URL(targetUrl ?? "").host,
  ]);
  expect(shown).toEqual([
    ["id-A0001", "A", "a.example"],
    ["id-A0001", "B", "b.example"],
    ["id-A0002", "A", "a.example"],
  ]);
  const [held] = (await scene.product.call("listHeld")).body.items;
  expect(held?.parameters).toEqual({ Company: "B", Mark: "new" });
});

test("a held record is run again with its own parameters, one run for each set", async () => {
  let broken = true;
  const picky = () =>
    createShop({ refuse: () => (broken ? toIssue("WRT-303", "name", "Not today.") : null) });
  const companies = { A: picky(), B: picky() };
  const scene = await playScene({ crm: createCrm(manyAccounts(1)), companies }, perCompany);
  await scene.work();
  for (const Company of ["A", "B"]) expect((await scene.run({ Company })).counts).toMatchObject({ held: 1 });
  broken = false;
  const ids = (await scene.product.call("listHeld")).body.items.map((each) => each.id);
  const { runs } = (await scene.product.call("rerunHeld", { body: { ids } })).body;
  expect(runs.map((run) => run.parameters["Company"])).toEqual(["A", "B"]);
  for (const run of runs) expect((await scene.end(run.id)).counts).toMatchObject({ read: 1, created: 1 });
  expect(companies.A.list("Customer")).toMatchObject([{ name: "Account A0001 of A" }]);
  expect(companies.B.list("Customer")).toMatchObject([{ name: "Account A0001 of B" }]);
});

test("each set of parameters goes back on its own", async () => {
  const scene = await playScene({ companies: { A: createShop(), B: createShop() } }, perCompany);
  await scene.work();
  for (const Company of ["A", "B"]) await scene.run({ Company });
  const cursorOf = async (Company: string) =>
    (await scene.product.call("getCursor", { params, query: { parameters: JSON.stringify({ Company }) } }))
      .body;
  expect((await cursorOf("B")).movedAt).not.toBeNull();
  await scene.product.call("moveCursor", { params, body: { from: null, parameters: { Company: "A" } } });
  expect((await cursorOf("A")).movedAt).toBeNull();
  expect((await cursorOf("B")).movedAt).not.toBeNull();
  expect((await scene.product.call("getCursor", { params })).status).toBe(422);
});

test("a company is refused where the system has none, with a way out", async () => {
  const { product } = await playScene();
  const definition = exampleTransfer({
    id: "tr_other",
    target: { connection: "shop", object: "Customer", company: '"A"' },
  });
  await product.call("createTransfer", { body: { definition } });
  const { body } = await product.call("checkTransfer", { params: { id: "tr_other" } });
  expect(body.issues).toMatchObject([{ code: "PAR-804", path: "target.company" }]);
});
