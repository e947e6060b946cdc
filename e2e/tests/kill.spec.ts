/** Journey c: the product is killed in the middle of runs and the page is reloaded; no invoice twice, none missing. */
import { expect, test } from "@playwright/test";
import { callApi, readCompletedWorkOrders, readInvoices } from "../outside.ts";
import { createProduct, type Product } from "../product.ts";

interface Run {
  readonly id: string;
  readonly number: number;
  readonly state: string;
  readonly counts: Readonly<Record<string, number>>;
}

const isOver = (run: Run) => ["finished", "failed", "stopped"].includes(run.state);

const waitUntilOver = async (product: Product, id: string): Promise<Run> => {
  await expect
    .poll(async () => isOver(await callApi<Run>(product, "GET", `/runs/${id}`)), { timeout: 60_000 })
    .toBe(true);
  return callApi<Run>(product, "GET", `/runs/${id}`);
};

const useTemplate = async (product: Product) =>
  callApi<{ transfers: { id: string }[]; runs: Run[] }>(
    product,
    "POST",
    "/templates/work-order-to-invoice/use",
    {
      connections: { "field-service": "field-service", erp: "erp" },
      run: true,
    },
  );

/** Milliseconds after the start of the run; spread over its whole length and a little beyond. */
const killTimes = [5, 40, 90, 140, 200, 260, 330, 420, 550, 800];

test("killing the product at ten moments of a run ends with exactly one invoice per completed work order", async ({
  page,
}) => {
  test.setTimeout(300_000);
  const product = await createProduct("kill");
  try {
    await product.start();
    const { transfers, runs } = await useTemplate(product);
    const transferId = transfers[0]?.id ?? "";
    let runId = runs[0]?.id ?? "";
    await page.goto(`${product.url}/runs/${runId}`);
    for (const wait of killTimes) {
      await new Promise((resolve) => setTimeout(resolve, wait));
      await product.kill();
      await product.start();
      const run = await callApi<Run>(product, "GET", `/runs/${runId}`);
      // A run that ended before the kill makes way for the next one, so that every kill hits a run.
      if (isOver(run)) runId = (await callApi<Run>(product, "POST", `/transfers/${transferId}/runs`, {})).id;
    }
    const last = await waitUntilOver(product, runId);
    expect(last.state).toBe("finished");

    const [workOrders, invoices] = [await readCompletedWorkOrders(product), await readInvoices(product)];
    const { items: held } = await callApi<{ items: { label: string }[] }>(product, "GET", "/held");
    expect(held).toHaveLength(2);
    const invoiced = invoices.map((each) => each.externalDocumentNumber).sort();
    const due = workOrders
      .map((each) => each.WorkOrderNumber)
      .filter((each) => !held.some(({ label }) => label === each));
    expect(invoiced).toEqual(due.sort());
    for (const each of workOrders) {
      const invoice = invoices.find(
        ({ externalDocumentNumber }) => externalDocumentNumber === each.WorkOrderNumber,
      );
      expect(each.ERP_No__c, `${each.WorkOrderNumber} carries its invoice's number`).toBe(
        invoice?.number ?? null,
      );
      if (invoice) expect(invoice.totalAmountIncludingTax).toBe(each.GrandTotal);
    }

    await page.goto(`${product.url}/runs/${runId}`);
    await page.reload();
    await expect(page.getByRole("main")).toContainText("Completed work order to invoice");
  } finally {
    await product.dispose();
  }
});
