/** Templates by HTTP: a template becomes transfers of one's own, or nothing at all. */
import { problem, type Template } from "@fieldbridge/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createCrm, createShop, manyAccounts } from "../testing/stand-in-system.ts";
import { startTestProduct, type TestProduct } from "../testing/test-product.ts";

const template: Template = {
  id: "accounts",
  name: "Accounts to customers",
  summary: "For tests.",
  description: "For tests.",
  ends: [
    { role: "service", label: "Service", system: "salesforce", objects: ["Account"] },
    { role: "erp-system", label: "ERP", system: "business-central", objects: ["Customer"] },
  ],
  transfers: [
    exampleTransfer({
      source: { connection: "service", object: "Account" },
      target: { connection: "erp-system", object: "Customer" },
      mappings: { number: { value: "Number" }, kind: { value: 'MAPVALUE("Kinds", Kind)' } },
    }),
  ],
  valueMaps: [{ name: "Kinds", entries: [{ from: "plain", to: "P" }] }],
  lessons: [],
};

let product: TestProduct;
beforeAll(async () => {
  const ports = { crm: createCrm(manyAccounts(2)), shop: createShop() };
  product = await startTestProduct({ ports, templates: [template] });
  const salesforce = { system: "salesforce", instanceUrl: "https://crm.example", clientId: "c" };
  const businessCentral = {
    system: "business-central",
    apiUrl: "https://shop.example/api/v2.0",
    tokenUrl: "https://shop.example/token",
    clientId: "c",
    company: "CRONUS",
  };
  await product.call("createConnection", { body: { id: "crm", name: "CRM", config: salesforce } });
  await product.call("createConnection", { body: { id: "shop", name: "Shop", config: businessCentral } });
});
afterAll(() => product.stop());

const params = { id: "accounts" };
const use = (more: object = {}) =>
  product.call("useTemplate", {
    params,
    body: { connections: { service: "crm", "erp-system": "shop" }, ...more },
  });
const nothingStored = async () =>
  (await product.call("listTransfers")).body.total + (await product.call("listValueMaps")).body.total;

test("the gallery lists the templates and shows one", async () => {
  expect((await product.call("listTemplates")).body.items.map((each) => each.id)).toEqual(["accounts"]);
  expect((await product.call("getTemplate", { params })).body).toEqual(template);
});

test("a role without a connection, of the wrong system or with a broken transfer creates nothing", async () => {
  const refused = [
    await use({ connections: { service: "crm" } }),
    await use({ connections: { service: "shop", "erp-system": "crm" } }),
    await use({ connections: { service: "crm", "erp-system": "nobody" } }),
    await use({ publish: false, run: true }),
    await use({
      valueMaps: [
        {
          name: "Kinds",
          entries: [
            { from: "a", to: "b" },
            { from: "a", to: "c" },
          ],
        },
      ],
    }),
  ];
  expect(refused.map((answer) => answer.status)).toEqual([400, 400, 404, 400, 400]);
  refused.forEach((answer) => problem.parse(answer.body));
  expect(await nothingStored()).toBe(0);
});

test("using it makes a published transfer between the chosen connections, with the reviewed value maps", async () => {
  const reviewed = { name: "Kinds", entries: [{ from: "plain", to: "REVIEWED" }] };
  const { status, body } = await use({ valueMaps: [reviewed], run: true });
  expect(status).toBe(200);
  expect(body.transfers).toMatchObject([
    {
      id: "tr_accounts",
      published: 1,
      changed: false,
      definition: { source: { connection: "crm" }, target: { connection: "shop" } },
    },
  ]);
  expect(body.runs).toMatchObject([{ transferId: "tr_accounts", state: "queued" }]);
  expect((await product.call("getValueMap", { params: { name: "Kinds" } })).body).toMatchObject(reviewed);
});

test("using it again makes another transfer and leaves the value maps as they are", async () => {
  const { body } = await use({ publish: false });
  expect(body.transfers).toMatchObject([
    { id: "tr_accounts_2", name: "Accounts to customers 2", published: null },
  ]);
  const map = await product.call("getValueMap", { params: { name: "Kinds" } });
  expect(map.body.entries).toEqual([{ from: "plain", to: "REVIEWED" }]);
});

test("Home shows what runs, what ran and what was worked on", async () => {
  const { body } = await product.call("getHome");
  expect(body.connections).toBe(2);
  expect(body.running).toHaveLength(1);
  expect(body.transfers.map((each) => each.id).sort((a, b) => (a < b ? -1 : 1))).toEqual([
    "tr_accounts",
    "tr_accounts_2",
  ]);
});
