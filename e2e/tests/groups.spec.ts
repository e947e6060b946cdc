/** Journey: a group is made and ordered with the keyboard alone, run, and a failing member stops only what needs it. */
import type { Locator, Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../fixtures.ts";
import { callApi } from "../outside.ts";

// Its transfers and the failure of one are its own business.
test.use({ installation: "groups" });

const transfer = (id: string, name: string, [source, target]: readonly [string, string], more: object) => ({
  kind: "transfer",
  version: 1,
  id,
  name,
  source: { connection: "field-service", object: source },
  target: { connection: "erp", object: target },
  changes: { by: "all" },
  mappings: { displayName: { value: "Name" } },
  ...more,
});

/** Tabs until the element has the focus, as a person without a pointer does. */
async function tabTo(page: Page, element: Locator): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await element.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`${String(element)} is not reached with Tab.`);
}

async function pick(page: Page, words: string): Promise<void> {
  await page.keyboard.type(words);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
}

test("a group is made with the keyboard, runs in its order, and a failing member stops only what needs it", async ({
  page,
  product,
}) => {
  const keyed = (field: string, value: string) => ({
    match: { by: "keys", keys: { [field]: value }, found: "update", missing: "skip" },
  });
  const definitions = [
    transfer("tr_customers", "Accounts to customers", ["Account", "customers"], keyed("number", "ERP_No__c")),
    transfer("tr_items", "Products to items", ["Product2", "items"], keyed("number", "ProductCode")),
    transfer("tr_names", "Names of customers", ["Account", "customers"], keyed("number", "ERP_No__c")),
  ];
  for (const definition of definitions) {
    await callApi(product, "POST", "/transfers", { definition });
    await callApi(product, "POST", `/transfers/${definition.id}/publish`, { draftRevision: 1 });
  }

  await page.goto(`${product.url}/groups`);
  await expect(page.getByText("No group yet")).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "New group" }));
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByLabel("Name")).toBeFocused();
  await page.keyboard.type("Every night");
  await page.keyboard.press("Tab");
  for (const { name } of definitions) await pick(page, name);
  await expect(dialog.getByText("Names of customers")).toBeVisible();
  await page.keyboard.press("Escape");
  await tabTo(page, dialog.getByRole("button", { name: "Create" }));
  await page.keyboard.press("Enter");

  await expect(page.getByRole("heading", { level: 1, name: "Every night" })).toBeFocused();
  await tabTo(page, page.getByLabel("Names of customers starts after"));
  await pick(page, "Accounts");
  await page.keyboard.press("Escape");
  await expect(
    page.getByRole("img", { name: /Names of customers after Accounts to customers/ }),
  ).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "Save" }));
  await page.keyboard.press("Enter");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await expectAccessible(page, "an ordered group");

  const run = async (): Promise<void> => {
    await tabTo(page, page.getByRole("button", { name: "Run group" }));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog").getByRole("button", { name: "Run" })).toBeFocused();
    await page.keyboard.press("Enter");
  };
  const member = (name: string) => page.getByRole("listitem", { name, exact: true });
  await run();
  await expect(page.getByText(/^Finished/).first()).toBeVisible({ timeout: 30_000 });
  for (const { name } of definitions) await expect(member(name).getByText(/^Passed/)).toBeVisible();
  const { items } = await callApi<{ items: { transferId: string }[] }>(product, "GET", "/runs");
  expect(items[0]?.transferId, "the dependent one ran last").toBe("tr_names");

  // Accounts cannot be read any more; products can.
  const match = { method: "GET", path: "^/services/data/.*Account" };
  const effect = {
    type: "status",
    status: 403,
    code: "INSUFFICIENT_ACCESS",
    message: "No right to accounts.",
  };
  const answer = await fetch(`${product.salesforceUrl}/_sandbox/faults`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify([{ match, effect }]),
  });
  expect(answer.ok).toBe(true);
  await run();
  await expect(page.getByText(/^Failed: 1 passed, 1 failed, 1 not started/)).toBeVisible({ timeout: 30_000 });
  await expect(member("Products to items").getByText(/^Passed/)).toBeVisible();
  await expect(member("Names of customers").getByText("Accounts to customers failed.")).toBeVisible();
  await expectAccessible(page, "a group whose member failed");
});
