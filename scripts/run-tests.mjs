/**
 * Everything that proves the product, in the order in which it is cheapest to learn of a mistake: lint and fences,
 * types, package tests, then journeys in a real browser. Ends with one line that counts all of it.
 */
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { findBrowser } from "./find-browser.mjs";

const readJson = (file) => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, "utf8")) : undefined);

/** Folders of packages whose tests are run by turbo: all but the journeys. */
const listPackageFolders = (root) => [
  ...["packages", "apps"].flatMap((group) =>
    fs.readdirSync(path.join(root, group)).map((name) => path.join(root, group, name)),
  ),
  path.join(root, "bench"),
];

/** Counts of all vitest reports; a package whose tests left no report counts as one failure. */
const countPackages = (root) => {
  const counts = { passed: 0, failed: 0 };
  for (const folder of listPackageFolders(root)) {
    const scripts = readJson(path.join(folder, "package.json"))?.scripts;
    if (!scripts?.test) continue;
    const report = readJson(path.join(folder, "test-results", "vitest.json"));
    counts.passed += report?.numPassedTests ?? 0;
    counts.failed += report?.numFailedTests ?? 1;
    // A file that does not even load fails without a failed test in it.
    if (report && !report.success && report.numFailedTests === 0) counts.failed += 1;
  }
  return counts;
};

const countBrowser = (root) => {
  const stats = readJson(path.join(root, "e2e", "test-results", "report.json"))?.stats;
  return stats
    ? { passed: stats.expected + stats.flaky, failed: stats.unexpected + stats.skipped }
    : { passed: 0, failed: 1 };
};

/** Runs all tests and returns the exit code. */
export async function runTests({ pnpm, turbo, root }) {
  const failures = [];
  const step = (words, passed) => {
    if (!passed) failures.push(words);
  };
  const say = (words) => console.log(`\n== ${words}`);

  say("Lint, format and fences");
  // The linter reads types, and some of them are generated.
  step(
    "generate",
    pnpm(["exec", "turbo", "run", "generate", "--output-logs=errors-only"], { mayFail: true }),
  );
  step("lint", pnpm(["exec", "oxlint", "--type-aware", "--quiet"], { mayFail: true }));
  step("format", pnpm(["exec", "oxfmt", "--check"], { mayFail: true, stdio: ["ignore", "pipe", "inherit"] }));
  step(
    "fences",
    spawnSync(process.execPath, ["scripts/check-fences.mjs"], { stdio: "inherit", cwd: root }).status === 0,
  );
  const fences = spawnSync(process.execPath, ["--test", "scripts/"], { cwd: root, encoding: "utf8" });
  const fencePassed = Number(/^# pass (\d+)/m.exec(fences.stdout)?.[1] ?? 0);
  const fenceFailed = Number(/^# fail (\d+)/m.exec(fences.stdout)?.[1] ?? 1);
  if (fences.status !== 0) console.log(fences.stdout);

  say("Types and package tests");
  // Reports of an earlier run must not be counted for this one; turbo restores those of cached tasks.
  for (const folder of listPackageFolders(root))
    fs.rmSync(path.join(folder, "test-results"), { recursive: true, force: true });
  step(
    "package tests",
    turbo(
      ["build", "typecheck", "test"],
      "--continue",
      "--concurrency=2",
      ...(process.env.CI ? ["--force"] : []),
    ),
  );

  say("Journeys in a browser");
  const browser = await findBrowser({ pnpm, root });
  fs.rmSync(path.join(root, "e2e", "test-results"), { recursive: true, force: true });
  step(
    "journeys",
    pnpm(["--filter", "@fieldbridge/e2e", "exec", "playwright", "test"], {
      mayFail: true,
      env: { ...process.env, ...(browser ? { CHROMIUM_PATH: browser } : {}) },
    }),
  );

  const packages = countPackages(root);
  const journeys = countBrowser(root);
  const passed = packages.passed + journeys.passed + fencePassed;
  const failed = packages.failed + journeys.failed + fenceFailed;
  console.log(
    `\nPackages ${packages.passed} passed, ${packages.failed} failed; journeys ${journeys.passed} passed, ${journeys.failed} failed.`,
  );
  if (failures.length > 0) console.log(`Failed: ${failures.join(", ")}.`);
  console.log(`${passed} passed, ${Math.max(failed, failures.length > 0 ? 1 : 0)} failed`);
  return failures.length > 0 || failed > 0 || passed === 0 ? 1 : 0;
}
