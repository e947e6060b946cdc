import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onlyRecordIn, recordsIn, refusalOf, startForTest, textIn } from "../test-client.ts";
import type { JsonRecord, TestAnswer, TestServer } from "../test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startForTest({ clock: fixedClock("2026-03-31T10:00:00.000Z") });
});
afterAll(() => server.sandbox.close());

function fixedClock(at: string) {
  return {
    now: () => Date.parse(at),
    offsetMs: () => 0,
    setOffset: () => undefined,
    onMove: () => () => undefined,
  };
}

const CUSTOMER = "C-10020";
const line = { lineType: "Item", lineObjectNumber: "LAB-100", quantity: 1, unitPrice: 10 };

function post(path: string, body?: unknown): Promise<TestAnswer> {
  return server.call("POST", path, body === undefined ? {} : { body });
}

async function createInvoice(values: JsonRecord = {}): Promise<JsonRecord> {
  const answer = await post("salesInvoices?$expand=salesInvoiceLines", {
    customerNumber: CUSTOMER,
    salesInvoiceLines: [line],
    ...values,
  });
  expect(answer).toMatchObject({ status: 201 });
  return answer.json;
}

async function readInvoice(id: string): Promise<JsonRecord> {
  return (await server.call("GET", `salesInvoices(${id})?$expand=salesInvoiceLines`)).json;
}

describe("a new invoice", () => {
  it("is one document with its lines, numbered and dated by the server", async () => {
    const invoice = await createInvoice({ externalDocumentNumber: " wo-77 " });
    expect(invoice).toMatchObject({
      number: "SI-100001",
      externalDocumentNumber: "WO-77",
      status: "Draft",
      invoiceDate: "2026-03-31",
      postingDate: "2026-03-31",
      dueDate: "2026-04-14",
      customerNumber: CUSTOMER,
      customerName: "Elbkontor Logistik GmbH",
      billToCustomerNumber: CUSTOMER,
      sellToCity: "Hamburg",
      currencyCode: "EUR",
      currencyId: "00000000-0000-0000-0000-000000000000",
      orderNumber: "",
      lastModifiedDateTime: "2026-03-31T10:00:00.000Z",
    });
    expect(onlyRecordIn(invoice, "salesInvoiceLines")).toMatchObject({
      sequence: 10000,
      lineType: "Item",
      lineObjectNumber: "LAB-100",
      description: "Service technician",
      unitOfMeasureCode: "HOUR",
    });
    expect((await createInvoice())["number"]).toBe("SI-100002");
  });

  it("is found under its Location", async () => {
    const answer = await post("salesInvoices", { customerNumber: CUSTOMER });
    const location = answer.headers.get("location") ?? "";
    expect((await server.call("GET", location, { absolute: true })).json["id"]).toBe(answer.json["id"]);
  });

  it("is answered without a body for Prefer: return=minimal", async () => {
    const answer = await server.call("POST", "salesInvoices", {
      body: { customerNumber: CUSTOMER },
      headers: { prefer: "return=minimal" },
    });
    expect([answer.status, answer.text]).toEqual([204, ""]);
    expect(answer.headers.get("odata-entityid")).toBe(answer.headers.get("location"));
  });

  it("takes the due date from the payment terms of invoice date or as it was sent", async () => {
    expect((await createInvoice({ invoiceDate: "2026-02-20" }))["dueDate"]).toBe("2026-03-06");
    expect((await createInvoice({ dueDate: "2026-12-24" }))["dueDate"]).toBe("2026-12-24");
  });

  it("may carry a number of the caller's, but none twice", async () => {
    expect((await createInvoice({ number: "my-1" }))["number"]).toBe("MY-1");
    expect(refusalOf(await post("salesInvoices", { customerNumber: CUSTOMER, number: "MY-1" }))).toEqual({
      status: 409,
      code: "Internal_EntityWithSameKeyExists",
      message: "The Sales Invoice already exists. Identification fields and values: No.='MY-1'",
    });
  });

  it("leaves no trace when one of its lines is refused", async () => {
    const before = (await server.call("GET", "salesInvoices/$count")).text;
    const answer = await post("salesInvoices", {
      customerNumber: CUSTOMER,
      externalDocumentNumber: "HALF",
      salesInvoiceLines: [line, { ...line, lineObjectNumber: "GONE" }],
    });
    expect(refusalOf(answer)).toEqual({
      status: 400,
      code: "Internal_InvalidTableRelation",
      message:
        "The field No. of table Sales Invoice Line contains a value (GONE) that cannot be found in the related table (Item).",
    });
    expect((await server.call("GET", "salesInvoices/$count")).text).toBe(before);
    const next = await createInvoice();
    const found = await server.call("GET", "salesInvoices?$filter=externalDocumentNumber eq 'HALF'");
    expect(recordsIn(found.json)).toEqual([]);
    expect(next["number"]).toMatch(/^SI-/);
  });
});

