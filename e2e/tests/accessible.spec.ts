/** axe finds nothing on any page, in light and in dark, with real records on it; and the sandboxes' pages likewise. */
import { expect, expectAccessible, test } from "../fixtures.ts";
import { callApi } from "../outside.ts";

interface Used {
  readonly transfers: readonly { readonly id: string }[];
  readonly runs: readonly { readonly id: string }[];
}

test.use({ installation: "accessible" });

for (const colorScheme of ["light", "dark"] as const)
  test(`every page is free of axe findings in ${colorScheme}`, async ({ browser, product }) => {
    test.setTimeout(400_000);
    const context = await browser.newContext({ colorScheme, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const visit = async (url: string, ready: () => Promise<unknown>) => {
      await page.goto(url);
      await ready();
      await page.waitForLoadState("networkidle");
      await expectAccessible(page, `${url} in ${colorScheme}`);
    };
    const text = (words: string | RegExp) => () => expect(page.getByText(words).first()).toBeVisible();
    const heading = () => expect(page.getByRole("heading", { level: 1 })).toBeVisible();

    await visit(`${product.url}/`, heading);
    await visit(`${product.url}/templates`, heading);
    await visit(`${product.url}/templates/work-order-to-invoice`, text(/can be read/));
    const used = await callApi<Used>(product, "POST", "/templates/work-order-to-invoice/use", {
      connections: { "field-service": "field-service", erp: "erp" },
      run: true,
    });
    const [transferId, runId] = [used.transfers[0]?.id, used.runs[0]?.id];
    await expect
      .poll(async () => (await callApi<{ state: string }>(product, "GET", `/runs/${runId}`)).state)
      .toBe("finished");

    await visit(`${product.url}/`, heading);
    await visit(`${product.url}/transfers`, heading);
    for (const tab of ["filter", "map", "writeback", "behaviour", "preview", "tests", "history"])
      await visit(`${product.url}/transfers/${transferId}/${tab}`, heading);
    await visit(`${product.url}/groups`, heading);
    if (colorScheme === "light")
      await callApi(product, "POST", "/groups", {
        definition: { id: "daily", name: "Daily", members: [{ transfer: transferId }] },
      });
    await visit(`${product.url}/groups/daily`, text("Starts after"));
    await visit(
      `${product.url}/transfers/${transferId}/links`,
      text("The next run reads what changed since"),
    );
    await visit(`${product.url}/schedules`, heading);
    await visit(`${product.url}/runs`, heading);
    await visit(`${product.url}/runs/${runId}`, text(/^Finished/));
    await visit(`${product.url}/held`, heading);
    await visit(`${product.url}/held?record=1&tab=edit`, text("What the reason is about"));
    await visit(`${product.url}/connections`, heading);
    await visit(`${product.url}/connections/erp`, heading);
    await visit(`${product.url}/library/value-maps`, heading);
    await visit(`${product.url}/library/value-maps/Units`, text("Unknown values seen"));
    if (colorScheme === "light")
      await callApi(product, "PUT", "/named-formulas/HALF", {
        name: "HALF",
        parameters: [{ name: "amount", type: "number" }],
        body: "ROUND(amount / 2, 2)",
        tests: [{ arguments: { amount: "5" }, expected: "2.5" }],
        version: 0,
      });
    await visit(`${product.url}/library/formulas`, text("HALF(amount)"));
    await visit(`${product.url}/library/formulas/HALF`, text("Used by"));
    await visit(`${product.url}/library/formulas/new`, heading);
    await visit(`${product.url}/help/functions`, text("How a formula is written"));
    await visit(`${product.url}/help/functions?f=FORMATDATE`, text("FORMATDATE(moment, format)"));
    await visit(`${product.url}/no-such-page`, heading);

    await visit(`${product.salesforceUrl}/`, heading);
    await visit(`${product.salesforceUrl}/?object=WorkOrder`, heading);
    await visit(`${product.businessCentralUrl}/?object=salesInvoices`, text("SI-1000"));
    await context.close();
  });

test("every page works without sideways scrolling on a phone", async ({ browser, product }) => {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  for (const path of [
    "/",
    "/templates",
    "/templates/work-order-to-invoice",
    "/transfers",
    "/groups",
    "/runs",
    "/held",
    "/connections",
    "/library/value-maps",
    "/library/formulas",
    "/library/formulas/new",
    "/help/functions",
    "/help/functions?f=CURRENCYCONVERT",
  ]) {
    await page.goto(product.url + path);
    await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
  await context.close();
});
