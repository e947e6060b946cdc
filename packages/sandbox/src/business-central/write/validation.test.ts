import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onlyRecordIn, refusalOf, startForTest, textIn } from "../test-client.ts";
import type { JsonRecord, TestAnswer, TestServer } from "../test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startForTest();
});
afterAll(() => server.sandbox.close());

const post = (path: string, body: unknown): Promise<TestAnswer> => server.call("POST", path, { body });

async function customer(number: string): Promise<JsonRecord> {
  return onlyRecordIn((await server.call("GET", `customers?$filter=number eq '${number}'`)).json);
}

/** An invoice that would be accepted, with the changes. */
function invoice(change: JsonRecord): JsonRecord {
  return { customerNumber: "C-10020", ...change };
}

function withLine(change: JsonRecord): JsonRecord {
  return invoice({
    salesInvoiceLines: [{ lineType: "Item", lineObjectNumber: "LAB-100", quantity: 1, ...change }],
  });
}

const RULE = "Application_DialogException";
const TOO_LONG = "Application_StringExceededLength";
const UNKNOWN_ID = "11111111-1111-1111-1111-111111111111";

describe("an invoice is refused", () => {
  it.each([
    [
      "no customer",
      { externalDocumentNumber: "X" },
      RULE,
      'A "customerNumber" or a "customerId" must be provided.',
    ],
    [
      "an unknown customer number",
      invoice({ customerNumber: "NOBODY" }),
      RULE,
      "The sell-to customer cannot be found.",
    ],
    ["an unknown customer id", { customerId: UNKNOWN_ID }, RULE, "The sell-to customer cannot be found."],
    [
      "a blocked customer",
      invoice({ customerNumber: "C-19990" }),
      RULE,
      "You cannot create this type of document when Customer C-19990 is blocked with type All",
    ],
    [
      "an unknown currency",
      invoice({ currencyCode: "XXX" }),
      RULE,
      'The "currencyCode" does not match to a Currency.',
    ],
    [
      "an unknown currency id",
      invoice({ currencyId: UNKNOWN_ID }),
      RULE,
      'The "currencyId" does not match to a Currency.',
    ],
    [
      "unknown payment terms",
      invoice({ paymentTermsId: UNKNOWN_ID }),
      RULE,
      'The "paymentTermsId" does not match to a Payment Terms.',
    ],
    [
      "an external number that is too long",
      invoice({ externalDocumentNumber: "123456789012345678901234567890123456" }),
      TOO_LONG,
      "The length of the string is 36, but it must be less than or equal to 35 characters. Value: 123456789012345678901234567890123456",
    ],
    [
      "an unknown property",
      invoice({ workOrder: "1" }),
      "BadRequest",
      "The property 'workOrder' does not exist on type 'Microsoft.NAV.salesInvoice'. Make sure to only use property names that are defined by the type.",
    ],
    ["a read-only field", invoice({ status: "Open" }), "BadRequest", "Control 'status' is read-only."],
    [
      "a total of the caller's",
      invoice({ totalAmountIncludingTax: 5 }),
      "BadRequest",
      "Control 'totalAmountIncludingTax' is read-only.",
    ],
    [
      "a date that is none",
      invoice({ invoiceDate: "31.01.2026" }),
      "BadRequest",
      "Cannot convert the literal '31.01.2026' to the expected type 'Edm.Date'. Property: invoiceDate.",
    ],
    [
      "a day that is not in the calendar",
      invoice({ invoiceDate: "2026-02-30" }),
      "BadRequest",
      "Cannot convert the literal '2026-02-30' to the expected type 'Edm.Date'. Property: invoiceDate.",
    ],
    [
      "a number where text belongs",
      invoice({ externalDocumentNumber: 5 }),
      "BadRequest",
      "Cannot convert the literal '5' to the expected type 'Edm.String'. Property: externalDocumentNumber.",
    ],
    [
      "text where a number belongs",
      withLine({ quantity: "1" }),
      "BadRequest",
      "Cannot convert a value to target type 'Edm.Decimal' because of conflict between input format string/number and parameter 'IEEE754Compatible' false/true.",
    ],
    [
      "an unknown item",
      withLine({ lineObjectNumber: "NONE" }),
      "Internal_InvalidTableRelation",
      expect.stringContaining("(NONE)"),
    ],
    [
      "an unknown unit",
      withLine({ unitOfMeasureCode: "PCS." }),
      "Internal_InvalidTableRelation",
      "The field Unit of Measure Code of table Sales Invoice Line contains a value (PCS.) that cannot be found in the related table (Unit of Measure).",
    ],
    [
      "a unit code that is too long",
      withLine({ unitOfMeasureCode: "KILOMETRES.." }),
      TOO_LONG,
      expect.stringContaining(
        "The length of the string is 12, but it must be less than or equal to 10 characters.",
      ),
    ],
    [
      "an unknown kind of line",
      withLine({ lineType: "Product" }),
      "Application_EvaluateException",
      'The value "Product" cannot be evaluated into type Option.',
    ],
    [
      "a discount of more than everything",
      withLine({ discountPercent: 101 }),
      "Application_FieldValidationException",
      "The value must be less than or equal to 100. Value: 101.",
    ],
    [
      "a negative discount",
      withLine({ discountPercent: -1 }),
      "Application_FieldValidationException",
      "The value must be greater than or equal to 0. Value: -1.",
    ],
    [
      "a number beyond the decimal's digits",
      withLine({ quantity: 1e30 }),
      "BadRequest",
      expect.stringContaining("too large"),
    ],
    ["a body that is no object", [1], "BadRequest", "Invalid Request Body"],
    ["a body that is no JSON", "{oops", "BadRequest", "Invalid Request Body"],
  ])("for %s", async (_what, body, code, message) => {
    expect(refusalOf(await post("salesInvoices", body))).toEqual({ status: 400, code, message });
  });

  it("when customer id and number name two customers", async () => {
    const { id } = await customer("C-10030");
    expect(refusalOf(await post("salesInvoices", invoice({ customerId: id }))).message).toBe(
      "The sell-to customer values do not match to a specific Customer.",
    );
  });

  it("for an unknown unit id and for an item that is blocked", async () => {
    expect(refusalOf(await post("salesInvoices", withLine({ unitOfMeasureId: UNKNOWN_ID }))).message).toBe(
      'The "unitOfMeasureId" does not match to a Unit of Measure.',
    );
    await post("items", { number: "old", displayName: "Not sold any more", blocked: true });
    expect(refusalOf(await post("salesInvoices", withLine({ lineObjectNumber: "OLD" })))).toMatchObject({
      code: "Application_FieldValidationException",
      message: "Blocked must be equal to 'No' in Item: No.=OLD. Current value is 'Yes'.",
    });
  });
});

