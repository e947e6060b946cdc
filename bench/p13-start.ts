/**
 * P13: JavaScript of the first page, compressed as it travels and counted in a real browser; and how soon the built
 * server listens on its embedded database, the first time and every other time.
 */
import { gzipSync } from "node:zlib";
import { chromium } from "@playwright/test";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { createRunningProduct } from "./stage/product-process.ts";

const goalBytes = 280 * 1024;
const goalMs = 3_000;

/** Bytes of all scripts a browser loads for the first page, each as gzip makes it. */
async function measurePage(url: string): Promise<{ bytes: number; files: number }> {
  const browser = await chromium.launch(
    process.env["CHROMIUM_PATH"] === undefined ? {} : { executablePath: process.env["CHROMIUM_PATH"] },
  );
  try {
    const page = await browser.newPage();
    const scripts = new Map<string, number>();
    page.on("response", (response) => {
      const type = response.headers()["content-type"] ?? "";
      if (!type.includes("javascript")) return;
      void response.body().then(
        (body) => scripts.set(response.url(), gzipSync(body).length),
        () => undefined,
      );
    });
    await page.goto(url, { waitUntil: "networkidle" });
    return { bytes: [...scripts.values()].reduce((sum, each) => sum + each, 0), files: scripts.size };
  } finally {
    await browser.close();
  }
}

export async function measureStart(bench: Bench): Promise<Figure> {
  const product = await createRunningProduct();
  try {
    const firstMs = await product.start();
    bench.say(`first start ${Math.round(firstMs)} ms`);
    const { bytes, files } = await measurePage(product.url);
    const again: number[] = [];
    for (let left = bench.size === "full" ? 5 : 1; left > 0; left -= 1) {
      await product.stop();
      again.push(await product.start());
    }
    again.sort((a, b) => a - b);
    const medianMs = again[Math.floor(again.length / 2)] ?? 0;
    return {
      id: "P13",
      text:
        `first page ${(bytes / 1024).toFixed(0)} KiB of JavaScript in ${files} files (gzip); listening ${(medianMs / 1000).toFixed(2)} s after the start ` +
        `(median of ${again.length}), ${(firstMs / 1000).toFixed(2)} s the very first time`,
      met: bytes <= goalBytes && bytes > 0 && (bench.size === "small" || medianMs <= goalMs),
    };
  } finally {
    await product.remove();
  }
}

await runAsCommand(import.meta.url, measureStart);
