import { chromium } from "@playwright/test";
const [, , url, out, width = "1280", dark] = process.argv;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({
  viewport: { width: Number(width), height: 800 },
  colorScheme: dark ? "dark" : "light",
});
page.on("pageerror", (e) => console.log("pageerror", e.message));
await page.goto(url);
await page.waitForLoadState("networkidle");
await page.waitForTimeout(800);
if (process.env.CLICK)
  for (const sel of process.env.CLICK.split("|")) {
    await page.locator(sel).first().click();
    await page.waitForTimeout(700);
  }
await page.screenshot({ path: out });
await browser.close();
