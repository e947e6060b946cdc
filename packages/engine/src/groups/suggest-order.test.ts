/** The proposed order follows what transfers look up, refer to and read back. */
import type { TransferDefinition } from "@fieldbridge/model";
import { expect, test } from "vitest";
import { field, object, toMany, toOne } from "../testing/schema-builders.ts";
import { suggestOrder, type OrderedTransfer } from "./suggest-order.ts";

const account = object("Account", [field("Id", "id"), field("Name"), field("ERP_No")]);
const orderLine = object("OrderLine", [field("Id", "id"), field("Product")]);
const order = object("Order", [field("Id", "id"), field("Number"), field("AccountId", "id")], {
  relations: [toOne("Account", "Account", "AccountId"), toMany("Lines", "OrderLine")],
});
const customer = object("customers", [field("id", "id"), field("number")]);
const invoice = object("invoices", [field("id", "id"), field("customerId", "id", { refersTo: "customers" })]);
const sourceObjects = { Account: account, Order: order, OrderLine: orderLine };
const targetObjects = { customers: customer, invoices: invoice };

const transfer = (
  id: string,
  [from, to]: readonly [keyof typeof sourceObjects, keyof typeof targetObjects],
  more: Partial<TransferDefinition> = {},
): OrderedTransfer => ({
  definition: {
    kind: "transfer",
    version: 1,
    id,
    name: id,
    source: { connection: "crm", object: from },
    target: { connection: "erp", object: to },
    changes: { by: "all" },
    mappings: {},
    ...more,
  },
  context: { source: sourceObjects[from], target: targetObjects[to], sourceObjects, targetObjects },
});

const customers = transfer("customers", ["Account", "customers"], {
  writeBacks: [{ on: ["created"], values: { ERP_No: "target.number" } }],
});
const after = (...transfers: readonly OrderedTransfer[]) =>
  Object.fromEntries(
    suggestOrder(transfers).map((each) => [each.transfer, each.after.map((before) => before.reason)]),
  );
const invoices = (more: Partial<TransferDefinition>) => transfer("invoices", ["Order", "invoices"], more);

test.each([
  [
    "LINKED",
    { mappings: { number: { value: 'LINKED(AccountId, "customers")' } } },
    "It asks with LINKED() for the customers made there.",
  ],
  [
    "LOOKUP",
    { mappings: { number: { value: 'LOOKUP("customers", "number", Number, "id")' } } },
    "It looks up customers, which are written there.",
  ],
  [
    "a reference",
    { mappings: { customerId: { value: "Number" } } },
    "Its field customerId refers to customers.",
  ],
  [
    "a value written back",
    { mappings: { number: { value: "Account.ERP_No" } } },
    "It reads Account.ERP_No, which is written back there.",
  ],
  [
    "a value written back, read by lines",
    { lines: [{ source: "Lines", target: "lines", mappings: { x: { value: "header.Account.ERP_No" } } }] },
    "It reads header.Account.ERP_No, which is written back there.",
  ],
])("%s puts a transfer after the one that brings it", (_what, more, reason) => {
  expect(after(invoices(more), customers)).toEqual({ invoices: [reason], customers: [] });
});

test("transfers that need nothing of each other stay side by side", () => {
  expect(after(invoices({ mappings: { number: { value: "Account.Name" } } }), customers)).toEqual({
    invoices: [],
    customers: [],
  });
});

test("what would close a circle is left out", () => {
  const needsInvoices = transfer("customers", ["Account", "customers"], {
    mappings: { number: { value: 'LINKED(Id, "invoices")' } },
  });
  const needsCustomers = invoices({ mappings: { number: { value: 'LINKED(AccountId, "customers")' } } });
  const found = suggestOrder([needsCustomers, needsInvoices]);
  expect(found.map((each) => each.after.length)).toEqual([1, 0]);
});
