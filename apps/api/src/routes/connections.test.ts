/** Connections by HTTP: stored, tested and looked into, with their secrets never coming out. */
import { Fault, type SystemPort } from "@fieldbridge/engine";
import { problem, toIssue } from "@fieldbridge/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { saveClosure, saveUsage } from "../stores/connection-gates.store.ts";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createCrm } from "../testing/stand-in-system.ts";
import { startTestProduct, type TestProduct } from "../testing/test-product.ts";

const canary = "canary-secret-7f3a";
const input = (id: string, more: object = {}) => ({
  id,
  name: `Connection ${id}`,
  config: { system: "salesforce", instanceUrl: "https://org.example", clientId: "client" },
  secrets: { clientSecret: canary },
  ...more,
});

let product: TestProduct;
let port: ReturnType<typeof createCrm>;
beforeAll(async () => {
  port = createCrm([{ Id: "1", Number: "A1", Name: "First" }]);
  const refused: SystemPort = {
    ...port,
    discoverObjects: () =>
      Promise.reject(new Fault(toIssue("CON-601", "", "The secret is wrong."), { retryable: false })),
    checkConnection: async () => [
      { name: "Sign-in", ok: false, message: "The secret is wrong.", durationMs: 1 },
    ],
  };
  product = await startTestProduct({ ports: { crm: port, salesforce: port, refused } });
  for (const id of ["crm", "refused"]) await product.call("createConnection", { body: input(id) });
});
afterAll(() => product.stop());

test("a stored connection names its secrets and never shows them", async () => {
  const answer = await product.call("getConnection", { params: { id: "crm" } });
  expect(answer.status).toBe(200);
  expect(answer.body).toMatchObject({ secretsSet: ["clientSecret"], state: "unknown", builtIn: false });
  const everything = [
    await product.call("listConnections"),
    answer,
    await product.call("createConnection", { body: input("crm") }),
  ];
  expect(JSON.stringify(everything)).not.toContain(canary);
});

test("secrets that were sealed with a lost key are asked for again, in plain words", async () => {
  await product.call("createConnection", { body: input("lost") });
  await product.context.db.pool.query(
    "update connections set secrets = replace(secrets, split_part(secrets, '.', 2), 'deadbeef') where id = 'lost'",
  );
  const { id: _id, secrets: _secrets, ...rest } = input("lost");
  const kept = await product.call("updateConnection", { params: { id: "lost" }, body: rest });
  expect(kept.status).toBe(502);
  expect(problem.parse(kept.body).message).toContain("enter them again");
  const { status } = await product.call("updateConnection", {
    params: { id: "lost" },
    body: { ...rest, secrets: { clientSecret: "again" } },
  });
  expect(status).toBe(200);
});

test("no table holds a secret in clear", async () => {
  const { rows } = await product.context.db.pool.query("select * from connections");
  expect(rows.length).toBeGreaterThan(0);
  expect(JSON.stringify(rows)).not.toContain(canary);
});

test("an id that is taken is refused with 409", async () => {
  const answer = await product.call("createConnection", { body: input("crm") });
  expect([answer.status, problem.parse(answer.body).code]).toEqual([409, "API-906"]);
});

test("a connection that does not exist is a 404", async () => {
  for (const name of ["getConnection", "testConnection", "listObjects", "deleteConnection"] as const)
    expect((await product.call(name, { params: { id: "nobody" } })).status).toBe(404);
});

test("a change without secrets keeps them while the address stays, and asks for them when it moves", async () => {
  const { id: _id, secrets: _secrets, ...rest } = input("crm");
  const kept = await product.call("updateConnection", {
    params: { id: "crm" },
    body: { ...rest, name: "CRM" },
  });
  expect(kept.body).toMatchObject({ name: "CRM", secretsSet: ["clientSecret"] });
  const moved = { ...rest, config: { ...rest.config, instanceUrl: "https://thief.example" } };
  const refused = await product.call("updateConnection", { params: { id: "crm" }, body: moved });
  expect(refused.status).toBe(400);
  const tested = await product.call("testConnectionInput", { body: { id: "crm", config: moved.config } });
  expect(tested.status).toBe(400);
});

test("a test tells each check and the number of objects, and the connection remembers that it works", async () => {
  const answer = await product.call("testConnection", { params: { id: "crm" } });
  expect(answer.body).toMatchObject({ ok: true, objects: 1 });
  expect(answer.body.checks.length).toBeGreaterThan(0);
  const { body } = await product.call("getConnection", { params: { id: "crm" } });
  expect(body.state).toBe("ok");
  expect(body.stateSince).not.toBeNull();
});

