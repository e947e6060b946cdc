import { afterAll, beforeAll, expect, it } from "vitest";
import { startForTest, textIn } from "../test-client.ts";
import type { TestServer } from "../test-client.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startForTest();
});
afterAll(() => server.sandbox.close());

const page = async (path: string): Promise<{ status: number; text: string }> => {
  const response = await fetch(`${server.sandbox.url}${path}`);
  return { status: response.status, text: await response.text() };
};

it("a person sees the invoice that was just written, its totals and its lines", async () => {
  const created = await server.call("POST", "salesInvoices", {
    body: {
      customerNumber: "C-10020",
      externalDocumentNumber: "WO-4711",
      salesInvoiceLines: [
        {
          lineType: "Item",
          lineObjectNumber: "LAB-100",
          quantity: 1000,
          unitPrice: 1.5,
          discountPercent: 10,
        },
        { description: "<b>bold & co</b>" },
      ],
    },
  });
  const list = await page("/?object=salesInvoices");
  for (const text of ["SI-100001", "Elbkontor Logistik GmbH", "WO-4711", "1,350.00 EUR", "Draft"]) {
    expect(list.text).toContain(text);
  }
  const record = await page(`/records/salesInvoices/${textIn(created.json, "id")}`);
  expect(record.status).toBe(200);
  for (const text of ["LAB-100", "Service technician", "HOUR", "Total including tax", "1,350.00 EUR"]) {
    expect(record.text).toContain(text);
  }
  expect(record.text).toContain("&lt;b&gt;bold &amp; co&lt;/b&gt;");
});

it("the overview says how to connect", async () => {
  const { text } = await page("/");
  for (const part of ["fieldbridge-demo-secret", "/v2.0/demo-tenant/Sandbox/api/v2.0", "CRONUS"]) {
    expect(text).toContain(part);
  }
});

it("each company has its own lists, and the switch leads to the same list of the other", async () => {
  const list = await page("/?object=customers");
  expect(list.text).toContain("41 records");
  expect(list.text).toMatch(/href="\/\?company=CRONUS&amp;object=customers"\s+aria-current="true"/);
  const other =
    /href="([^"]+)"\s*>CRONUS Nordic</.exec(list.text)?.[1]?.replaceAll("&amp;", "&") ?? "no link";
  const nordic = await page(other);
  expect(nordic.text).toContain("40 records");
  expect(nordic.text).toContain('name="company" value="CRONUS Nordic"');
  const found = await page(`${other}&q=Elbkontor`);
  expect(found.text).toContain("1 record,");
  expect((await page("/?company=Nobody")).status).toBe(404);
});

it("a record is found in whichever company has it, and leads on to that company's lists", async () => {
  const nordic = `${server.root}/companies(CRONUS%20Nordic)/salesInvoices`;
  const created = await server.call("POST", nordic, {
    absolute: true,
    body: { customerNumber: "C-10020", externalDocumentNumber: "WO-4712" },
  });
  const record = await page(`/records/salesInvoices/${textIn(created.json, "id")}`);
  expect(record.status).toBe(200);
  expect(record.text).toContain("WO-4712");
  expect(record.text).toContain('href="/?company=CRONUS+Nordic&amp;object=salesInvoices"');
  const customer = /\/records\/customers\/[^"]+/.exec(record.text)?.[0] ?? "no link";
  expect((await page(customer)).text).toContain("WO-4712");
  expect((await page("/?object=salesInvoices")).text).not.toContain("WO-4712");
});

it.each(["customers", "items", "currencies", "unitsOfMeasure", "paymentTerms", "countriesRegions"])(
  "%s can be looked through",
  async (set) => {
    const list = await page(`/?object=${set}`);
    const link = /href="(\/records\/[^"]+)"/.exec(list.text)?.[1] ?? "no link";
    expect((await page(link)).status).toBe(200);
  },
);

it("orders are said to be none while there are none", async () => {
  expect((await page("/?object=salesOrders")).text).toContain("Nothing here yet.");
});

it("a record that is not there is said to be missing", async () => {
  expect((await page("/records/customers/none")).status).toBe(404);
});
