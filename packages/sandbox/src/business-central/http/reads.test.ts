import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CRONUS, CRONUS_NORDIC } from "../identity.ts";
import { onlyRecordIn, recordsIn, refusalOf, startForTest, textIn } from "../test-client.ts";
import type { JsonRecord, TestServer } from "../test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startForTest();
});
afterAll(() => server.sandbox.close());

const get = (path: string, headers: Record<string, string> = {}) => server.call("GET", path, { headers });
const getAt = (path: string) => server.call("GET", `${server.root}/${path}`, { absolute: true });
const numbers = (records: readonly JsonRecord[]): string[] =>
  records.map((record) => textIn(record, "number"));

describe("companies", () => {
  it("are listed with their names, in the product's envelope", async () => {
    const answer = await getAt("companies");
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe(
      "application/json; odata.metadata=minimal; odata.streaming=true",
    );
    expect(answer.headers.get("odata-version")).toBe("4.0");
    expect(answer.headers.get("request-id")).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.json["@odata.context"]).toBe(`${server.root}/$metadata#companies`);
    expect(recordsIn(answer.json)).toMatchObject([
      { id: CRONUS.id, name: "CRONUS", businessProfileId: "" },
      { id: CRONUS_NORDIC.id, name: "CRONUS Nordic" },
    ]);
  });

  it("are named by id, by name, by query parameter or by header", async () => {
    const { id } = CRONUS;
    const addresses = [
      `companies(${id})/items`,
      "companies(CRONUS)/items",
      "items?company=CRONUS",
      `items?company=${id}`,
    ];
    for (const address of addresses) {
      const answer = await getAt(address);
      expect(answer.json["@odata.context"]).toBe(`${server.root}/$metadata#companies(${id})/items`);
    }
    const byHeader = await server.call("GET", `${server.root}/items`, {
      absolute: true,
      headers: { company: "CRONUS" },
    });
    expect(byHeader.status).toBe(200);
    const other = await getAt("companies(CRONUS%20Nordic)/items");
    expect(other.json["@odata.context"]).toBe(
      `${server.root}/$metadata#companies(${CRONUS_NORDIC.id})/items`,
    );
  });

  it("must be named, and named rightly", async () => {
    expect(refusalOf(await getAt("items"))).toMatchObject({
      status: 400,
      code: "BadRequest_RequiredParamNotProvided",
    });
    expect(refusalOf(await getAt("companies(Nobody)/items"))).toMatchObject({
      status: 404,
      code: "Internal_CompanyNotFound",
    });
  });

  it("may be addressed without the tenant", async () => {
    const address = `${server.sandbox.url}/v2.0/Sandbox/api/v2.0/companies`;
    expect((await server.call("GET", address, { absolute: true })).status).toBe(200);
  });
});