test("a refused sign-in is told by the test and remembered", async () => {
  const answer = await product.call("testConnection", { params: { id: "refused" } });
  expect(answer.body).toMatchObject({ ok: false, objects: null });
  expect((await product.call("getConnection", { params: { id: "refused" } })).body.state).toBe(
    "needs-sign-in",
  );
});

test("a system that fails answers as 502 with its own code", async () => {
  const answer = await product.call("listObjects", { params: { id: "refused" } });
  expect([answer.status, problem.parse(answer.body).code]).toEqual([502, "CON-601"]);
});

test("settings are tested before they are stored", async () => {
  const { config, secrets } = input("new");
  const answer = await product.call("testConnectionInput", { body: { config, secrets } });
  expect(answer.body.ok).toBe(true);
});

test("fields come from the cache until a refresh asks the system", async () => {
  const params = { id: "crm", object: "Account" };
  const first = await product.call("getObject", { params });
  expect(first.body.fields.map((field) => field.name)).toEqual(["Id", "Number", "Name", "Kind", "Synced"]);
  const calls = port.callCount();
  const again = await product.call("getObject", { params });
  expect(again.body.discoveredAt).toBe(first.body.discoveredAt);
  expect(port.callCount()).toBe(calls);
  const fresh = await product.call("getObject", { params, query: { refresh: "true" } });
  expect(port.callCount()).toBeGreaterThan(calls);
  expect(fresh.body.fingerprint).toBe(first.body.fingerprint);
});

test("an object the system does not offer is a 404", async () => {
  expect((await product.call("getObject", { params: { id: "crm", object: "Nothing" } })).status).toBe(404);
});

test("samples bring the wanted fields of the records that match", async () => {
  const read = (filter?: string) =>
    product.call("readSamples", {
      params: { id: "crm" },
      body: { object: "Account", paths: ["Name", "No.Such.Path"], ...(filter && { filter }) },
    });
  expect((await read()).body).toMatchObject({ rows: [{ Id: "1", Name: "First" }], matching: 1 });
  expect((await read('Number = "A2"')).body.rows).toEqual([]);
  expect((await read("Number =")).status).toBe(400);
});

test("a connection in use is not deleted, and goes once nothing uses it", async () => {
  await product.call("createTransfer", { body: { definition: exampleTransfer() } });
  const { body } = await product.call("getConnection", { params: { id: "crm" } });
  expect(body.usedByTransfers).toBe(1);
  const refused = await product.call("deleteConnection", { params: { id: "crm" } });
  expect([refused.status, problem.parse(refused.body).message]).toEqual([
    409,
    "The connection is used by Accounts to customers.",
  ]);
  await product.call("deleteTransfer", { params: { id: "tr_accounts" } });
  expect((await product.call("deleteConnection", { params: { id: "crm" } })).status).toBe(200);
});

test("a connection tells why nobody calls it, until it answers, and how many calls of the day are used", async () => {
  const { db } = product.context;
  await product.call("createConnection", { body: input("closing") });
  const closed = async () => {
    const { body } = await product.call("getConnection", { params: { id: "closing" } });
    return body.closure;
  };
  expect(await closed()).toBeNull();
  const silent = toIssue("CON-611", "", "CRM has not answered 5 calls in a row.");
  await saveClosure(db, "closing", "worker", {
    kind: "broken",
    sinceInMs: -60_000,
    untilInMs: -1,
    issue: silent,
    round: 1,
  });
  expect(await closed()).toMatchObject({ kind: "broken", issue: { code: "CON-611" } });
  await saveClosure(db, "closing", "worker", null);
  expect(await closed()).toBeNull();
  await saveUsage(db, "closing", { used: 1_790, allowed: 100_000 });
  const { body } = await product.call("getConnection", { params: { id: "closing" } });
  expect(body.dailyCalls).toMatchObject({ used: 1_790, allowed: 100_000 });
});

test("limits are stored with the settings; numbers the system would never grant are refused", async () => {
  await product.call("createConnection", { body: input("limited") });
  const withLimits = (limits: object) =>
    product.call("updateConnection", {
      params: { id: "limited" },
      body: { name: "Limited", config: { ...input("limited").config, limits }, secrets: {} },
    });
  const stored = await withLimits({ dailyPercent: 50, parallelCalls: 2 });
  expect(stored.body.config.limits).toEqual({ dailyPercent: 50, parallelCalls: 2 });
  expect((await withLimits({ dailyPercent: 0 })).status).toBe(400);
  expect((await withLimits({ callsPerFiveMinutes: 100 })).status).toBe(400);
});