describe("amounts", () => {
  it.each([
    [{ quantity: "1", unitPrice: "0.125" }, "0.13"],
    [{ quantity: "-1", unitPrice: "0.125" }, "-0.13"],
    [{ quantity: "3", unitPrice: "33.33", discountPercent: "10" }, "89.99"],
    [{ quantity: "2.5", unitPrice: "89.123456789", discountPercent: "5" }, "211.67"],
    [{ quantity: "1", unitPrice: "1.005" }, "1.01"],
    [{ quantity: "1000000", unitPrice: "99999999.99" }, "99999999990000"],
    [{ quantity: "1", unitPrice: "100", discountPercent: "100" }, "0"],
    [{ quantity: "0.1", unitPrice: "0.2" }, "0.02"],
  ])("of %o is %s to the cent", async (values, expected) => {
    const fields = Object.entries(values).map(([name, value]) => `"${name}":${value}`);
    const body = `{"customerNumber":"${CUSTOMER}","salesInvoiceLines":[{"lineType":"Item","lineObjectNumber":"LAB-100",${fields.join(",")}}]}`;
    const answer = await post("salesInvoices?$expand=salesInvoiceLines", body);
    expect(answer.text).toContain(`"totalAmountIncludingTax":${expected},`);
    expect(answer.text).toContain(`"netAmount":${expected},`);
    for (const [name, value] of Object.entries(values)) expect(answer.text).toContain(`"${name}":${value}`);
  });

  it("keep every digit that was sent", async () => {
    const body = `{"customerNumber":"${CUSTOMER}","salesInvoiceLines":[{"lineType":"Item","lineObjectNumber":"LAB-100","quantity":1,"unitPrice":12345678901234.123456789}]}`;
    const answer = await post("salesInvoices?$expand=salesInvoiceLines", body);
    expect(answer.text).toContain('"unitPrice":12345678901234.123456789,');
    expect(answer.text).toContain('"totalAmountExcludingTax":12345678901234.12,');
  });

  it("of the document are the sum of its lines less its own discount", async () => {
    const invoice = await createInvoice({
      discountAmount: 1.5,
      salesInvoiceLines: [line, { ...line, quantity: 2 }],
    });
    expect(invoice).toMatchObject({
      totalAmountExcludingTax: 28.5,
      totalTaxAmount: 0,
      remainingAmount: 28.5,
    });
  });

  it("give the percentage when the discount was sent as an amount", async () => {
    const invoice = await createInvoice({
      salesInvoiceLines: [{ ...line, quantity: 3, discountAmount: 10 }],
    });
    expect(onlyRecordIn(invoice, "salesInvoiceLines")).toMatchObject({
      discountPercent: 33.33333,
      netAmount: 20,
    });
  });

  it("start from the item's price, in the currency of the document", async () => {
    const unpriced = { lineType: "Item", lineObjectNumber: "LAB-100", quantity: 1 };
    const local = await createInvoice({ salesInvoiceLines: [unpriced] });
    expect(onlyRecordIn(local, "salesInvoiceLines")["unitPrice"]).toBe(89.5);
    const foreign = await createInvoice({ currencyCode: "DKK", salesInvoiceLines: [unpriced] });
    expect(foreign["currencyCode"]).toBe("DKK");
    expect(onlyRecordIn(foreign, "salesInvoiceLines")["unitPrice"]).toBe(667.67);
  });
});

