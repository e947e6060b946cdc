import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { onlyRecordIn, recordsIn, refusalOf, startForTest, textIn } from "../test-client.ts";
import type { JsonRecord, TestServer } from "../test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startForTest();
});
afterAll(() => server.sandbox.close());

async function createOrder(lines: readonly JsonRecord[]): Promise<JsonRecord> {
  const answer = await server.call("POST", "salesOrders?$expand=salesOrderLines", {
    body: { customerNumber: "C-10020", externalDocumentNumber: "WO-9", salesOrderLines: lines },
  });
  expect(answer).toMatchObject({ status: 201 });
  return answer.json;
}

const ship = (id: string) => server.call("POST", `salesOrders(${id})/Microsoft.NAV.shipAndInvoice`);
const line = { lineType: "Item", lineObjectNumber: "SP-1010", quantity: 4, unitPrice: 25 };

describe("an order", () => {
  it("is numbered by the server alone", async () => {
    const order = await createOrder([line]);
    expect(order).toMatchObject({
      number: "SO-100001",
      status: "Draft",
      totalAmountIncludingTax: 100,
      fullyShipped: false,
    });
    const answer = await server.call("POST", "salesOrders", {
      body: { customerNumber: "C-10020", number: "X" },
    });
    expect(refusalOf(answer).message).toBe("Control 'number' is read-only.");
  });

  it("vanishes when it is shipped and invoiced, and its invoice is found by the order's number", async () => {
    const order = await createOrder([line, { description: "Leave at the gate" }]);
    const id = textIn(order, "id");
    expect((await ship(id)).status).toBe(204);
    expect((await server.call("GET", `salesOrders(${id})`)).status).toBe(404);
    const found = await server.call(
      "GET",
      `salesInvoices?$filter=orderNumber eq '${textIn(order, "number")}'&$expand=salesInvoiceLines`,
    );
    const invoice = onlyRecordIn(found.json);
    expect(invoice).toMatchObject({
      orderId: id,
      externalDocumentNumber: "WO-9",
      status: "Open",
      totalAmountIncludingTax: 100,
    });
    expect(recordsIn(invoice, "salesInvoiceLines").map((each) => each["netAmount"])).toEqual([100, 0]);
    expect((await ship(id)).status).toBe(404);
  });

  it("stays with what is left when less was to be invoiced", async () => {
    const order = await createOrder([{ ...line, invoiceQuantity: 1, shipQuantity: 1 }]);
    const id = textIn(order, "id");
    await ship(id);
    const left = (await server.call("GET", `salesOrders(${id})?$expand=salesOrderLines`)).json;
    expect(onlyRecordIn(left, "salesOrderLines")).toMatchObject({ invoicedQuantity: 1, invoiceQuantity: 3 });
    await ship(id);
    expect((await server.call("GET", `salesOrders(${id})`)).status).toBe(404);
    const invoices = await server.call("GET", `salesInvoices?$filter=orderId eq ${id}&$orderby=number`);
    expect(recordsIn(invoices.json).map((each) => each["totalAmountIncludingTax"])).toEqual([25, 75]);
  });

  it("refuses to invoice more than was ordered", async () => {
    const answer = await server.call("POST", "salesOrders", {
      body: { customerNumber: "C-10020", salesOrderLines: [{ ...line, invoiceQuantity: 5 }] },
    });
    expect(refusalOf(answer).message).toBe("You cannot invoice more than 4 units.");
  });

  it("of a customer is a reason not to delete the customer", async () => {
    await createOrder([line]);
    const customer = onlyRecordIn((await server.call("GET", "customers?$filter=number eq 'C-10020'")).json);
    expect(refusalOf(await server.call("DELETE", `customers(${textIn(customer, "id")})`)).message).toBe(
      "You cannot delete Customer C-10020 because there is at least one outstanding Sales Invoice for this customer.",
    );
  });
});