describe("an invoice is accepted", () => {
  it("in the local currency by its code, answered with it and without an id", async () => {
    const answer = await post("salesInvoices", { customerNumber: "C-10010", currencyCode: "eur" });
    expect(answer.json).toMatchObject({
      currencyCode: "EUR",
      currencyId: "00000000-0000-0000-0000-000000000000",
    });
  });

  it("with null for what is empty and annotations for what is ignored", async () => {
    const answer = await post(
      "salesInvoices",
      invoice({ externalDocumentNumber: null, "@odata.type": "#x" }),
    );
    expect(answer.json["externalDocumentNumber"]).toBe("");
  });

  it("with decimals as text when the media type says so", async () => {
    const answer = await server.call("POST", "salesInvoices", {
      body: withLine({ quantity: "2", unitPrice: "1.10" }),
      headers: { "content-type": "application/json;IEEE754Compatible=true" },
    });
    expect(answer.json["totalAmountIncludingTax"]).toBe(2.2);
  });
});

describe("master data", () => {
  it("gets its number from the series and its codes in capitals", async () => {
    const answer = await post("customers", { displayName: "New Ltd", country: " gb ", currencyCode: "usd" });
    expect(answer.json).toMatchObject({
      number: "C-20001",
      country: "GB",
      currencyCode: "USD",
      blocked: "_x0020_",
    });
  });

  it("takes the caller's own id once", async () => {
    const id = "22222222-2222-4222-8222-222222222222";
    expect((await post("customers", { id, number: "OWN", displayName: "Own" })).json["id"]).toBe(id);
    expect(refusalOf(await post("customers", { id, number: "OWN2", displayName: "Own" }))).toMatchObject({
      status: 409,
      code: "Internal_EntityWithSameKeyExists",
    });
    expect(refusalOf(await post("customers", { number: "own", displayName: "Own" })).message).toBe(
      "The Customer already exists. Identification fields and values: No.='OWN'",
    );
  });

  it("needs a name", async () => {
    expect(refusalOf(await post("customers", { number: "N" })).message).toBe(
      'A "displayName" must be provided.',
    );
  });

  it("refuses a currency whose id and code disagree", async () => {
    const currency = onlyRecordIn((await server.call("GET", "currencies?$filter=code eq 'USD'")).json);
    expect(
      refusalOf(
        await post("customers", { displayName: "X", currencyId: currency["id"], currencyCode: "DKK" }),
      ).message,
    ).toBe("The currency values do not match to a specific Currency.");
  });

  it("is not written where the product only reads", async () => {
    expect(refusalOf(await post("currencyExchangeRates", { currencyCode: "USD" }))).toMatchObject({
      status: 405,
      code: "BadRequest_MethodNotAllowed",
    });
    expect((await server.call("PUT", "customers")).status).toBe(405);
  });
});

