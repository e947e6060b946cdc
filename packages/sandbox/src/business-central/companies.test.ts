import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CRONUS, CRONUS_NORDIC } from "./identity.ts";
import { onlyRecordIn, recordsIn, refusalOf, startForTest, textIn } from "./test-client.ts";
import type { JsonRecord, TestAnswer, TestServer } from "./test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startForTest();
});
beforeEach(() => fetch(`${server.sandbox.url}/_sandbox/reset`, { method: "POST" }));
afterAll(() => server.sandbox.close());

const callIn =
  (company: string) =>
  (method: string, path: string, body?: JsonRecord): Promise<TestAnswer> =>
    server.call(method, `${server.root}/companies(${company})/${path}`, {
      absolute: true,
      headers: { "if-match": "*" },
      ...(body && { body }),
    });
const cronus = callIn(CRONUS.id);
const nordic = callIn(CRONUS_NORDIC.id);

const invoice = (externalDocumentNumber: string) => ({
  customerNumber: "C-10020",
  externalDocumentNumber,
  salesInvoiceLines: [{ lineType: "Item", lineObjectNumber: "LAB-100", quantity: 1, unitPrice: 10 }],
});
const batch = (requests: readonly JsonRecord[], headers: Record<string, string> = {}) =>
  server.call("POST", `${server.root}/$batch`, { absolute: true, body: { requests }, headers });
const newInvoice = (company: string, id: string, body: JsonRecord = invoice(id)): JsonRecord => ({
  id,
  method: "POST",
  url: `companies(${company})/salesInvoices`,
  body,
});
const documentsOf = async (call: typeof cronus) =>
  recordsIn((await call("GET", "salesInvoices")).json).map((each) => each["externalDocumentNumber"]);
const c10020 = async (call: typeof cronus) =>
  onlyRecordIn((await call("GET", "customers?$filter=number eq 'C-10020'")).json);

describe("two companies", () => {
  it("have the same customer under one number, as records of their own", async () => {
    const [here, there] = [await c10020(cronus), await c10020(nordic)];
    expect(there["displayName"]).toBe(here["displayName"]);
    expect(there["id"]).not.toBe(here["id"]);
    const foreign = await nordic("GET", `customers(${textIn(here, "id")})`);
    expect(refusalOf(foreign)).toMatchObject({ status: 404, code: "Internal_RecordNotFound" });
    await nordic("PATCH", `customers(${textIn(there, "id")})`, { city: "Turku" });
    expect((await c10020(cronus))["city"]).toBe(here["city"]);
    expect((await c10020(nordic))["city"]).toBe("Turku");
  });

  it("do not know each other's documents, nor their lines, and number their own", async () => {
    const here = (await cronus("POST", "salesInvoices", invoice("WO-1"))).json;
    const there = (await nordic("POST", "salesInvoices", invoice("WO-1"))).json;
    expect([here["number"], there["number"]]).toEqual(["SI-100001", "SI-100001"]);
    expect((await nordic("POST", "salesInvoices", invoice("WO-2"))).json["number"]).toBe("SI-100002");
    expect(await documentsOf(cronus)).toEqual(["WO-1"]);
    expect(await documentsOf(nordic)).toEqual(["WO-1", "WO-2"]);
    const lines = `salesInvoices(${textIn(there, "id")})/salesInvoiceLines`;
    expect(recordsIn((await nordic("GET", lines)).json)).toHaveLength(1);
    expect((await cronus("GET", lines)).status).toBe(404);
  });

  it("post on their own: the number of a posted invoice and the balance of the customer", async () => {
    const { json } = await nordic("POST", "salesInvoices", invoice("WO-1"));
    const at = `salesInvoices(${textIn(json, "id")})`;
    expect((await nordic("POST", `${at}/Microsoft.NAV.post`)).status).toBe(204);
    expect((await nordic("GET", at)).json["number"]).toBe("PSI-200001");
    expect((await c10020(nordic))["balanceDue"]).toBe(10);
    expect((await c10020(cronus))["balanceDue"]).toBe(0);
  });

  it("are expanded with what each of them has", async () => {
    const wanted = "companies?$select=name&$expand=customers($select=number;$expand=paymentTerm($select=id))";
    const answer = await server.call("GET", `${server.root}/${wanted}`, { absolute: true });
    const customersOf = recordsIn(answer.json).map((each) => recordsIn(each, "customers"));
    expect(customersOf.map((list) => list.length)).toEqual([41, 40]);
    expect(customersOf.flat().every((each) => each["paymentTerm"] !== null)).toBe(true);
  });

  it("go back to the start together", async () => {
    for (const call of [cronus, nordic]) await call("POST", "salesInvoices", invoice("WO-1"));
    await fetch(`${server.sandbox.url}/_sandbox/reset`, { method: "POST" });
    expect(await documentsOf(cronus)).toEqual([]);
    expect(await documentsOf(nordic)).toEqual([]);
    expect((await nordic("POST", "salesInvoices", invoice("WO-1"))).json["number"]).toBe("SI-100001");
  });
});

describe("a batch across companies", () => {
  it("writes each request into the company of its path", async () => {
    const answer = await batch([newInvoice(CRONUS.id, "A-1"), newInvoice("CRONUS%20Nordic", "B-1")]);
    const numbers = recordsIn(answer.json, "responses").map((each) => (each["body"] as JsonRecord)["number"]);
    expect(numbers).toEqual(["SI-100001", "SI-100001"]);
    expect(await documentsOf(cronus)).toEqual(["A-1"]);
    expect(await documentsOf(nordic)).toEqual(["B-1"]);
  });

  it("that is isolated keeps nothing in either company when one request fails", async () => {
    const requests = [
      newInvoice(CRONUS.id, "A-1"),
      newInvoice(CRONUS_NORDIC.id, "B-1", { customerNumber: "?" }),
    ];
    await batch(requests, { isolation: "snapshot" });
    expect(await documentsOf(cronus)).toEqual([]);
    await batch([newInvoice(CRONUS.id, "A-2"), newInvoice(CRONUS_NORDIC.id, "B-2")], {
      isolation: "snapshot",
    });
    expect([await documentsOf(cronus), await documentsOf(nordic)]).toEqual([["A-2"], ["B-2"]]);
  });
});
