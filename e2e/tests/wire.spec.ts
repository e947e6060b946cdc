/** Journey b: an analyst wires a small transfer, once with the mouse and once with nothing but the keyboard. */
import type { Page } from "@playwright/test";
import { expect, test } from "../fixtures.ts";
import { callApi } from "../outside.ts";
import type { Product } from "../product.ts";

interface Transfer {
  readonly published: number | null;
  readonly definition: { readonly mappings: Readonly<Record<string, { value: string }>> };
}

const createDraft = async (product: Product, id: string) => {
  const definition = {
    kind: "transfer",
    version: 1,
    id,
    name: "Accounts to customers",
    source: { connection: "field-service", object: "Account" },
    target: { connection: "erp", object: "customers" },
    changes: { by: "watermark", field: "SystemModstamp" },
    filter: "NOT ISBLANK(ERP_No__c)",
    match: { by: "keys", keys: { number: "ERP_No__c" }, found: "update", missing: "create" },
    mappings: {},
  };
  await callApi(product, "POST", "/transfers", { definition });
};

const readFormulas = async (product: Product, id: string) => {
  const { definition } = await callApi<Transfer>(product, "GET", `/transfers/${id}`);
  return Object.fromEntries(Object.entries(definition.mappings).map(([field, { value }]) => [field, value]));
};

const source = (page: Page) => page.getByRole("region", { name: "Source fields" });
const target = (page: Page) => page.getByRole("region", { name: "Target fields" });

test("fields are wired by drag and drop, undone, redone and published", async ({ page, product }) => {
  await createDraft(product, "tr_by_mouse");
  await page.goto(`${product.url}/transfers/tr_by_mouse/map`);
  await source(page)
    .getByRole("row", { name: /^Account Name/ })
    .dragTo(target(page).getByRole("row", { name: /^Display Name/ }));
  await expect.poll(() => readFormulas(product, "tr_by_mouse")).toEqual({ displayName: "Name" });

  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect.poll(() => readFormulas(product, "tr_by_mouse")).toEqual({});
  await page.getByRole("button", { name: /^Redo/ }).click();
  await expect.poll(() => readFormulas(product, "tr_by_mouse")).toEqual({ displayName: "Name" });

  await target(page)
    .getByRole("row", { name: /^Display Name/ })
    .click();
  await expect(page.getByRole("region", { name: "Formula" })).toContainText("Name");

  await page.getByRole("button", { name: "Publish" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(/displayName/);
  await dialog.getByRole("button", { name: /^Publish/ }).click();
  await expect
    .poll(async () => (await callApi<Transfer>(product, "GET", "/transfers/tr_by_mouse")).published)
    .toBe(1);
});

test("fields are wired, edited and published with nothing but the keyboard", async ({ page, product }) => {
  await createDraft(product, "tr_by_keyboard");
  await page.goto(`${product.url}/transfers/tr_by_keyboard/map`);
  await expect(source(page).getByRole("row", { name: /^Account Name/ })).toBeVisible();
  const { keyboard } = page;

  const goToPane = async (name: string) => {
    for (let presses = 0; presses < 8; presses += 1) {
      const inside = await page.evaluate(() =>
        document.activeElement?.closest("[aria-label]:is(section)")?.getAttribute("aria-label"),
      );
      if (inside === name) return;
      await keyboard.press("F6");
    }
    throw new Error(`F6 never reached ${name}.`);
  };
  const focusedRow = page.locator('[role="row"]:focus, [role="treegrid"]:focus [data-active="true"]');

  await goToPane("Source fields");
  await keyboard.type("Account Name");
  await expect(focusedRow).toHaveAccessibleName(/^Account Name/);
  await keyboard.press("l");
  await keyboard.type("Display Name");
  await expect(focusedRow).toHaveAccessibleName(/^Display Name/);
  await keyboard.press("Enter");
  await expect.poll(() => readFormulas(product, "tr_by_keyboard")).toEqual({ displayName: "Name" });

  await goToPane("Target fields");
  await keyboard.type("Display Name");
  await expect(focusedRow).toHaveAccessibleName(/^Display Name/);
  await keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "Formula" }).getByRole("textbox")).toBeFocused();
  await keyboard.press("Control+a");
  await keyboard.type("LEFT(TRIM(Name), 100)");
  await keyboard.press("Control+Enter");
  await expect
    .poll(() => readFormulas(product, "tr_by_keyboard"))
    .toEqual({ displayName: "LEFT(TRIM(Name), 100)" });

  await keyboard.press("Control+Shift+p");
  await expect(page.getByRole("dialog")).toContainText(/displayName/);
  await keyboard.press("Tab");
  await expect(page.getByRole("dialog").locator(":focus")).toBeVisible();
  while (!(await page.evaluate(() => document.activeElement?.textContent?.startsWith("Publish"))))
    await keyboard.press("Tab");
  await keyboard.press("Enter");
  await expect
    .poll(async () => (await callApi<Transfer>(product, "GET", "/transfers/tr_by_keyboard")).published)
    .toBe(1);
});
