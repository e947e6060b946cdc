/** The studio by hand: linking with clicks alone, the focus after undo, and edits that outlive a reload and a colleague. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../fixtures.ts";
import { callApi } from "../outside.ts";
import type { Product } from "../product.ts";

interface Transfer {
  readonly id: string;
  readonly name: string;
  readonly draftRevision: number;
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
    match: { by: "keys", keys: { number: "ERP_No__c" }, found: "update", missing: "create" },
    mappings: {},
  };
  await callApi(product, "POST", "/transfers", { definition });
};

const readTransfer = (product: Product, id: string) => callApi<Transfer>(product, "GET", `/transfers/${id}`);
const readFormulas = async (product: Product, id: string) => {
  const { definition } = await readTransfer(product, id);
  return Object.fromEntries(Object.entries(definition.mappings).map(([field, { value }]) => [field, value]));
};

const source = (page: Page, name: RegExp) =>
  page.getByRole("region", { name: "Source fields" }).getByRole("row", { name });
const target = (page: Page, name: RegExp) =>
  page.getByRole("region", { name: "Target fields" }).getByRole("row", { name });

/** Click on one handle, click on the other: no drag, as WCAG 2.5.7 asks for. */
const linkByClicks = async (page: Page, from: RegExp, to: RegExp) => {
  await source(page, from).locator("[data-handle]").click();
  await expect(page.getByText(/^Choose a target field/)).toBeVisible();
  await target(page, to).locator("[data-handle]").click();
};

test("two clicks link two fields, Esc leaves it, and undo puts the focus on the field it changed", async ({
  page,
  product,
}) => {
  await createDraft(product, "tr_by_clicks");
  await page.goto(`${product.url}/transfers/tr_by_clicks/map`);
  await linkByClicks(page, /^Account Name/, /^Display Name/);
  await expect.poll(() => readFormulas(product, "tr_by_clicks")).toEqual({ displayName: "Name" });

  await source(page, /^Account Number/)
    .locator("[data-handle]")
    .click();
  await page.keyboard.press("Escape");
  await expect(page.getByText(/^Choose a target field/)).toBeHidden();
  await target(page, /^Address Line1/)
    .locator("[data-handle]")
    .click();
  await page.keyboard.press("Escape");

  await source(page, /^Account Name/).click();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect(target(page, /^Display Name/)).toBeFocused();
  await expect.poll(() => readFormulas(product, "tr_by_clicks")).toEqual({});
});

test("the list of Map to links by keyboard, and Esc gives the focus back", async ({ page, product }) => {
  await createDraft(product, "tr_by_list");
  await page.goto(`${product.url}/transfers/tr_by_list/map`);
  const row = source(page, /^Account Name/);
  await row.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Map Account Name to" })).toBeVisible();
  await expectAccessible(page, "Map to");
  await page.keyboard.press("Escape");
  await expect(row).toBeFocused();

  await page.keyboard.press("Enter");
  await page.getByRole("combobox", { name: "Search fields" }).fill("address line1");
  await page.keyboard.press("Enter");
  await expect(target(page, /^Address Line1/)).toBeFocused();
  await expect.poll(() => readFormulas(product, "tr_by_list")).toEqual({ addressLine1: "Name" });
});

test("edits that never reached the server are offered again after a reload", async ({ page, product }) => {
  await createDraft(product, "tr_offline");
  await page.goto(`${product.url}/transfers/tr_offline/map`);
  await source(page, /^Account Name/).waitFor();
  await page.route("**/api/transfers/*/draft", (route) => route.abort());
  await linkByClicks(page, /^Account Name/, /^Display Name/);
  await expect(page.getByText("Offline, kept in this browser")).toBeVisible();
  expect(await readFormulas(product, "tr_offline")).toEqual({});

  await page.reload();
  await expect(page.getByText(/were kept in this browser and never reached the server/)).toBeVisible();
  await page.unroute("**/api/transfers/*/draft");
  await page.getByRole("button", { name: "Restore" }).click();
  await expect.poll(() => readFormulas(product, "tr_offline")).toEqual({ displayName: "Name" });
  await expect(page.getByText(/^Saved/)).toBeVisible();
});

test("a draft that a colleague changed is not overwritten, and mine is saved as a copy", async ({
  page,
  product,
}) => {
  await createDraft(product, "tr_shared");
  await page.goto(`${product.url}/transfers/tr_shared/map`);
  await source(page, /^Account Name/).waitFor();
  const mine = await readTransfer(product, "tr_shared");
  await callApi(product, "PUT", "/transfers/tr_shared/draft", {
    draftRevision: mine.draftRevision,
    definition: { ...mine.definition, name: "Theirs" },
  });

  await linkByClicks(page, /^Account Name/, /^Display Name/);
  await expect(page.getByText(/A colleague changed this draft/)).toBeVisible();
  await expect(page.getByText("Not saved: changed by a colleague")).toBeVisible();
  await expectAccessible(page, "The draft was changed by a colleague");
  await page.getByRole("button", { name: "Save mine as copy" }).click();

  await expect(page.getByRole("heading", { level: 1, name: /\(my copy\)/ })).toBeVisible();
  const copy = /transfers\/(tr_[a-z0-9_]+)/.exec(page.url())?.[1] ?? "";
  expect(await readFormulas(product, copy)).toEqual({ displayName: "Name" });
  expect(await readTransfer(product, "tr_shared")).toMatchObject({
    name: "Theirs",
    definition: { mappings: {} },
  });
});

test("a filter is built in rows by keyboard and is the same formula in the other view", async ({
  page,
  product,
}) => {
  await createDraft(product, "tr_filtered");
  await page.goto(`${product.url}/transfers/tr_filtered/filter`);
  const readFilter = async () =>
    (await callApi<{ definition: { filter?: string } }>(product, "GET", "/transfers/tr_filtered")).definition
      .filter;
  await page.getByRole("button", { name: "Add condition" }).focus();
  await page.keyboard.press("Alt+n");
  await expect(page.getByLabel("Condition 1: field").first()).toBeFocused();
  await page.keyboard.type("Account Name");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Not used until it is complete")).toBeVisible();
  await page.getByLabel("Condition 1: value").fill("Nordic");
  await page.keyboard.press("Enter");
  await expect.poll(readFilter).toBe('Name = "Nordic"');
  await expect(page.getByRole("group", { name: "Condition 1", exact: true })).toContainText("Runs in source");
  await expectAccessible(page, "Filter in rows");

  await page.getByRole("radio", { name: "Builder" }).press("ArrowRight");
  await expect(page.getByRole("button", { name: /Nordic/ })).toBeVisible();
  await page.getByRole("button", { name: /^Undo/ }).click();
  await expect.poll(readFilter).toBeUndefined();
});