describe("lines", () => {
  it("change the header's totals, etag and change stamp", async () => {
    const invoice = await createInvoice();
    const id = textIn(invoice, "id");
    const added = await post(`salesInvoices(${id})/salesInvoiceLines`, { ...line, quantity: 4 });
    expect(added.status).toBe(201);
    expect(added.json).toMatchObject({ documentId: id, sequence: 20000 });
    const after = await readInvoice(id);
    expect(after["totalAmountIncludingTax"]).toBe(50);
    expect(after["@odata.etag"]).not.toBe(invoice["@odata.etag"]);

    const lineId = textIn(added.json, "id");
    const changed = await server.call("PATCH", `salesInvoiceLines(${lineId})`, {
      body: { quantity: 2 },
      headers: { "if-match": textIn(added.json, "@odata.etag") },
    });
    expect(changed.json["netAmount"]).toBe(20);
    expect((await readInvoice(id))["totalAmountIncludingTax"]).toBe(30);

    expect((await server.call("DELETE", `salesInvoices(${id})/salesInvoiceLines(${lineId})`)).status).toBe(
      204,
    );
    expect(await readInvoice(id)).toMatchObject({
      totalAmountIncludingTax: 10,
      salesInvoiceLines: [{ quantity: 1 }],
    });
  });

  it("are written directly with their documentId", async () => {
    const id = textIn(await createInvoice({ salesInvoiceLines: [] }), "id");
    expect((await post("salesInvoiceLines", { ...line, documentId: id })).status).toBe(201);
    const read = await server.call("GET", `salesInvoiceLines?$filter=documentId eq ${id}`);
    expect(onlyRecordIn(read.json)["netAmount"]).toBe(10);
    const none = await server.call("GET", `salesInvoiceLines?$filter=documentId eq ${id} and quantity gt 1`);
    expect(recordsIn(none.json)).toEqual([]);
  });

  it("are not read without naming a line or a document", async () => {
    expect(refusalOf(await server.call("GET", "salesInvoiceLines"))).toEqual({
      status: 400,
      code: "Application_DialogException",
      message: "You must specify an Id or a Document Id to get the lines.",
    });
  });

  it("name an item or an account, by id or by number, and not both", async () => {
    const item = onlyRecordIn((await server.call("GET", "items?$filter=number eq 'LAB-100'")).json);
    const account = onlyRecordIn((await server.call("GET", "accounts?$filter=number eq '44100'")).json);
    const id = textIn(await createInvoice({ salesInvoiceLines: [] }), "id");
    const lines = `salesInvoices(${id})/salesInvoiceLines`;
    expect((await post(lines, { itemId: item["id"], quantity: 1 })).json).toMatchObject({
      lineType: "Item",
      lineObjectNumber: "LAB-100",
      unitPrice: 89.5,
    });
    expect(
      (await post(lines, { lineType: "Account", lineObjectNumber: "44100", quantity: 1, unitPrice: 3 })).json,
    ).toMatchObject({
      accountId: account["id"],
      netAmount: 3,
    });
    expect(refusalOf(await post(lines, { itemId: item["id"], accountId: account["id"] })).message).toBe(
      'Both "itemId" and "accountId" are specified. Specify only one of them.',
    );
    expect(refusalOf(await post(lines, { itemId: account["id"] })).message).toBe("Item does not exist.");
  });

  it("keep the price that was agreed when only the quantity changes", async () => {
    const invoice = await createInvoice({
      salesInvoiceLines: [{ ...line, unitPrice: 77, description: "Agreed" }],
    });
    const id = textIn(onlyRecordIn(invoice, "salesInvoiceLines"), "id");
    const changed = await server.call("PATCH", `salesInvoiceLines(${id})`, {
      body: { quantity: 3, lineObjectNumber: "LAB-100" },
      headers: { "if-match": "*" },
    });
    expect(changed.json).toMatchObject({ unitPrice: 77, description: "Agreed", netAmount: 231 });
  });

  it("of text alone sell nothing", async () => {
    const invoice = await createInvoice({ salesInvoiceLines: [{ description: "Serial 4711" }] });
    expect(onlyRecordIn(invoice, "salesInvoiceLines")).toMatchObject({ lineType: "Comment", netAmount: 0 });
    const answer = await post("salesInvoices", {
      customerNumber: CUSTOMER,
      salesInvoiceLines: [{ description: "Labour", quantity: 1, unitPrice: 5 }],
    });
    expect(refusalOf(answer).code).toBe("Application_FieldValidationException");
  });
});