describe("a single record", () => {
  it("carries context and etag and every field in its own type", async () => {
    const listed = onlyRecordIn((await get("items?$filter=number eq 'LAB-100'")).json);
    const answer = await get(`items(${textIn(listed, "id")})`);
    expect(answer.json["@odata.context"]).toMatch(/\$metadata#companies\([0-9a-f-]{36}\)\/items\/\$entity$/);
    expect(answer.headers.get("etag")).toBe(answer.json["@odata.etag"]);
    expect(answer.text).toContain('"unitPrice":89.5,');
    expect(answer.json).toMatchObject({
      type: "Service",
      blocked: false,
      baseUnitOfMeasureCode: "HOUR",
      gtin: "",
    });
  });

  it("that is not there answers 404", async () => {
    expect(refusalOf(await get("items(11111111-1111-1111-1111-111111111111)"))).toMatchObject({
      status: 404,
      code: "Internal_RecordNotFound",
    });
  });

  it("is addressed by GUID only", async () => {
    expect(refusalOf(await get("items('LAB-100')"))).toMatchObject({
      status: 404,
      code: "BadRequest_NotFound",
    });
  });

  it("gives one property, raw if wanted", async () => {
    const id = textIn(onlyRecordIn((await get("items?$filter=number eq 'LAB-100'")).json), "id");
    expect((await get(`items(${id})/unitPrice`)).text).toContain('"value":89.5');
    expect((await get(`items(${id})/displayName/$value`)).text).toBe("Service technician");
  });
});

describe("query options", () => {
  it("$select keeps to the fields asked for", async () => {
    const answer = await get("customers?$select=number,displayName&$top=1");
    expect(Object.keys(onlyRecordIn(answer.json))).toEqual(["@odata.etag", "number", "displayName"]);
    expect(answer.json["@odata.context"]).toMatch(/customers\(number,displayName\)$/);
  });

  it("$orderby sorts by several fields, $skip and $top cut", async () => {
    const all = recordsIn((await get("items?$select=number,unitPrice&$orderby=unitPrice desc,number")).json);
    const prices = all.map((record) => Number(record["unitPrice"]));
    expect(prices).toEqual([...prices].sort((a, b) => b - a));
    const cut = await get("items?$select=number&$orderby=unitPrice desc,number&$skip=2&$top=3");
    expect(numbers(recordsIn(cut.json))).toEqual(numbers(all).slice(2, 5));
    expect(cut.json["@odata.nextLink"]).toBeUndefined();
  });

  it("$count=true counts all that pass the filter, /$count gives the bare number", async () => {
    const answer = await get("customers?$count=true&$top=1&$filter=country eq 'DK'");
    const all = recordsIn((await get("customers?$filter=country eq 'DK'")).json).length;
    expect(answer.json["@odata.count"]).toBe(all);
    expect((await get("customers/$count?$filter=country eq 'DK'")).text).toBe(String(all));
  });

  it("$expand follows to-one and to-many navigations, with options inside", async () => {
    const usd = await get(
      "customers?$filter=currencyCode eq 'USD'&$top=1&$select=number&$expand=currency($select=code,symbol),paymentTerm",
    );
    expect(onlyRecordIn(usd.json)).toMatchObject({ currency: { code: "USD", symbol: "$" } });
    const eur = await get("customers?$filter=currencyCode eq 'EUR'&$top=1&$expand=currency");
    expect(onlyRecordIn(eur.json)["currency"]).toBeNull();
  });

  it("percent signs, plus signs and a trailing slash are read as clients write them", async () => {
    expect((await get("customers/?%24top=1&$filter=country+eq+%27DK%27")).status).toBe(200);
  });

  it.each([
    ["customers?$select=nope", "Could not find a property named 'nope' on type 'Microsoft.NAV.customer'."],
    ["customers?$expand=nope", "Could not find a property named 'nope' on type 'Microsoft.NAV.customer'."],
    [
      "customers?$orderby=Number",
      "Could not find a property named 'Number' on type 'Microsoft.NAV.customer'.",
    ],
    [
      "customers?$top=-1",
      "Invalid value '-1' for $top query option found. It must be a non-negative integer.",
    ],
    ["customers?$search=x", "The query parameter '$search' is not supported."],
    ["customers?$top=1&$top=2", "Query option '$top' was specified more than once."],
    ["customers?$schemaversion=9.0", "The schema version '9.0' is not supported."],
  ])("refuses %s", async (path, message) => {
    expect(refusalOf(await get(path))).toEqual({ status: 400, code: "BadRequest", message });
  });

  it("does not sort by a computed field", async () => {
    expect(refusalOf(await get("salesInvoices?$orderby=remainingAmount")).status).toBe(400);
  });
});

describe("paging", () => {
  async function follow(first: string, headers: Record<string, string> = {}): Promise<JsonRecord[][]> {
    const pages: JsonRecord[][] = [];
    let next: unknown = `${server.root}/companies(CRONUS)/${first}`;
    while (typeof next === "string") {
      const answer = await server.call("GET", next, { absolute: true, headers });
      pages.push([...recordsIn(answer.json)]);
      next = answer.json["@odata.nextLink"];
    }
    return pages;
  }

  it("follows nextLink through every record exactly once, in order", async () => {
    const headers = { prefer: "odata.maxpagesize=7" };
    const pages = await follow("items?$select=number,unitPrice&$orderby=unitPrice desc", headers);
    const whole = recordsIn((await get("items?$select=number&$orderby=unitPrice desc")).json);
    expect(pages.map((page) => page.length)).toEqual([7, 7, 7, 3]);
    expect(numbers(pages.flat())).toEqual(numbers(whole));
  });

  it("echoes the page size and keeps filter and selection in the link", async () => {
    const answer = await get("customers?$filter=country eq 'DE'&$select=number", {
      prefer: "odata.maxpagesize=2",
    });
    expect(answer.headers.get("preference-applied")).toBe("odata.maxpagesize=2");
    expect(textIn(answer.json, "@odata.nextLink")).toMatch(
      /\?\$filter=.*&\$select=number&\$skiptoken=[\w-]+$/,
    );
  });

  it("takes what is left of $top to the next page and drops $skip", async () => {
    const pages = await follow("items?$select=number&$skip=1&$top=5", { prefer: "odata.maxpagesize=2" });
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(numbers(pages.flat())).toEqual(numbers(recordsIn((await get("items?$skip=1&$top=5")).json)));
  });

  it("loses and repeats nothing when records come in between", async () => {
    const headers = { prefer: "odata.maxpagesize=20" };
    const first = await get("customers?$select=number", headers);
    await server.call("POST", "customers", {
      body: { number: "A-00001", displayName: "Before the position" },
    });
    const second = await server.call("GET", textIn(first.json, "@odata.nextLink"), {
      absolute: true,
      headers,
    });
    const seen = [...numbers(recordsIn(first.json)), ...numbers(recordsIn(second.json))];
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen).not.toContain("A-00001");
  });

  it("refuses a page larger than the product sends", async () => {
    expect(refusalOf(await get("items", { prefer: "odata.maxpagesize=20001" })).status).toBe(413);
  });

  it("refuses a token it did not write", async () => {
    expect(refusalOf(await get("items?$skiptoken=abc")).status).toBe(400);
  });
});

