import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { numberText } from "../core/json.ts";
import { fieldServiceSeed } from "../seed/field-service.ts";
import { salesforceSeed } from "./seed.ts";
import { openTestServer, recordsOf, type TestServer } from "./test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

describe("the seeded organisation", () => {
  it("is the same on every start", () => {
    expect(salesforceSeed()).toEqual(salesforceSeed());
  });

  it("has the two bad completed work orders as fourth and eighth in reading order", async () => {
    const answer = await server.query(
      `SELECT Account.ERP_No__c, (SELECT Product2.QuantityUnitOfMeasure FROM WorkOrderLineItems)
       FROM WorkOrder WHERE Status = 'Completed' ORDER BY SystemModstamp, Id`,
    );
    const text = recordsOf(answer).map((record) => JSON.stringify(record));
    expect(text.flatMap((each, index) => (each.includes('"PCS."') ? [index + 1] : []))).toEqual([4]);
    expect(text.flatMap((each, index) => (each.includes('"ERP_No__c":null') ? [index + 1] : []))).toEqual([
      8,
    ]);
  });

  it("shows the totals of the seed, and would compute the same ones itself", async () => {
    const { workOrders } = fieldServiceSeed().fieldService;
    const stored = new Map(salesforceSeed()["WorkOrder"]?.map(([, row]) => [row["WorkOrderNumber"], row]));
    for (const order of workOrders) {
      expect(Number(numberText(stored.get(order.number)?.["GrandTotal"]))).toBe(Number(order.total));
    }
    const fields = "Id, Discount, Subtotal, TotalPrice, GrandTotal, LineItemCount";
    const soql = `SELECT ${fields} FROM WorkOrder ORDER BY Id LIMIT 25`;
    const before = recordsOf(await server.query(soql));
    for (const record of before)
      await server.call("PATCH", `/sobjects/WorkOrder/${String(record["Id"])}`, {});
    expect(recordsOf(await server.query(soql))).toEqual(before);
  });

  it("goes on with ids and numbers after the seed", async () => {
    const { body } = await server.call("POST", "/sobjects/WorkOrder", { Subject: "Next" });
    const { id } = body as { id: string };
    const read = await server.call("GET", `/sobjects/WorkOrder/${id}`);
    expect(read.body).toMatchObject({ WorkOrderNumber: "00000121", Status: "New", StatusCategory: "New" });
  });
});
