/** Makes the pictures of the README from the running product: `npm run screenshots`. */
import { mkdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { callApi } from "./outside.ts";
import { createProduct } from "./product.ts";

const folder = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../docs/images");
mkdirSync(folder, { recursive: true });

const product = await createProduct("screenshots");
const executablePath = process.env["CHROMIUM_PATH"];
const browser = await chromium.launch(executablePath ? { executablePath } : {});
try {
  await product.start();
  const page = await browser.newPage({ viewport: { width: 1440, height: 860 }, locale: "en-GB" });
  const shoot = (name: string) => page.screenshot({ path: path.join(folder, `${name}.png`) });

  await callApi(product, "POST", "/templates/work-order-to-invoice/use", {
    connections: { "field-service": "field-service", erp: "erp" },
  });
  await page.goto(`${product.url}/transfers/tr_work_order_to_invoice/map?field=customerNumber`);
  await page.getByRole("row", { name: /^Customer Number/ }).click();
  await page.waitForLoadState("networkidle");
  await shoot("mapping");

  await page.goto(`${product.url}/templates/work-order-to-invoice`);
  for (const _step of ["connect", "check"]) await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: /^Run all/ }).scrollIntoViewIfNeeded();
  await page.waitForLoadState("networkidle");
  await shoot("preview");

  const run = await callApi<{ id: string }>(product, "POST", "/transfers/tr_work_order_to_invoice/runs", {});
  await page.goto(`${product.url}/runs/${run.id}`);
  await page
    .getByText(/^Finished/)
    .first()
    .waitFor();
  await page.waitForLoadState("networkidle");
  await shoot("run");
} finally {
  await browser.close();
  await product.dispose();
}
