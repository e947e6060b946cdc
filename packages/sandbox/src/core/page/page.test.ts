import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSalesforceSandbox, type RunningSandbox } from "../../salesforce/start.ts";
import { formatAmount } from "./format.ts";
import { html } from "./html.ts";

let server: RunningSandbox;
let orderPath = "";
beforeAll(async () => {
  server = await startSalesforceSandbox({ port: 0 });
  orderPath = `/records/WorkOrder/${[...server.store.table("WorkOrder").keys()][0]}`;
});
afterAll(() => server.close());

async function page(path: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(server.url + path);
  return { status: answer.status, text: await answer.text() };
}
async function save(path: string, values: object, site = "same-origin"): Promise<number> {
  const headers = { "content-type": "application/json", "sec-fetch-site": site };
  const answer = await fetch(`${server.url}/_sandbox${path}`, {
    method: "PUT",
    headers,
    body: JSON.stringify(values),
  });
  return answer.status;
}

describe("the page for people", () => {
  it("shows counts, credentials and switches without loading anything from elsewhere", async () => {
    const { status, text } = await page("/");
    expect(status).toBe(200);
    for (const shown of [
      "Work Orders",
      ">120<",
      "fieldbridge-demo-secret",
      `${server.url}/services/oauth2/token`,
    ])
      expect(text).toContain(shown);
    expect(text.match(/(src|href)="https?:/g)).toBeNull();
  });

  it("lists, pages and finds records by what is shown", async () => {
    const { text } = await page("/?object=WorkOrder");
    expect(text).toContain("Page 1 of 3");
    expect(text.indexOf("00000120")).toBeLessThan(text.indexOf("00000119"));
    expect((await page("/?object=WorkOrder&page=3")).text).toContain("00000001");
    const found = await page("/?object=Account&q=KESTREL");
    expect(found.text).toContain("Kestrel Cooling Ltd");
    expect(found.text).toContain("1 record,");
    expect((await page("/?object=Account&q=zzz")).text).toContain("Nothing matches");
    expect((await page("/?object=Nope")).status).toBe(404);
  });

  it("shows a record with its lines and totals, and says when there is none", async () => {
    const { text } = await page(orderPath);
    expect(text).toContain("Lines, ");
    expect(text).toMatch(/Grand Total<\/th>\s*<td class="number">[\d,]+\.\d\d (EUR|USD|DKK)</);
    expect((await page("/records/WorkOrder/none")).status).toBe(404);
  });

  it("lets a person repair a record by the rules of the system, but no other web page", async () => {
    expect(await save(orderPath, { Subject: "Repaired <b>" })).toBe(204);
    expect((await page(orderPath)).text).toContain("Repaired &lt;b&gt;");
    expect(await save(orderPath, { Status: "Nonsense" })).toBe(400);
    expect(await save(orderPath, { GrandTotal: "1" })).toBe(400);
    expect(await save(orderPath, { Subject: "Attack" }, "cross-site")).toBe(403);
  });

  it("escapes values and formats amounts without losing digits", () => {
    expect(html`<p title="${'"'}">${"<&>"}</p>`.html).toBe('<p title="&quot;">&lt;&amp;&gt;</p>');
    expect(formatAmount("1234567.5", "EUR")).toBe("1,234,567.50 EUR");
    expect(formatAmount("-1000")).toBe("-1,000.00");
  });
});
