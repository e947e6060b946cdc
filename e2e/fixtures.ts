/**
 * The test object of all journeys: a page, and a running product. Files share the product of their worker; one that
 * needs untouched data names an installation of its own with `test.use({ installation })`.
 */
import AxeBuilder from "@axe-core/playwright";
import { expect, test as base, type Page } from "@playwright/test";
import { createProduct, type Product } from "./product.ts";

export const test = base.extend<object, { installation: string; product: Product }>({
  installation: ["shared", { scope: "worker", option: true }],
  product: [
    async ({ installation }, use, info) => {
      const product = await createProduct(`${installation}-${info.workerIndex}`);
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
