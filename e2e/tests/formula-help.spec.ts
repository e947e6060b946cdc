/** An Excel user's first minutes: find a function by its Excel name, paste an Excel formula, see how it computes. */
import { expect, test } from "../fixtures.ts";
import { callApi } from "../outside.ts";

test("a function is found by the name it has in Excel, with the keyboard alone", async ({
  page,
  product,
}) => {
  await page.goto(`${product.url}/help/functions`);
  await expect(page.getByText(/^\d{3} functions$/)).toBeVisible();
  await page.keyboard.press("/");
  await page.keyboard.type("concatenate");
  await expect(page.getByText("1 function found")).toBeVisible();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/[?&]f=CONCAT/);
  await expect(page.getByRole("heading", { name: "CONCAT", exact: true })).toBeFocused();
  await expect(page.getByRole("table", { name: "Examples of CONCAT" })).toBeVisible();

  await page.getByRole("searchbox", { name: "Find a function" }).fill("zzz");
  await page.getByRole("button", { name: "Show all functions" }).click();
  await expect(page.getByText(/^\d{3} functions$/)).toBeVisible();
});

test("a formula pasted from Excel is converted, and Explain shows each of its parts", async ({
  browser,
  product,
}) => {
  const used = await callApi<{ transfers: readonly { readonly id: string }[] }>(
    product,
    "POST",
    "/templates/work-order-to-invoice/use",
    { connections: { "field-service": "field-service", erp: "erp" }, run: false },
  );
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  await page.goto(`${product.url}/transfers/${used.transfers[0]?.id}/map`);
  await page.getByRole("row").filter({ hasText: "Customer Purchase" }).last().click();
  const bar = page.getByRole("region", { name: "Formula", exact: true });
  await bar.getByText("LEFT(Subject, 35)").click();
  await expect(bar.locator(".cm-content")).toBeFocused();
  await bar.getByRole("textbox").press("Control+a");
  await page.evaluate(() => navigator.clipboard.writeText('=IF(ISBLANK(Subject);"-";LEFT(Subject;2*3,5))'));
  await bar.getByRole("textbox").press("Control+v");
  await expect(bar.getByRole("status")).toContainText('IF(ISBLANK(Subject),"-",LEFT(Subject,2*3.5))');
  await bar.getByRole("textbox").press("Enter");
  await bar.getByRole("button", { name: "Explain" }).click();
  const parts = page.getByRole("region", { name: "Value of every part" });
  await expect(parts.getByRole("row").filter({ hasText: /^2\*3\.5/ })).toContainText("7");
  await expect(parts.getByRole("row").filter({ hasText: /^ISBLANK/ })).toContainText("FALSE");
  await context.close();
});
