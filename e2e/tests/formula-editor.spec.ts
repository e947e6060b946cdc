/** Typing a formula: no key is lost, fields are pills over plain text, pasted Excel is converted, keys do as in Excel. */
import type { Page } from "@playwright/test";
import { expect, expectAccessible, test } from "../fixtures.ts";
import { callApi } from "../outside.ts";
import type { Product } from "../product.ts";

const openMapping = async (page: Page, product: Product) => {
  const used = await callApi<{ transfers: readonly { readonly id: string }[] }>(
    product,
    "POST",
    "/templates/work-order-to-invoice/use",
    { connections: { "field-service": "field-service", erp: "erp" }, run: false },
  );
  await page.goto(`${product.url}/transfers/${used.transfers[0]?.id}/map`);
  await page.getByRole("row").filter({ hasText: "Customer Purchase" }).last().click();
  const bar = page.getByRole("region", { name: "Formula", exact: true });
  await expect(bar.getByText("LEFT(Subject, 35)")).toBeVisible();
  return bar;
};

test("keys typed before the editor is loaded are in it, with the cursor where it was", async ({
  page,
  product,
}) => {
  const held: (() => Promise<void>)[] = [];
  await page.route(/\/assets\/formula-editor-.*\.js$/, (route) => {
    held.push(() => route.continue());
  });
  const bar = await openMapping(page, product);
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+a");
  await page.keyboard.type('left(Subject, 3) & "!"');
  await expect(bar.locator("textarea")).toHaveValue('left(Subject, 3) & "!"');
  for (let back = 0; back < 6; back += 1) await page.keyboard.press("ArrowLeft");
  for (const goOn of held) await goOn();
  await expect(bar.locator(".cm-content")).toBeFocused();
  await page.keyboard.press("Backspace");
  await page.keyboard.type("5)");
  await page.keyboard.press("Control+Enter");
  await expect(bar.getByText('LEFT(Subject, 35) & "!"')).toBeVisible();
});

test("fields are pills with label and sample; what is copied, read out and stored is the formula", async ({
  browser,
  product,
}) => {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  const bar = await openMapping(page, product);
  await page.keyboard.press("F2");
  const editor = bar.getByRole("textbox");
  await page.keyboard.press("Control+a");
  await page.keyboard.type("Account.Name & Subjekt & 1");
  const pill = editor.getByRole("img", { name: "Account.Name" });
  await expect(pill).toContainText("Account › Account Name");
  await expect(pill).toHaveAttribute("title", /Account\.Name · text · /);
  await expect(editor.getByRole("img")).toHaveCount(1);
  await expect(bar.getByText('Unknown field "Subjekt". Did you mean Subject?').first()).toBeVisible();
  await bar.getByRole("button", { name: "Replace with Subject" }).click();
  await expect(editor.getByRole("img")).toHaveCount(2);
  await expectAccessible(page, "the formula editor with pills");

  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("Account.Name & Subject & 1");
  await page.keyboard.press("Home");
  await expect(editor.getByRole("img")).toHaveCount(1);
  await bar.getByRole("button", { name: "Show names as text" }).click();
  await expect(editor.getByRole("img")).toHaveCount(0);
  await expect(editor).toHaveText("Account.Name & Subject & 1");
  await context.close();
});

test("Excel text pasted in the middle is offered converted; Enter takes it and Esc keeps it", async ({
  browser,
  product,
}) => {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  const bar = await openMapping(page, product);
  await page.keyboard.press("=");
  const editor = bar.getByRole("textbox");
  await page.keyboard.type('"No. " & ');
  await page.evaluate(() => navigator.clipboard.writeText("LEFT(Subject;3)"));
  await page.keyboard.press("Control+v");
  await expect(bar.getByRole("status")).toContainText("LEFT(Subject,3)");
  await page.keyboard.press("Escape");
  await expect(bar.getByRole("status")).toHaveCount(0);
  await expect(editor).toBeFocused();
  await expect(editor).toContainText(";3)");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+v");
  await expect(bar.getByRole("status")).toContainText("LEFT(Subject,3)");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(bar.getByText('"No. " & LEFT(Subject,3)')).toBeVisible();
  await context.close();
});

test("the keys: brackets close themselves, Esc closes the list and then leaves, Tab leaves and applies", async ({
  page,
  product,
}) => {
  const bar = await openMapping(page, product);
  await page.keyboard.press("F2");
  const editor = bar.getByRole("textbox");
  await page.keyboard.press("Control+a");
  await page.keyboard.type('upper(left("a", 1))');
  await expect(editor).toHaveText('upper(left("a", 1))');
  await page.keyboard.type(" & Sub");
  const list = page.getByRole("listbox");
  await expect(list.getByRole("option", { name: /Subject/ }).first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(list).toHaveCount(0);
  await expect(editor).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(editor).toHaveCount(0);
  await expect(bar.getByText("LEFT(Subject, 35)")).toBeVisible();

  await page.keyboard.press("F2");
  await expect(editor).toBeFocused();
  await page.keyboard.press("Control+a");
  await page.keyboard.type("subject");
  await page.keyboard.press("Control+Space");
  await expect(list.getByRole("option", { selected: true })).toContainText("Subject");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+Enter");
  await page.keyboard.type('& if(true, "x", "y")');
  await page.keyboard.press("Tab");
  await expect(editor).toHaveCount(0);
  await expect(bar.getByText(/^Subject\s+& IF\(TRUE, "x", "y"\)$/)).toBeVisible();
});

test("all samples show what is read, the result and the issue, errors first, while the formula is typed", async ({
  page,
  product,
}) => {
  const bar = await openMapping(page, product);
  await bar.getByRole("button", { name: "All samples" }).click();
  const grid = page.getByRole("region", { name: "Result for all sample records" });
  const rows = grid.getByRole("row");
  await expect(rows).toHaveCount(11);
  await expect(rows.nth(1)).toContainText("Subject");
  await expectAccessible(page, "the grid of all samples");
  await page.keyboard.press("Shift+Tab");
  await bar.getByText("LEFT(Subject, 35)").click();
  await page.keyboard.press("Control+a");
  await page.keyboard.type('IF(CONTAINS(Subject, "line"), FAIL("on a line"), Subject)');
  await expect(rows.nth(1)).toContainText("on a line");
  await expect(rows.last()).not.toContainText("on a line");
  await page.keyboard.press("Escape");
  await rows.last().getByRole("button").focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/record=/);
});

test("Explain selects a part in the formula", async ({ page, product }) => {
  const bar = await openMapping(page, product);
  await bar.getByRole("button", { name: "Explain" }).click();
  await page
    .getByRole("region", { name: "Value of every part" })
    .getByRole("button", { name: "Subject" })
    .last()
    .click();
  await expect(bar.getByRole("textbox")).toBeFocused();
  await page.keyboard.type("Status");
  await page.keyboard.press("Control+Enter");
  await expect(bar.getByText("LEFT(Status, 35)").first()).toBeVisible();
});

test("a record added by its number is pinned, and is the first sample after a reload", async ({
  page,
  product,
}) => {
  await openMapping(page, product);
  await page.getByRole("button", { name: "Add a sample record" }).click();
  await page.getByLabel("Name or key of the record").fill("00000042");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Unpin this sample record" })).toBeVisible();
  await expect(page.getByText("Sample 00000042")).toBeVisible();
  const address = new URL(page.url());
  await page.goto(`${address.origin}${address.pathname}`);
  await expect(page.getByText("Sample 00000042")).toBeVisible();
  await expect(page.getByText(/^1 of \d+$/)).toBeVisible();
});
