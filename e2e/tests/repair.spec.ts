/** An admin repairs: corrects a held record in place, hands records on, goes back in time, and links by hand. */
import { readFile } from "node:fs/promises";
import { expect, expectAccessible, test } from "../fixtures.ts";
import { callApi, readInvoices } from "../outside.ts";

test.use({ installation: "repair" });

const transfer = "tr_work_order_to_invoice";

interface List<T> {
  readonly total: number;
  readonly items: readonly T[];
}

test.beforeAll(async ({ product }) => {
  await callApi(product, "POST", "/templates/work-order-to-invoice/use", {
    connections: { "field-service": "field-service", erp: "erp" },
    run: true,
  });
  await expect
    .poll(async () => (await callApi<List<unknown>>(product, "GET", "/held")).total, { timeout: 60_000 })
    .toBe(2);
});

test("a held record with a wrong unit is corrected and goes out, while the source keeps its own value", async ({
  page,
  product,
}) => {
  await page.goto(`${product.url}/held`);
  await page.getByRole("button", { name: /^00000008/ }).click();
  await page.getByRole("button", { name: "Edit values" }).click();
  const unit = page.getByRole("combobox", { name: /^QuantityUnitOfMeasure, Row 3/ });
  await expect(unit).toHaveValue("PCS.");
  await expectAccessible(page, "the form of a correction");
  await unit.fill("Barrel");
  await page.getByLabel("Your name").fill("Ada");
  await page.getByRole("button", { name: "Run once with 1 corrected value" }).click();
  await expect(page.getByText(/Held again: .*"Barrel"/)).toBeVisible();

  await page.getByRole("button", { name: "Edit and re-run" }).click();
  await unit.fill("Each");
  await page.getByRole("button", { name: "Run once with 1 corrected value" }).click();
  await expect(page.getByText("00000008 went through")).toBeVisible();
  const history = page.getByRole("region", { name: "Corrections so far" });
  await expect(history.getByText(/^Ada/)).toHaveCount(2);
  await expect(history.getByText("PCS.")).toHaveCount(2);
  const invoices = await readInvoices(product);
  expect(invoices.map((each) => each.externalDocumentNumber)).toContain("00000008");
});

test("a held record is assigned, found as mine, ignored with a reason and opened again", async ({
  page,
  product,
}) => {
  await page.goto(`${product.url}/held`);
  await page.getByRole("checkbox", { name: "Select 00000017" }).check();
  await page.getByRole("button", { name: "Assign selected" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("combobox", { name: "Name" }).fill("Grace");
  await dialog.getByRole("checkbox", { name: /This is my name/ }).check();
  await dialog.getByRole("button", { name: "Assign" }).click();
  await expect(page.getByText("Grace looks after it")).toBeVisible();
  await page.getByRole("button", { name: "Mine" }).click();
  await expect(page).toHaveURL(/who=Grace/);
  await expect(page.getByRole("button", { name: /^00000017/ })).toBeVisible();

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export CSV" }).click();
  const csv = await readFile(await (await download).path(), "utf8");
  expect(csv).toContain("00000017");
  expect(csv).toContain("Grace");

  await page.getByRole("button", { name: "Ignore", exact: true }).click();
  await page.getByRole("dialog").getByRole("textbox", { name: "Reason" }).fill("A test customer");
  await page.getByRole("dialog").getByRole("button", { name: "Ignore with this reason" }).click();
  await expect(page.getByText("No held record fits this filter")).toBeVisible();
  await page.getByText("Ignored", { exact: true }).click();
  await expect(page.getByText("Ignored: A test customer")).toBeVisible();
  await page.getByRole("button", { name: "Open again" }).click();
  await page.getByText("Open", { exact: true }).click();
  await expect(page.getByRole("button", { name: /^00000017/ })).toBeVisible();
});

test("a transfer goes back in time after the records were counted, and the next run creates nothing twice", async ({
  page,
  product,
}) => {
  const before = (await readInvoices(product)).length;
  await page.goto(`${product.url}/transfers/${transfer}/history`);
  await page.getByRole("link", { name: "Links and reading position" }).last().click();
  await expect(page.getByText(/The next run reads what changed since/)).toBeVisible();
  await page.getByRole("button", { name: "Go back…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel(/^Moment/).fill("2099-01-01T00:00");
  await expect(dialog.getByText(/That lies ahead/)).toBeVisible();
  await dialog.getByLabel(/^Moment/).fill("2026-01-01T08:00");
  await expect(dialog.getByRole("button", { name: "Go back", exact: true })).toBeDisabled();
  await dialog.getByRole("button", { name: "Count what is read again" }).click();
  await expect(dialog.getByText(/records? would be read again/)).toBeVisible();
  await expectAccessible(page, "the count before going back");
  // Refused while the held records are tried again by the clock; a person tries once more too.
  await expect(async () => {
    await dialog.getByRole("button", { name: "Go back", exact: true }).click({ timeout: 2_000 });
    await expect(page.getByText(/since 1 Jan 2026, 08:00:00/)).toBeVisible({ timeout: 3_000 });
  }).toPass({ timeout: 60_000 });

  const run = await callApi<{ id: string }>(product, "POST", `/transfers/${transfer}/runs`, {});
  await expect
    .poll(async () => (await callApi<{ state: string }>(product, "GET", `/runs/${run.id}`)).state, {
      timeout: 30_000,
    })
    .toBe("finished");
  expect(await readInvoices(product)).toHaveLength(before);
});

test("links are brought in from a file after a report, linked by hand, and forgotten", async ({
  page,
  product,
}) => {
  await page.goto(`${product.url}/transfers/${transfer}/links`);
  await page.getByRole("button", { name: "Import CSV" }).click();
  const dialog = page.getByRole("dialog");
  await page.locator("input[type=file]").setInputFiles({
    name: "links.csv",
    mimeType: "text/csv",
    buffer: Buffer.from("sourceKey,targetKey\nold-order,some-invoice\n,nothing\n"),
  });
  await expect(dialog.getByText("1 added, 0 changed, 0 as before")).toBeVisible();
  await expect(dialog.getByText("Line 3: The source key is blank.")).toBeVisible();
  await expectAccessible(page, "the report of an import");
  await dialog.getByRole("button", { name: "Import 1 link" }).click();
  await page.getByLabel("Find a record").fill("old-order");
  await expect(page).toHaveURL(/q=old-order/);
  await expect(page.getByText("1 link", { exact: true })).toBeVisible();

  await page.getByRole("button", { name: "Link old-order to another record" }).click();
  await dialog.getByLabel("Find by Number").fill("SI-100003");
  await dialog.getByRole("button", { name: "Find", exact: true }).click();
  await dialog.getByRole("radio", { name: /^SI-100003/ }).check();
  await dialog.getByRole("button", { name: "Link", exact: true }).click();
  await expect(dialog).toBeHidden();
  const invoice = (await readInvoices(product)).find((each) => each.number === "SI-100003");
  const links = await callApi<List<{ targetKey: string }>>(
    product,
    "GET",
    `/transfers/${transfer}/links?search=old-order`,
  );
  expect(links.items).toMatchObject([{ targetKey: invoice?.id }]);

  await page.getByRole("button", { name: "Forget the link of old-order" }).click();
  await expect(dialog.getByText(/searched in the target by its match key/)).toBeVisible();
  await dialog.getByRole("button", { name: "Forget the link" }).click();
  await expect(page.getByText("No link has such a key")).toBeVisible();
});
