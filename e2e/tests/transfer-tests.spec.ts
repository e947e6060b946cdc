/** A test of a transfer by hand: kept from the preview, failing after a change, in the way of a publish, accepted. */
import { expect, expectAccessible, test } from "../fixtures.ts";
import { callApi } from "../outside.ts";

test("a kept record stops a publish that would change its result, until the new result is accepted", async ({
  page,
  product,
}) => {
  const id = "tr_tested";
  const definition = {
    kind: "transfer",
    version: 1,
    id,
    name: "Accounts with a test",
    source: { connection: "field-service", object: "Account" },
    target: { connection: "erp", object: "customers" },
    changes: { by: "all" },
    match: { by: "keys", keys: { number: "ERP_No__c" }, found: "update", missing: "create" },
    mappings: { number: { value: "ERP_No__c" }, displayName: { value: "Name" } },
  };
  await callApi(product, "POST", "/transfers", { definition });

  await page.goto(`${product.url}/transfers/${id}/preview`);
  await page.getByRole("button", { name: "Keep as a test" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The test passes" })).toBeVisible();
  const values = page.getByRole("table", { name: /^Expected values of/ });
  const name = values.getByRole("row", { name: /^displayName/ });
  await expect(name).toBeVisible();
  await expectAccessible(page, "A test that passes");

  const changed = {
    ...definition,
    mappings: { ...definition.mappings, displayName: { value: "UPPER(Name)" } },
  };
  await callApi(product, "PUT", `/transfers/${id}/draft`, { definition: changed, draftRevision: 1 });
  await page.reload();
  await expect(page.getByRole("status").filter({ hasText: "1 of 1 test does not pass" })).toBeVisible();
  await expectAccessible(page, "A test that fails");

  await page.getByRole("button", { name: /^Publish/ }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(dialog.getByText(/1 of 1 tests of "Accounts with a test" do not pass/)).toBeVisible();
  await dialog.getByRole("button", { name: "Show tests" }).click();

  await page.getByRole("button", { name: "Accept displayName" }).click();
  await expect(page.getByRole("status").filter({ hasText: "The test passes" })).toBeVisible();
  await page.getByRole("button", { name: /^Publish/ }).click();
  await dialog.getByRole("button", { name: "Publish", exact: true }).click();
  await expect(dialog).toBeHidden();
  expect(await callApi(product, "GET", `/transfers/${id}`)).toMatchObject({ published: 1 });
});