describe("posting", () => {
  it("turns a draft into an open invoice with the same id and a new number", async () => {
    const draft = await createInvoice();
    const id = textIn(draft, "id");
    const posted = await post(`salesInvoices(${id})/Microsoft.NAV.post`);
    expect([posted.status, posted.text]).toEqual([204, ""]);
    const after = await readInvoice(id);
    expect(after).toMatchObject({ id, status: "Open", remainingAmount: 10 });
    expect(after["number"]).toMatch(/^PSI-2\d{5}$/);
    expect(after["@odata.etag"]).not.toBe(draft["@odata.etag"]);
    expect(refusalOf(await post(`salesInvoices(${id})/Microsoft.NAV.post`)).message).toBe(
      "The action can be applied to a draft invoice only.",
    );
    const change = await server.call("PATCH", `salesInvoices(${id})`, {
      body: { externalDocumentNumber: "X" },
      headers: { "if-match": "*" },
    });
    expect(refusalOf(change).message).toBe("The document has been posted and can no longer be modified.");
    expect((await server.call("DELETE", `salesInvoices(${id})`)).status).toBe(400);
  });

  it("adds to what the customer owes in the company's currency, and cancelling takes it away", async () => {
    const owed = async () =>
      onlyRecordIn((await server.call("GET", "customers?$filter=number eq 'C-10030'")).json)["balanceDue"];
    const id = textIn(await createInvoice({ customerNumber: "C-10030" }), "id");
    expect(refusalOf(await post(`salesInvoices(${id})/Microsoft.NAV.cancel`)).message).toBe(
      "The action can be applied to a posted invoice only.",
    );
    await post(`salesInvoices(${id})/Microsoft.NAV.post`);
    expect(await owed()).toBe(9.17);
    expect((await post(`salesInvoices(${id})/Microsoft.NAV.cancel`)).status).toBe(204);
    expect(await readInvoice(id)).toMatchObject({ status: "Canceled", remainingAmount: 0 });
    expect(await owed()).toBe(0);
    expect(refusalOf(await post(`salesInvoices(${id})/Microsoft.NAV.cancel`)).message).toContain(
      "already been canceled",
    );
  });

  it("is refused for nothing, for a missing quantity and outside the allowed dates", async () => {
    const postNew = async (values: JsonRecord) =>
      refusalOf(await post(`salesInvoices(${textIn(await createInvoice(values), "id")})/Microsoft.NAV.post`))
        .message;
    expect(await postNew({ salesInvoiceLines: [] })).toContain("There is nothing to post");
    expect(await postNew({ salesInvoiceLines: [{ ...line, quantity: 0 }] })).toContain(
      "do not have a quantity specified",
    );
    expect(await postNew({ postingDate: "2019-12-31" })).toBe(
      "Posting Date is not within your range of allowed posting dates.",
    );
  });

  it("checks the etag when one is sent", async () => {
    const draft = await createInvoice();
    const id = textIn(draft, "id");
    await post(`salesInvoices(${id})/salesInvoiceLines`, line);
    const answer = await server.call("POST", `salesInvoices(${id})/Microsoft.NAV.post`, {
      headers: { "if-match": textIn(draft, "@odata.etag") },
    });
    expect(refusalOf(answer)).toMatchObject({ status: 409, code: "Request_EntityChanged" });
  });
});

describe("deleting a draft", () => {
  it("takes its lines along", async () => {
    const invoice = await createInvoice();
    const lineId = textIn(onlyRecordIn(invoice, "salesInvoiceLines"), "id");
    expect((await server.call("DELETE", `salesInvoices(${textIn(invoice, "id")})`)).status).toBe(204);
    expect((await server.call("GET", `salesInvoiceLines(${lineId})`)).status).toBe(404);
  });
});