describe("the shape of the JSON", () => {
  it("leaves annotations out on odata.metadata=none and adds addresses on full", async () => {
    const none = await get("items?$top=1", { accept: "application/json;odata.metadata=none" });
    expect(none.text).not.toContain("@odata");
    const full = await get("items?$top=1", { accept: "application/json;odata.metadata=full" });
    const record = onlyRecordIn(full.json);
    expect(record["@odata.type"]).toBe("#Microsoft.NAV.item");
    expect((await server.call("GET", textIn(record, "@odata.id"), { absolute: true })).status).toBe(200);
  });

  it("writes decimals as text for IEEE754Compatible=true", async () => {
    const answer = await get("items?$top=1&$select=unitPrice", {
      accept: "application/json;IEEE754Compatible=true",
    });
    expect(answer.text).toContain('"unitPrice":"11.65"');
  });

  it("answers unknown segments in JSON, never in HTML", async () => {
    expect(refusalOf(await get("widgets"))).toEqual({
      status: 404,
      code: "BadRequest_ResourceNotFound",
      message: "Resource not found for the segment 'widgets'.",
    });
    expect(
      (await server.call("GET", `${server.sandbox.url}/nowhere`, { absolute: true })).json,
    ).toHaveProperty("error");
  });

  it("offers a service document and answers HEAD", async () => {
    const answer = await getAt("");
    expect(numbersOf(answer.json)).toContain("salesInvoices");
    expect((await server.call("HEAD", "items")).status).toBe(200);
  });
});

function numbersOf(json: JsonRecord): string[] {
  return recordsIn(json).map((set) => textIn(set, "url"));
}
