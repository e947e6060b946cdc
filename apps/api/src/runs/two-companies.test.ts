/** One transfer, one connection, two companies of the real wire protocol: the company is chosen with each run. */
import { createSystemPort } from "@fieldbridge/connectors";
import { startBusinessCentralSandbox, type BusinessCentralSandbox } from "@fieldbridge/sandbox";
import { afterEach, beforeEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createStage } from "../testing/run-scene.ts";
import { createCrm } from "../testing/stand-in-system.ts";

const { playScene, clear } = createStage();
let sandbox: BusinessCentralSandbox;
beforeEach(async () => {
  sandbox = await startBusinessCentralSandbox({ port: 0 });
});
afterEach(async () => {
  await clear();
  await sandbox.close();
});

const openCompany = (company: string) =>
  createSystemPort({
    config: {
      system: "business-central",
      apiUrl: `${sandbox.url}/v2.0/demo-tenant/Sandbox/api/v2.0`,
      tokenUrl: `${sandbox.url}/demo-tenant/oauth2/v2.0/token`,
      scope: "https://api.businesscentral.dynamics.com/.default",
      clientId: "fieldbridge-demo",
      company,
    },
    secrets: { clientSecret: "fieldbridge-demo-secret" },
    environment: { http: { allowAddress: () => true } },
  });

/** The names under the two numbers the accounts have, in the company alone. */
async function namesIn(company: string): Promise<unknown[]> {
  const found = await openCompany(company).find({
    keyFields: ["number"],
    values: [["C-10020"], ["N-1"]],
    shape: { object: "customers", fields: ["displayName"], one: {}, many: {} },
  });
  return found.map((rows) => rows.map((row) => row["displayName"]));
}

const accounts = [
  { Id: "id-1", Number: "C-10020", Name: "Renamed", Kind: "plain" },
  { Id: "id-2", Number: "N-1", Name: "New", Kind: "plain" },
];
const intoCompany = exampleTransfer({
  target: { connection: "shop", object: "customers", company: "param.Company" },
  parameters: { Company: { type: "text" } },
  mappings: { number: { value: "Number" }, displayName: { value: "Name" } },
});

test("a run writes into the company it was given and finds only what is there", async () => {
  const companies = {
    Main: openCompany("CRONUS"),
    CRONUS: openCompany("CRONUS"),
    "CRONUS Nordic": openCompany("CRONUS Nordic"),
  };
  const scene = await playScene({ crm: createCrm(accounts), companies }, intoCompany);
  await scene.work();

  const seeded = await namesIn("CRONUS");
  expect((await scene.run({ Company: "CRONUS Nordic" })).counts).toMatchObject({ created: 1, updated: 1 });
  expect(await namesIn("CRONUS Nordic")).toEqual([["Renamed"], ["New"]]);
  expect(await namesIn("CRONUS")).toEqual(seeded);

  expect((await scene.run({ Company: "CRONUS" })).counts).toMatchObject({ created: 1, updated: 1 });
  expect(await namesIn("CRONUS")).toEqual([["Renamed"], ["New"]]);
  expect((await scene.run({ Company: "CRONUS Nordic" })).counts).toMatchObject({ unchanged: 2 });
});
