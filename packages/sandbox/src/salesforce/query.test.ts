import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTestServer, recordsOf, type TestServer } from "./test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

async function column(soql: string, name: string): Promise<unknown[]> {
  return recordsOf(await server.query(soql)).map((record) => record[name]);
}
async function count(where: string): Promise<number> {
  const answer = await server.query(`SELECT COUNT() FROM WorkOrder WHERE ${where}`);
  expect(answer.body).toMatchObject({ done: true, records: [] });
  return (answer.body as { totalSize: number }).totalSize;
}
async function refusal(soql: string): Promise<string> {
  const answer = await server.query(soql);
  expect(answer.status).toBe(400);
  return (answer.body as { errorCode: string }[])[0]?.errorCode ?? "";
}

describe("queries", () => {
  it("answer exactly the selected fields in their order and canonical case, with parents and children", async () => {
    const answer = await server.query(
      `SELECT workordernumber, ACCOUNT.name, Account.Owner.Name, Asset.SerialNumber,
         (SELECT Product2.ProductCode, Quantity, Discount FROM WorkOrderLineItems ORDER BY LineItemNumber)
       FROM WorkOrder WHERE WorkOrderNumber = '00000001'`,
    );
    const [record] = recordsOf(answer);
    expect(Object.keys(record ?? {})).toEqual([
      "attributes",
      "WorkOrderNumber",
      "Account",
      "Asset",
      "WorkOrderLineItems",
    ]);
    expect(record).toMatchObject({
      attributes: {
        type: "WorkOrder",
        url: expect.stringContaining("/services/data/v66.0/sobjects/WorkOrder/0WO"),
      },
      Account: { Name: expect.any(String), Owner: { Name: "Ida Holm" } },
      WorkOrderLineItems: { done: true, totalSize: expect.any(Number) },
    });
  });

  it("give null for a missing parent and for no children", async () => {
    const created = await server.call("POST", "/sobjects/WorkOrder", { Subject: "Alone" });
    const { id } = created.body as { id: string };
    const [record] = recordsOf(
      await server.query(
        `SELECT Account.Name, (SELECT Id FROM WorkOrderLineItems) FROM WorkOrder WHERE Id = '${id.slice(0, 15)}'`,
      ),
    );
    expect(record).toMatchObject({ Account: null, WorkOrderLineItems: null });
    expect(await count(`Id = '${id}' AND Account.Name = null`)).toBe(1);
    await server.call("DELETE", `/sobjects/WorkOrder/${id}`);
  });

  it("filter by text without case, numbers, dates, booleans, null, LIKE and IN", async () => {
    expect(await count("Status = 'completed'")).toBe(60);
    expect(await count("Status != 'Completed'")).toBe(60);
    expect(await count("Status IN ('New', 'On Hold')")).toBe(30);
    expect(await count("Status NOT IN ('Completed')")).toBe(60);
    expect(await count("NOT (Status = 'Completed')")).toBe(60);
    expect(await count("Subject LIKE 'PUMP%'")).toBe(await count("Subject >= 'Pump' AND Subject < 'Pumq'"));
    expect(await count("ERP_No__c = null AND Status = 'Completed'")).toBe(60);
    expect(await count("AssetId != null OR AssetId = null")).toBe(120);
    expect(await count("GrandTotal > 0 AND GrandTotal < 100000.5")).toBe(120);
    expect(await count("IsDeleted = false AND IsClosed = TRUE")).toBe(2);
    expect(await count("SystemModstamp < 2026-11-01T00:00:00Z")).toBe(120);
    expect(await count("SystemModstamp < 2026-10-01T02:00:00%2B02:00".replace("%2B", "+"))).toBe(
      await count("SystemModstamp < 2026-10-01T00:00:00.000Z"),
    );
    expect(await count("CreatedDate = LAST_N_DAYS:400")).toBe(120);
    expect(await count("Account.ERP_No__c = null")).toBeGreaterThan(0);
  });

  it("do semi-joins and anti-joins", async () => {
    const odd = "SELECT WorkOrderId FROM WorkOrderLineItem WHERE Product2.QuantityUnitOfMeasure = 'PCS.'";
    expect(await count(`Id IN (${odd}) AND Status = 'Completed'`)).toBe(1);
    expect(await count(`Id NOT IN (${odd}) AND Status = 'Completed'`)).toBe(59);
  });

  it("page by (SystemModstamp, Id) without losing or repeating a row where stamps are equal", async () => {
    const all = await column("SELECT Id FROM WorkOrder ORDER BY SystemModstamp, Id", "Id");
    const paged: unknown[] = [];
    let after = "";
    for (let turn = 0; turn < 40 && paged.length < all.length; turn += 1) {
      const page = recordsOf(
        await server.query(
          `SELECT Id, SystemModstamp FROM WorkOrder ${after} ORDER BY SystemModstamp ASC, Id ASC LIMIT 7`,
        ),
      );
      paged.push(...page.map((record) => record["Id"]));
      const last = page.at(-1);
      const stamp = String(last?.["SystemModstamp"]);
      after = `WHERE SystemModstamp >= ${stamp} AND (SystemModstamp > ${stamp} OR Id > '${String(last?.["Id"])}')`;
    }
    expect(paged).toEqual(all);
    expect(all).toHaveLength(120);
  });

  it("hand out pages of the wished size under a locator that stays valid", async () => {
    const first = await server.query("SELECT Id FROM WorkOrderLineItem ORDER BY Id", {
      "sforce-query-options": "batchSize=200",
    });
    const body = first.body as {
      totalSize: number;
      done: boolean;
      nextRecordsUrl: string;
      records: object[];
    };
    expect([body.done, body.records.length]).toEqual([false, 200]);
    expect(body.nextRecordsUrl).toMatch(/^\/services\/data\/v66\.0\/query\/0r8\w{15}-200$/);
    const second = await server.call("GET", `/${body.nextRecordsUrl}`);
    const rest = second.body as { totalSize: number; done: boolean; records: object[] };
    expect([rest.totalSize, rest.done]).toEqual([body.totalSize, true]);
    expect(body.records.length + rest.records.length).toBe(body.totalSize);
    expect(rest).not.toHaveProperty("nextRecordsUrl");
    const wrong = await server.call("GET", "/query/0r8000000000000AAA-200");
    expect(wrong.body).toMatchObject([{ errorCode: "INVALID_QUERY_LOCATOR" }]);
    const small = await server.query("SELECT Id FROM Account", { "sforce-query-options": "batchSize=10" });
    expect(small.body).toMatchObject([{ errorCode: "INVALID_BATCH_SIZE" }]);
  });

  it("group and sum exactly", async () => {
    const answer = await server.query(
      "SELECT Status, COUNT(Id) n, SUM(GrandTotal) FROM WorkOrder GROUP BY Status HAVING COUNT(Id) > 20 ORDER BY COUNT(Id) DESC",
    );
    expect(recordsOf(answer).map((record) => [record["Status"], record["n"]])).toEqual([
      ["Completed", 60],
      ["New", 22],
    ]);
    const [total] = recordsOf(
      await server.query("SELECT SUM(GrandTotal) t, MIN(WorkOrderNumber) FROM WorkOrder"),
    );
    expect(total).toMatchObject({ attributes: { type: "AggregateResult" }, expr0: "00000001" });
    const cents = (await column("SELECT GrandTotal FROM WorkOrder", "GrandTotal")).reduce<number>(
      (sum, each) => sum + Math.round(Number(each) * 100),
      0,
    );
    expect(Math.round(Number(total?.["t"]) * 100)).toBe(cents);
  });

  it("sort nulls first unless told otherwise, and picklists in their set-up order", async () => {
    const ends = await column("SELECT EndDate FROM WorkOrder ORDER BY EndDate", "EndDate");
    expect([ends[0], ends.at(-1)]).toEqual([null, expect.any(String)]);
    const last = await column("SELECT EndDate FROM WorkOrder ORDER BY EndDate DESC NULLS LAST", "EndDate");
    expect([last[0], last.at(-1)]).toEqual([expect.any(String), null]);
    const statuses = await column("SELECT Status FROM WorkOrder ORDER BY Status", "Status");
    expect([...new Set(statuses)].slice(0, 4)).toEqual(["New", "In Progress", "On Hold", "Completed"]);
  });

  it("offer FIELDS, refuse duplicates and limit the expensive form", async () => {
    const [record] = recordsOf(await server.query("SELECT FIELDS(ALL) FROM Account LIMIT 1"));
    expect(record).toHaveProperty("ERP_No__c");
    expect(record).toHaveProperty("BillingAddress.city");
    expect(await refusal("SELECT FIELDS(ALL) FROM Account")).toBe("MALFORMED_QUERY");
    expect(await refusal("SELECT Id, id FROM Account")).toBe("INVALID_FIELD");
  });

  it("are refused with the platform's codes", async () => {
    expect(await refusal("SELECT Nope FROM Account")).toBe("INVALID_FIELD");
    expect(await refusal("SELECT Id FROM Nope")).toBe("INVALID_TYPE");
    expect(await refusal("SELECT Id, (SELECT Id FROM Nopes) FROM Account")).toBe("INVALID_TYPE");
    expect(await refusal("SELECT Id FROM WorkOrder WHERE EndDate = '2026-11-03'")).toBe("INVALID_FIELD");
    expect(await refusal("SELECT Id FROM WorkOrder WHERE EndDate > 2026-11-03")).toBe("INVALID_FIELD");
    expect(await refusal("SELECT Id FROM WorkOrder WHERE GrandTotal = '5'")).toBe("INVALID_FIELD");
    expect(await refusal("SELECT Id FROM WorkOrder WHERE ERP_Error__c = 'x'")).toBe("INVALID_FIELD");
    expect(await refusal("SELECT Id FROM WorkOrder WHERE Id = '123'")).toBe("INVALID_QUERY_FILTER_OPERATOR");
    expect(await refusal("SELECT Id FROM WorkOrder LIMIT 1 OFFSET 2001")).toBe("NUMBER_OUTSIDE_VALID_RANGE");
    expect(await refusal("SELECT Status, COUNT(Id) FROM WorkOrder")).toBe("MALFORMED_QUERY");
  });

  it("show deleted rows only to queryAll", async () => {
    const created = await server.call("POST", "/sobjects/Account", { Name: "Short-lived" });
    const { id } = created.body as { id: string };
    await server.call("DELETE", `/sobjects/Account/${id}`);
    const soql = encodeURIComponent(`SELECT Id, IsDeleted FROM Account WHERE Id = '${id}'`);
    expect(recordsOf(await server.call("GET", `/query?q=${soql}`))).toEqual([]);
    expect(recordsOf(await server.call("GET", `/queryAll?q=${soql}`))).toMatchObject([{ IsDeleted: true }]);
  });
});
