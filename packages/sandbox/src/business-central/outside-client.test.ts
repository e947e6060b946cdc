import { DynamicsWebApi } from "dynamics-web-api";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CRONUS } from "./identity.ts";
import { signIn, startForTest, textIn } from "./test-client.ts";
import type { JsonRecord, TestServer } from "./test-client.ts";

let server: TestServer;
let client: DynamicsWebApi;
beforeAll(async () => {
  server = await startForTest();
  client = new DynamicsWebApi({
    serverUrl: `${server.sandbox.url}/v2.0/demo-tenant/Sandbox/`,
    dataApi: { path: ".", version: "2.0" },
    headers: { Company: "CRONUS" },
    onTokenRefresh: () => signIn(server.sandbox.url),
  });
});
afterAll(() => server.sandbox.close());

/** The client writes collection names in lower case, so sets in camel case are reached through the company. */
const invoices = { collection: "companies", key: CRONUS.id, navigationProperty: "salesInvoices" };

const invoice = {
  customerNumber: "C-10020",
  externalDocumentNumber: "DWA-1",
  salesInvoiceLines: [{ lineType: "Item", lineObjectNumber: "LAB-100", quantity: 2, unitPrice: 10.25 }],
};

describe("the unmodified client dynamics-web-api", () => {
  it("reads pages by following nextLink", async () => {
    const found = await client.retrieveAll<JsonRecord>({
      collection: "items",
      select: ["number", "unitPrice"],
      filter: "unitPrice gt 10",
      orderBy: ["unitPrice desc"],
      maxPageSize: 5,
    });
    const counted = await client.count({ collection: "items", filter: "unitPrice gt 10" });
    expect(found.value).toHaveLength(counted);
    expect(found.value[0]).toHaveProperty("number", "KIT-200");
  });

  it("creates a document, reads it with its lines, changes and posts it", async () => {
    const created = await client.create<JsonRecord>({
      ...invoices,
      data: invoice,
      returnRepresentation: true,
    });
    const one = { ...invoices, navigationPropertyKey: textIn(created, "id") };
    const read = await client.retrieve<JsonRecord>({
      ...one,
      expand: [{ property: "salesInvoiceLines", select: ["netAmount"] }],
    });
    expect(read).toMatchObject({ totalAmountIncludingTax: 20.5, salesInvoiceLines: [{ netAmount: 20.5 }] });
    const changed = await client.update<JsonRecord>({ ...one, data: { externalDocumentNumber: "DWA-2" } });
    expect(changed).toMatchObject({ externalDocumentNumber: "DWA-2" });
    await client.callAction({
      collection: "companies",
      key: CRONUS.id,
      actionName: `salesInvoices(${one.navigationPropertyKey})/Microsoft.NAV.post`,
    });
    expect(await client.retrieve<JsonRecord>({ ...one, select: ["status"] })).toMatchObject({
      status: "Open",
    });
  });

  it("learns the new id from the headers when it prefers no body, and deletes", async () => {
    const key: string = await client.create({
      collection: "customers",
      data: { displayName: "Short life" },
      headers: { Prefer: "return=minimal" },
    });
    expect(key).toMatch(/^[0-9a-f-]{36}$/);
    await client.deleteRecord({ collection: "customers", key: key });
    await expect(client.retrieve({ collection: "customers", key: key })).rejects.toMatchObject({
      status: 404,
    });
  });

  it("hands on the error of a refused create", async () => {
    await expect(
      client.create({ ...invoices, data: { ...invoice, customerNumber: "NOBODY" } }),
    ).rejects.toMatchObject({ status: 400, code: "Application_DialogException" });
  });

  it("reads a list whose address became too long, by a multipart batch", async () => {
    const filter = Array.from({ length: 90 }, (_, index) => `number eq 'LONG-NUMBER-${1000 + index}'`);
    const found = await client.retrieveMultiple<JsonRecord>({
      collection: "items",
      filter: `${filter.join(" or ")} or number eq 'LAB-100'`,
      select: ["number"],
    });
    expect(found.value).toMatchObject([{ number: "LAB-100" }]);
  });

  it("writes a change set as a whole or not at all", async () => {
    const createBoth = (second: string): Promise<unknown> => {
      client.startBatch();
      void client.create({ collection: "customers", data: { number: `${second}-1`, displayName: "First" } });
      void client.create({
        collection: "customers",
        data: { number: `${second}-2`, displayName: "Second", country: second },
      });
      return client.executeBatch();
    };
    const count = (number: string) =>
      client.count({ collection: "customers", filter: `startswith(number,'${number}')` });
    expect(await createBoth("DE")).toHaveLength(2);
    expect(await count("DE-")).toBe(2);
    expect(await createBoth("FAR-TOO-LONG")).toMatchObject([
      { status: 400, error: { code: "Application_StringExceededLength" } },
    ]);
    expect(await count("FAR-")).toBe(0);
  });

  it("learns of a stale etag", async () => {
    const [customer] = (await client.retrieveMultiple<JsonRecord>({ collection: "customers", top: 1 })).value;
    const change = {
      collection: "customers",
      key: textIn(customer ?? {}, "id"),
      ifmatch: textIn(customer ?? {}, "@odata.etag"),
      data: { city: "Elsewhere" },
    };
    await client.update(change);
    await expect(client.update(change)).rejects.toMatchObject({ status: 409, code: "Request_EntityChanged" });
  });
});
