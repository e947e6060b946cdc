/** Journey a: from the start page to invoices in the ERP system, and the repair of a held record, in at most nine clicks. */
import type { Locator, Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { readCompletedWorkOrders, readInvoices } from "../outside.ts";

/** Clicks by role and name, and counts. */
const createClicker = (page: Page) => {
  let count = 0;
  return {
    click: async (role: "button" | "link", name: string | RegExp, inside: Page | Locator = page) => {
      count += 1;
      await inside.getByRole(role, { name }).first().click();
    },
    count: () => count,
  };
};

// A newcomer's workspace is empty.
test.use({ installation: "newcomer" });

test("a newcomer gets from the first page to invoices and repairs a held record in at most nine clicks", async ({
  page,
  product,
  context,
}) => {
  const { click, count } = createClicker(page);
  await page.goto(product.url);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();

  await click("link", /Use this template/);
  await expect(page.getByText(/40 .*can be read/)).toBeVisible();
  await click("button", "Continue");
  await expect(page.getByText("Units").first()).toBeVisible();
  await click("button", "Continue");
  await expect(page.getByText("00000004").first()).toBeVisible();
  expect(await readInvoices(product), "the preview wrote nothing").toHaveLength(0);
  await click("button", /^Run all 60 records/);

  await expect(page).toHaveURL(/\/runs\//);
  await expect(page.getByText("Finished with 2 held records of 60")).toBeVisible({ timeout: 60_000 });
  expect(await readInvoices(product)).toHaveLength(58);

  const opened = context.waitForEvent("page");
  await click("link", "Open invoices in the ERP sandbox");
  const sandbox = await opened;
  await expect(sandbox.getByText("SI-100058").first()).toBeVisible();
  await sandbox.close();

  await click("button", "Add to value map");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("PCS.").first()).toBeVisible();
  await click("button", "Save", dialog);
  await expect(dialog).toBeHidden();
  await click("button", "Re-run 1 held record");
  await click("button", "Re-run 1 record", page.getByRole("dialog"));
  await expect.poll(async () => (await readInvoices(product)).length, { timeout: 30_000 }).toBe(59);
  expect(count()).toBeLessThanOrEqual(9);

  const [workOrders, invoices] = [await readCompletedWorkOrders(product), await readInvoices(product)];
  for (const invoice of invoices) {
    const workOrder = workOrders.find((each) => each.WorkOrderNumber === invoice.externalDocumentNumber);
    expect(workOrder?.ERP_No__c).toBe(invoice.number);
    expect(workOrder?.GrandTotal).toBe(invoice.totalAmountIncludingTax);
  }
});
