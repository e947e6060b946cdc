import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isObject, numberText } from "../core/json.ts";
import { openTestServer, recordsOf, type TestServer } from "./test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await openTestServer();
});
afterAll(() => server.close());

async function firstId(soql: string): Promise<string> {
  return String(recordsOf(await server.query(soql))[0]?.["Id"]);
}
async function create(object: string, body: object): Promise<string> {
  const answer = await server.call("POST", `/sobjects/${object}`, body);
  expect(answer.body).toMatchObject({ success: true, errors: [] });
  return (answer.body as { id: string }).id;
}
async function refusal(
  method: string,
  path: string,
  body?: object | string,
): Promise<[number, string, string[]]> {
  const answer = await server.call(method, path, body);
  const [error] = answer.body as { errorCode: string; fields?: string[] }[];
  return [answer.status, error?.errorCode ?? "", error?.fields ?? []];
}

describe("single records", () => {
  it("are created, read, changed and deleted, with the platform's status codes", async () => {
    const created = await server.call("POST", "/sobjects/Account", { Name: "Nordwind", ERP_Id__c: "E-1" });
    const { id } = created.body as { id: string };
    expect([created.status, created.headers.get("location")]).toEqual([
      201,
      `/services/data/v66.0/sobjects/Account/${id}`,
    ]);
    const read = await server.call("GET", `/sobjects/Account/${id.slice(0, 15)}?fields=Name,CurrencyIsoCode`);
    expect(read.body).toEqual({
      attributes: { type: "Account", url: `/services/data/v66.0/sobjects/Account/${id}` },
      Name: "Nordwind",
      CurrencyIsoCode: "EUR",
    });
    const patched = await server.call("PATCH", `/sobjects/Account/${id}`, { Phone: "1", Fax: null });
    expect([patched.status, patched.body]).toEqual([204, ""]);
    expect((await server.call("DELETE", `/sobjects/Account/${id}`)).status).toBe(204);
    expect(await refusal("GET", `/sobjects/Account/${id}`)).toEqual([404, "ENTITY_IS_DELETED", []]);
    expect(await refusal("GET", "/sobjects/Account/001Fb0zzzzzzzzz")).toEqual([404, "NOT_FOUND", []]);
  });

  it("keep every digit of an amount from request to answer", async () => {
    const id = await create("Asset", {
      Name: "Pump",
      AccountId: await firstId("SELECT Id FROM Account LIMIT 1"),
    });
    await server.call("PATCH", `/sobjects/Asset/${id}`, '{"Price": 9007199254740993.07, "Quantity": 1.005}');
    const { exact } = await server.call("GET", `/sobjects/Asset/${id}?fields=Price,Quantity`);
    if (!isObject(exact)) throw new Error("No record");
    expect(numberText(exact["Price"])).toBe("9007199254740993.07");
    expect(numberText(exact["Quantity"])).toBe("1.01");
  });

  it("stamp every write with whole seconds of the server's clock", async () => {
    const id = await create("Account", { Name: "Stamped" });
    server.clock.setOffset(61_500);
    await server.call("PATCH", `/sobjects/Account/${id}`, {});
    const { body } = await server.call("GET", `/sobjects/Account/${id}`);
    expect(body).toMatchObject({
      CreatedDate: "2026-11-03T08:00:00.000+0000",
      SystemModstamp: "2026-11-03T08:01:01.000+0000",
      LastModifiedDate: "2026-11-03T08:01:01.000+0000",
    });
    server.clock.setOffset(0);
  });

  it("are refused in the order type, length, required, choice, unique, reference", async () => {
    const order = "/sobjects/WorkOrder";
    expect(await refusal("POST", "/sobjects/Account", {})).toEqual([400, "REQUIRED_FIELD_MISSING", ["Name"]]);
    expect(await refusal("POST", "/sobjects/Account", { Name: "x".repeat(256) })).toEqual([
      400,
      "STRING_TOO_LONG",
      ["Name"],
    ]);
    expect(await refusal("POST", order, { Nope: 1 })).toEqual([400, "INVALID_FIELD", []]);
    expect(await refusal("POST", order, { WorkOrderNumber: "1", GrandTotal: 1 })).toEqual([
      400,
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      ["WorkOrderNumber", "GrandTotal"],
    ]);
    expect(await refusal("POST", order, { Status: "Done" })).toEqual([
      400,
      "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
      ["Status"],
    ]);
    expect(await refusal("POST", order, { CurrencyIsoCode: "XXX" })).toEqual([
      400,
      "INVALID_CURRENCY_ISO",
      ["CurrencyIsoCode"],
    ]);
    expect(await refusal("POST", order, { Tax: "12,5" })).toEqual([400, "JSON_PARSER_ERROR", ["Tax"]]);
    expect(await refusal("POST", order, { Tax: 1e17 })).toEqual([400, "NUMBER_OUTSIDE_VALID_RANGE", ["Tax"]]);
    expect(await refusal("POST", order, { EndDate: "soon" })).toEqual([
      400,
      "JSON_PARSER_ERROR",
      ["EndDate"],
    ]);
    expect(await refusal("POST", order, { AccountId: "abc" })).toEqual([400, "MALFORMED_ID", ["AccountId"]]);
    expect(await refusal("POST", order, { AccountId: "001Fb0zzzzzzzzz" })).toEqual([
      400,
      "INVALID_CROSS_REFERENCE_KEY",
      ["AccountId"],
    ]);
    expect(await refusal("POST", order, "{broken")).toEqual([400, "JSON_PARSER_ERROR", []]);
    expect(await refusal("POST", "/sobjects/Asset", { Name: "No owner" })).toEqual([
      400,
      "FIELD_INTEGRITY_EXCEPTION",
      ["AccountId"],
    ]);
    expect(await refusal("POST", "/sobjects/Contact", { LastName: "A", Email: "nobody" })).toEqual([
      400,
      "INVALID_EMAIL_ADDRESS",
      ["Email"],
    ]);
  });

  it("have external ids that are unique without regard to case and find the record", async () => {
    const id = await create("WorkOrder", { ERP_Id__c: "Key/ä #1" });
    expect(await refusal("POST", "/sobjects/WorkOrder", { ERP_Id__c: "KEY/Ä #1" })).toEqual([
      400,
      "DUPLICATE_VALUE",
      ["ERP_Id__c"],
    ]);
    const path = `/sobjects/WorkOrder/ERP_Id__c/${encodeURIComponent("key/ä #1")}`;
    expect((await server.call("GET", path)).body).toMatchObject({ Id: id });
    const updated = await server.call("PATCH", path, { Subject: "Found" });
    expect([updated.status, updated.body]).toEqual([200, { id, success: true, errors: [], created: false }]);
    const created = await server.call("PATCH", "/sobjects/WorkOrder/ERP_Id__c/K-2", { Subject: "New" });
    expect([created.status, created.body]).toMatchObject([201, { created: true }]);
    expect(await refusal("PATCH", "/sobjects/WorkOrder/ERP_Id__c/K-3?updateOnly=true", {})).toEqual([
      404,
      "NOT_FOUND",
      [],
    ]);
    expect(await refusal("PATCH", "/sobjects/WorkOrder/Subject/K-3", {})).toEqual([404, "NOT_FOUND", []]);
    expect((await server.call("DELETE", path)).status).toBe(204);
  });

  it("answer 300 with the choices when a lookup value names several records", async () => {
    const ids = [await create("Asset", assetOf("Twin")), await create("Asset", assetOf("twin"))];
    const answer = await server.call("PATCH", "/sobjects/Asset/Name/Twin", { SerialNumber: "1" });
    expect(answer.status).toBe(300);
    expect(answer.body).toEqual(ids.map((id) => `/services/data/v66.0/sobjects/Asset/${id}`));
  });

  it("name a parent by its external id", async () => {
    const parent = await create("Account", { Name: "Parent", ERP_Id__c: "P-1" });
    const id = await create("WorkOrder", { Account: { ERP_Id__c: "p-1" } });
    expect((await server.call("GET", `/sobjects/WorkOrder/${id}/Account`)).body).toMatchObject({
      Id: parent,
    });
    expect(recordsOf(await server.call("GET", `/sobjects/Account/${parent}/WorkOrders`))).toMatchObject([
      { Id: id },
    ]);
    expect(await refusal("POST", "/sobjects/WorkOrder", { Account: { ERP_Id__c: "nobody" } })).toEqual([
      400,
      "INVALID_FIELD",
      ["AccountId"],
    ]);
  });

  it("are not overwritten when they changed since a given time", async () => {
    const id = await create("Account", { Name: "Guarded" });
    const path = `/sobjects/Account/${id}`;
    const early = { "if-unmodified-since": "Tue, 03 Nov 2026 07:59:59 GMT" };
    expect((await server.call("PATCH", path, { Name: "Lost" }, early)).status).toBe(412);
    const late = { "if-unmodified-since": "Tue, 03 Nov 2026 08:00:00 GMT" };
    expect((await server.call("PATCH", path, { Name: "Kept" }, late)).status).toBe(204);
    const since = { "if-modified-since": "Tue, 03 Nov 2026 08:00:00 GMT" };
    expect((await server.call("GET", path, undefined, since)).status).toBe(304);
  });
});

