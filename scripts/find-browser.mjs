/**
 * Finds a Chromium for the browser journeys: the one named by CHROMIUM_PATH, an installed one, the system's package
 * (root on Debian), or Playwright's own download. Resolves to its path, or to undefined where Playwright knows its own.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";

const installed = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

const findInstalled = () => installed.find((file) => fs.existsSync(file) && !isSnapStub(file));

/** On Ubuntu the package is a script that only tells to install a snap. */
const isSnapStub = (file) =>
  file === "/usr/bin/chromium-browser" &&
  fs.statSync(file).size < 10_000 &&
  /snap/.test(fs.readFileSync(file, "utf8"));

const run = (program, args) =>
  spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"] }).status === 0;

const isDebianRoot = () => {
  const release = fs.existsSync("/etc/os-release") ? fs.readFileSync("/etc/os-release", "utf8") : "";
  return process.getuid?.() === 0 && /^ID=debian$/m.test(release);
};

export async function findBrowser({ pnpm }) {
  const named = process.env.CHROMIUM_PATH;
  if (named) return named;
  const found = findInstalled();
  if (found) return found;
  if (isDebianRoot()) {
    console.log("Installing Chromium from Debian's packages ...");
    process.env.DEBIAN_FRONTEND = "noninteractive";
    if (
      run("apt-get", ["update", "-qq"]) &&
      run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"])
    ) {
      const fresh = findInstalled();
      if (fresh) return fresh;
    }
  }
  console.log("Downloading a browser for the journeys ...");
  if (pnpm(["--filter", "@fieldbridge/e2e", "exec", "playwright", "install", "chromium"], { mayFail: true }))
    return undefined;
  console.error(
    "No browser could be obtained for the journeys. Install Chromium, or set CHROMIUM_PATH to one.",
  );
  process.exit(1);
}
