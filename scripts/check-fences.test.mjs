/** A fence nobody tests falls: one deliberate breach per rule, and each must be reported. */
import assert from "node:assert/strict";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { test } from "node:test";
import { findBreaches, ruleNames } from "./check-fences.mjs";

const breachOf = {
  "package-order": ["packages/templates/src/a.ts", 'import { run } from "@fieldbridge/engine";'],
  "no-way-round-the-index": [
    "packages/model/src/a.ts",
    'import { parse } from "../../formula/src/parse.ts";',
  ],
  "pure-packages-import-no-node": ["packages/engine/src/a.ts", 'import fs from "node:fs";'],
  "engine-and-formula-reach-no-world": ["packages/engine/src/a.ts", "const at = Date.now();"],
  "no-code-from-text": ["packages/formula/src/a.ts", "const run = new Function(text);"],
  "formula-has-no-dependency": ["packages/formula/src/a.ts", 'import Decimal from "decimal.js";'],
  "web-imports-zod-as-namespace": ["apps/web/src/a.ts", 'import { z } from "zod";'],
  "only-stores-know-prisma": [
    "apps/api/src/runs/start-run.ts",
    'import { PrismaClient } from "../generated/client.ts";',
  ],
  "only-config-reads-the-environment": ["apps/api/src/server.ts", "const port = process.env.PORT;"],
  "only-http-opens-sockets": [
    "packages/connectors/src/salesforce/read.ts",
    'import { request } from "undici";',
  ],
};

const withFile = (file, text, check) => {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "fences-"));
  try {
    fs.mkdirSync(path.join(root, path.dirname(file)), { recursive: true });
    fs.writeFileSync(path.join(root, file), `${text}\n`);
    check(findBreaches(root));
  } finally {
    fs.rmSync(root, { recursive: true });
  }
};

void test("every rule has a deliberate breach", () => {
  assert.deepEqual(Object.keys(breachOf).sort(), [...ruleNames].sort());
});

for (const [rule, [file, text]] of Object.entries(breachOf))
  void test(`a breach of ${rule} is reported with its place`, () => {
    withFile(file, text, (breaches) => {
      assert.ok(
        breaches.some((each) => each.rule === rule && each.file === file && each.line === 1),
        JSON.stringify(breaches),
      );
    });
  });

void test("what the plan allows is not reported", () => {
  withFile(
    "packages/connectors/src/create.ts",
    'import type { SystemPort } from "@fieldbridge/engine";',
    (breaches) => assert.deepEqual(breaches, []),
  );
});