function assetOf(name: string): object {
  return { Name: name, ContactId: "003Fb0000000001" };
}

describe("work order lines", () => {
  async function openOrder(): Promise<{ order: string; entry: string }> {
    const book = await firstId("SELECT Id FROM Pricebook2 WHERE IsStandard = false");
    const entry = await firstId(
      `SELECT Id FROM PricebookEntry WHERE Pricebook2Id = '${book}' AND ProductCode = 'LAB-100' AND CurrencyIsoCode = 'EUR'`,
    );
    return { order: await create("WorkOrder", { Pricebook2Id: book }), entry };
  }
  async function totals(order: string): Promise<unknown> {
    const fields = "Subtotal,Discount,TotalPrice,GrandTotal,LineItemCount,SystemModstamp";
    const { body } = await server.call("GET", `/sobjects/WorkOrder/${order}?fields=${fields}`);
    return body;
  }

  it("take price and product from their price book entry and add up on the order without touching its stamp", async () => {
    const { order, entry } = await openOrder();
    server.clock.setOffset(5000);
    const line = await create("WorkOrderLineItem", {
      WorkOrderId: order,
      PricebookEntryId: entry,
      Quantity: 1.25,
      Discount: 7.5,
    });
    const { body } = await server.call("GET", `/sobjects/WorkOrderLineItem/${line}`);
    expect(body).toMatchObject({ UnitPrice: 89.5, ListPrice: 89.5, Subtotal: 111.88, TotalPrice: 103.48 });
    expect(body).toMatchObject({
      LineItemNumber: "00000360",
      CurrencyIsoCode: "EUR",
      Product2Id: expect.any(String),
    });
    const stamp = "2026-11-03T08:00:00.000+0000";
    expect(await totals(order)).toMatchObject({
      GrandTotal: 103.48,
      LineItemCount: 1,
      SystemModstamp: stamp,
    });
    await server.call("PATCH", `/sobjects/WorkOrderLineItem/${line}`, { Quantity: 2 });
    await server.call("PATCH", `/sobjects/WorkOrder/${order}`, { Tax: 10 });
    expect(await totals(order)).toMatchObject({ TotalPrice: 165.58, GrandTotal: 175.58 });
    await server.call("DELETE", `/sobjects/WorkOrderLineItem/${line}`);
    expect(await totals(order)).toMatchObject({ TotalPrice: 0, LineItemCount: 0 });
    server.clock.setOffset(0);
  });

  it("are refused without order, with a foreign currency or price book, and go with their order", async () => {
    const { order, entry } = await openOrder();
    expect(await refusal("POST", "/sobjects/WorkOrderLineItem", { Quantity: 1 })).toEqual([
      400,
      "REQUIRED_FIELD_MISSING",
      ["WorkOrderId"],
    ]);
    const foreign = await create("WorkOrder", { CurrencyIsoCode: "USD" });
    expect(
      await refusal("POST", "/sobjects/WorkOrderLineItem", { WorkOrderId: foreign, PricebookEntryId: entry }),
    ).toEqual([400, "FIELD_INTEGRITY_EXCEPTION", ["PricebookEntryId"]]);
    const line = await create("WorkOrderLineItem", { WorkOrderId: order, PricebookEntryId: entry });
    expect(await refusal("PATCH", `/sobjects/WorkOrderLineItem/${line}`, { WorkOrderId: foreign })).toEqual([
      400,
      "INVALID_FIELD_FOR_INSERT_UPDATE",
      ["WorkOrderId"],
    ]);
    expect(await refusal("DELETE", `/sobjects/PricebookEntry/${entry}`)).toEqual([400, "DELETE_FAILED", []]);
    expect((await server.call("DELETE", `/sobjects/WorkOrder/${order}`)).status).toBe(204);
    expect(await refusal("GET", `/sobjects/WorkOrderLineItem/${line}`)).toEqual([
      404,
      "ENTITY_IS_DELETED",
      [],
    ]);
  });

  it("need a standard price before a price in another book, and one price per product, book and currency", async () => {
    const product = await create("Product2", { Name: "Valve" });
    const standard = await firstId("SELECT Id FROM Pricebook2 WHERE IsStandard = true");
    const book = await firstId("SELECT Id FROM Pricebook2 WHERE IsStandard = false");
    const price = { Product2Id: product, UnitPrice: 5, IsActive: true };
    const entries = "/sobjects/PricebookEntry";
    expect(await refusal("POST", entries, { ...price, Pricebook2Id: book })).toEqual([
      400,
      "STANDARD_PRICE_NOT_DEFINED",
      [],
    ]);
    await create("PricebookEntry", { ...price, Pricebook2Id: standard });
    await create("PricebookEntry", { ...price, Pricebook2Id: book });
    expect(await refusal("POST", entries, { ...price, Pricebook2Id: book })).toEqual([
      400,
      "DUPLICATE_VALUE",
      [],
    ]);
  });
});
