import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fieldServiceSeed } from "../../seed/field-service.ts";
import { recordsIn, startForTest, textIn } from "../test-client.ts";
import type { JsonRecord, TestServer } from "../test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startForTest();
});
afterAll(() => server.sandbox.close());

const { fieldService, erp } = fieldServiceSeed();
const list = async (path: string): Promise<readonly JsonRecord[]> =>
  recordsIn((await server.call("GET", path)).json);

describe("the company", () => {
  it("has every customer and every item of the seed", async () => {
    const numbersOf = async (set: string) =>
      new Set((await list(`${set}?$select=number`)).map((each) => each["number"]));
    expect(await numbersOf("customers")).toEqual(new Set(erp.customers.map((each) => each.number)));
    expect(await numbersOf("items")).toEqual(new Set(erp.items.map((each) => each.number)));
  });

  it("refers only to records that exist", async () => {
    const customers = await list("customers?$expand=currency,paymentTerm");
    const foreign = customers.filter((each) => each["currencyCode"] !== "EUR");
    expect(foreign.every((each) => each["currency"] !== null)).toBe(true);
    expect(customers.every((each) => each["paymentTerm"] !== null)).toBe(true);
    const items = await list("items?$expand=unitOfMeasure,itemCategory");
    expect(items.every((each) => each["unitOfMeasure"] !== null && each["itemCategory"] !== null)).toBe(true);
  });

  it("is the same on every start", async () => {
    const other = await startForTest();
    const path = "customers?$top=5";
    const [here, there] = [await server.call("GET", path), await other.call("GET", path)];
    await other.sandbox.close();
    expect(here.text.replaceAll(server.root, "")).toBe(there.text.replaceAll(other.root, ""));
  });

  it("bills every completed work order to the cent", async () => {
    const numbers = new Map(fieldService.accounts.map((account) => [account.key, account.erpNumber]));
    const codes = new Map(fieldService.products.map((product) => [product.key, product.code]));
    const done = fieldService.workOrders.filter(
      (order) => order.status === "Completed" && numbers.get(order.accountKey) !== null,
    );
    const bodies = done.map((order) => {
      const lines = order.lines.map(
        (line) =>
          `{"lineType":"Item","lineObjectNumber":"${codes.get(line.productKey)}","quantity":${line.quantity},` +
          `"unitPrice":${line.unitPrice},"discountPercent":${line.discountPercent ?? "0"}}`,
      );
      return (
        `{"externalDocumentNumber":"${order.number}","customerNumber":"${numbers.get(order.accountKey)}",` +
        `"currencyCode":"${order.currency}","salesInvoiceLines":[${lines.join(",")}]}`
      );
    });
    const requests = bodies.map(
      (body, index) =>
        `{"id":"${index}","method":"POST","url":"companies(CRONUS)/salesInvoices","body":${body}}`,
    );
    await server.call("POST", `${server.root}/$batch`, {
      absolute: true,
      body: `{"requests":[${requests.join(",")}]}`,
    });
    const invoices = await list("salesInvoices");
    const billed = new Map(
      invoices.map((each) => [textIn(each, "externalDocumentNumber"), each["totalAmountIncludingTax"]]),
    );
    expect(billed.size).toBe(59);
    expect(billed).toEqual(new Map(done.map((order) => [order.number, Number(order.total)])));
  });
});
