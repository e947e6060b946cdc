/**
 * The formula package as the designer ships it gives in a real browser what it gives in Node: every case of the golden
 * corpus, under the page's own security policy and in browsers set to places with other letters, digits and clocks.
 */
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { computeCase, readCases } from "@fieldbridge/formula/corpus";
import { build } from "vite";
import { expect, test } from "../fixtures.ts";

const web = fileURLToPath(new URL("../../apps/web/", import.meta.url));
const corpus = new URL("../../packages/formula/corpus/", import.meta.url);

/** One script with the designer's own build settings; it says what it exports as `goldenCorpus`. */
async function buildScript(): Promise<string> {
  const built = await build({
    root: web,
    configFile: `${web}vite.config.ts`,
    logLevel: "error",
    publicDir: false,
    build: {
      write: false,
      lib: {
        entry: fileURLToPath(new URL("index.ts", corpus)),
        formats: ["iife"],
        name: "goldenCorpus",
      },
    },
  });
  const [bundle] = Array.isArray(built) ? built : [built];
  const chunk = bundle && "output" in bundle ? bundle.output[0] : undefined;
  if (!chunk) throw new Error("The formula package was not built");
  return chunk.code;
}

interface GoldenCorpus {
  readonly readCases: typeof readCases;
  readonly computeCase: typeof computeCase;
}

const files = readdirSync(corpus)
  .filter((name) => name.endsWith(".tsv"))
  .map((name) => readFileSync(new URL(name, corpus), "utf8"));

let script = "";
test.beforeAll(async () => {
  script = await buildScript();
});

for (const place of [
  { locale: "en-GB", timezoneId: "Europe/Copenhagen" },
  { locale: "tr-TR", timezoneId: "America/St_Johns" },
  { locale: "ar-EG", timezoneId: "Pacific/Kiritimati" },
])
  test(`every golden formula gives in the browser what it gives in Node (${place.locale}, ${place.timezoneId})`, async ({
    browser,
    product,
  }) => {
    const context = await browser.newContext(place);
    const page = await context.newPage();
    await page.goto(product.url);
    const address = `${product.url}/golden-corpus.js`;
    await page.route(address, (route) =>
      route.fulfill({ contentType: "text/javascript; charset=utf-8", body: script }),
    );
    await page.addScriptTag({ url: address });
    const inBrowser = await page.evaluate((texts) => {
      // The script added above sets this name.
      const golden = (globalThis as unknown as { goldenCorpus: GoldenCorpus }).goldenCorpus;
      return texts.flatMap(golden.readCases).map((each) => [each.formula, golden.computeCase(each)] as const);
    }, files);
    const inNode = files.flatMap(readCases).map((each) => [each.formula, computeCase(each)] as const);
    expect(inNode.length).toBeGreaterThan(1_500);
    expect(inBrowser.length).toBe(inNode.length);
    expect(inBrowser.filter(([, result], index) => result !== inNode[index]?.[1])).toEqual([]);
    await context.close();
  });
