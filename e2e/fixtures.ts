/** The test object of all journeys: a page, and a product of its own per test file. */
import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type Page } from "@playwright/test";
import { createProduct, type Product } from "./product.ts";

export const test = base.extend<object, { product: Product }>({
  product: [
    async ({}, use, info) => {
      const product = await createProduct(`worker-${info.workerIndex}`);
      await product.start();
      await use(product);
      await product.dispose();
    },
    { scope: "worker", timeout: 90_000 },
  ],
});

/** No finding of axe on the page as it stands; soft, so that one visit lists the findings of all pages. */
export async function expectAccessible(page: Page, words: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"])
    .analyze();
  const found = violations.map(
    (each) =>
      `${each.id}: ${each.help}\n    ${each.nodes.map((node) => node.target.join(" ")).join("\n    ")}`,
  );
  expect.soft(found, words).toEqual([]);
}

export { expect };