describe("changing a record", () => {
  const patch = (id: string, body: unknown, ifMatch?: string) =>
    server.call("PATCH", `customers(${id})`, {
      body,
      ...(ifMatch ? { headers: { "if-match": ifMatch } } : {}),
    });

  it("needs the etag, refuses a stale one and gives a new one", async () => {
    const before = await customer("C-10040");
    const id = textIn(before, "id");
    expect(refusalOf(await patch(id, { city: "X" }))).toMatchObject({
      status: 400,
      code: "BadRequest_InvalidToken",
    });
    const etag = textIn(before, "@odata.etag");
    const changed = await patch(id, { city: "Altona" }, etag);
    expect(changed.status).toBe(200);
    expect(changed.json).toMatchObject({ id, city: "Altona", displayName: before["displayName"] });
    expect(changed.headers.get("etag")).not.toBe(etag);
    expect(changed.json["lastModifiedDateTime"]).not.toBe(before["lastModifiedDateTime"]);
    expect(refusalOf(await patch(id, { city: "Y" }, etag))).toEqual({
      status: 409,
      code: "Request_EntityChanged",
      message: "Another user has already changed the record.",
    });
    expect((await patch(id, { city: "Z" }, "*")).json["city"]).toBe("Z");
    expect(
      refusalOf(await server.call("DELETE", `customers(${id})`, { headers: { "if-match": etag } })).status,
    ).toBe(409);
  });

  it("renames by a new number, never changes the id", async () => {
    const id = textIn(await customer("C-10050"), "id");
    expect((await patch(id, { number: "renamed" }, "*")).json).toMatchObject({ id, number: "RENAMED" });
    expect(refusalOf(await patch(id, { id: UNKNOWN_ID }, "*")).message).toBe("The id cannot be changed.");
    expect(refusalOf(await patch(id, { number: "C-10020" }, "*")).status).toBe(409);
  });

  it("deletes what nothing refers to", async () => {
    const created = await post("customers", { displayName: "Soon gone" });
    const id = textIn(created.json, "id");
    expect((await server.call("DELETE", `customers(${id})`)).status).toBe(204);
    expect((await server.call("GET", `customers(${id})`)).status).toBe(404);
  });
});
