// A client nobody here wrote, unmodified, against the server over HTTP.
import jsforce, { type Connection } from "jsforce";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSalesforceSandbox, type RunningSandbox } from "./start.ts";

let server: RunningSandbox;
let connection: Connection;

beforeAll(async () => {
  server = await startSalesforceSandbox({ port: 0 });
  connection = await signIn();
});
afterAll(() => server.close());

function oauth() {
  return { loginUrl: server.url, clientId: "fieldbridge-demo", clientSecret: "fieldbridge-demo-secret" };
}
async function signIn(): Promise<Connection> {
  const fresh = new jsforce.Connection({ oauth2: oauth(), instanceUrl: server.url, version: "66.0" });
  await fresh.authorize({ grant_type: "client_credentials" });
  return fresh;
}

/** What jsforce calls when a session has expired. */
async function renew(
  _expired: Connection,
  done: (error: Error | null, accessToken?: string) => void,
): Promise<void> {
  const fresh = await signIn();
  done(null, String(fresh.accessToken));
}

describe("jsforce, unmodified", () => {
  it("signs in by client credentials, by password grant and by SOAP, and knows who it is", async () => {
    expect(await connection.identity()).toMatchObject({ username: "demo@fieldbridge.example" });
    const password = new jsforce.Connection({ oauth2: oauth(), version: "66.0" });
    const user = await password.login("demo@fieldbridge.example", "fieldbridge-demo");
    expect(user.organizationId).toMatch(/^00D/);
    const soap = new jsforce.Connection({ loginUrl: server.url });
    expect((await soap.login("demo@fieldbridge.example", "fieldbridge-demo")).id).toBe(user.id);
    expect((await soap.query("SELECT Id FROM Account LIMIT 1")).totalSize).toBe(1);
    await expect(soap.login("demo@fieldbridge.example", "wrong")).rejects.toThrow("INVALID_LOGIN");
  });

  it("describes everything", async () => {
    const { sobjects } = await connection.describeGlobal();
    expect(sobjects.map((each) => each.name)).toContain("WorkOrderLineItem");
    const order = await connection.describe("WorkOrder");
    expect(order.fields.find((each) => each.name === "ERP_Id__c")?.externalId).toBe(true);
  });

  it("queries with parents and children and fetches further pages by itself", async () => {
    const lines = await connection.query("SELECT Id FROM WorkOrderLineItem", {
      autoFetch: true,
      headers: { "Sforce-Query-Options": "batchSize=200" },
    });
    expect([lines.records.length, lines.done]).toEqual([lines.totalSize, true]);
    expect(lines.totalSize).toBeGreaterThan(200);
    const [order] = (
      await connection.query(
        "SELECT Account.Name, (SELECT Quantity FROM WorkOrderLineItems) FROM WorkOrder WHERE Status = 'Completed' LIMIT 1",
      )
    ).records;
    expect(order).toMatchObject({
      Account: { Name: expect.any(String) },
      WorkOrderLineItems: { done: true },
    });
    const found = await connection.sobject("Account").find({ ERP_No__c: null }, "Id, Name").execute();
    expect(found).toHaveLength(1);
  });

  it("creates, updates, upserts, retrieves and deletes, one and many", async () => {
    const accounts = connection.sobject("Account");
    const one = await accounts.create({ Name: "One" });
    expect(await accounts.update({ Id: String(one.id), Phone: "1" })).toMatchObject({ success: true });
    expect(await accounts.retrieve(String(one.id))).toMatchObject({ Name: "One", Phone: "1" });
    const many = await accounts.create([{ Name: "A" }, { Phone: "no name" }]);
    expect(many.map((each) => each.success)).toEqual([true, false]);
    expect(await accounts.upsert({ Name: "Key", ERP_Id__c: "J-1" }, "ERP_Id__c")).toMatchObject({
      created: true,
    });
    const upserted = await accounts.upsert(
      [
        { Name: "Key 1", ERP_Id__c: "J-1" },
        { Name: "Key 2", ERP_Id__c: "J-2" },
      ],
      "ERP_Id__c",
    );
    expect(upserted).toMatchObject([
      { success: true, created: false },
      { success: true, created: true },
    ]);
    const updated = await accounts.update(upserted.map((each) => ({ Id: String(each.id), Fax: "2" })));
    expect(updated.every((each) => each.success)).toBe(true);
    expect(await accounts.destroy(updated.map((each) => String(each.id)))).toMatchObject([
      { success: true },
      { success: true },
    ]);
    await expect(accounts.create({ Name: "x".repeat(300) })).rejects.toMatchObject({
      errorCode: "STRING_TOO_LONG",
    });
  });

  it("reads limits, replication and composite answers, and signs in again after an expired session", async () => {
    expect((await connection.limits())["DailyApiRequests"]?.Max).toBe(5_000_000);
    expect(connection.limitInfo.apiUsage?.limit).toBe(5_000_000);
    const end = new Date(Date.now() + 60_000).toISOString();
    const start = new Date(Date.now() - 600_000).toISOString();
    const made = await connection.sobject("Account").create({ Name: "Just made" });
    expect((await connection.sobject("Account").updated(start, end)).ids).toContain(made.id);
    const answer = await connection.requestPost<{ compositeResponse: unknown[] }>("/composite", {
      compositeRequest: [{ method: "GET", url: "/services/data/v66.0/limits", referenceId: "a" }],
    });
    expect(answer.compositeResponse).toHaveLength(1);

    const renewing = new jsforce.Connection({
      instanceUrl: server.url,
      accessToken: String(connection.accessToken),
      version: "66.0",
      refreshFn: (expired, done) => void renew(expired, done),
    });
    await fetch(`${server.url}/_sandbox/expire-tokens`, { method: "POST" });
    expect((await renewing.query("SELECT COUNT() FROM WorkOrder")).totalSize).toBe(120);
    connection = await signIn();
  });
});
