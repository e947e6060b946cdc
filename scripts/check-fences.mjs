/**
 * The dependency fences of ARCHITECTURE.md, enforced on every import and on the few words that reach the outside
 * world. Prints each breach as `file:line rule: what` and ends with 1 if there is one.
 */
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const OURS = "@fieldbridge/";

/** Which of our packages each may import in product code. Tests of connectors may also start the sandbox. */
const allowedPackages = {
  "packages/formula": [],
  "packages/model": ["formula"],
  "packages/engine": ["model", "formula"],
  "packages/connectors": ["model", "engine"],
  "packages/sandbox": [],
  "packages/templates": ["model"],
  "apps/web": ["model", "engine", "formula"],
  "apps/api": ["model", "formula", "engine", "connectors", "sandbox", "templates"],
  bench: ["model", "formula", "engine", "connectors", "sandbox", "templates", "api"],
  e2e: ["formula"],
};
/** Measures every room from inside, the server's own parts too; nothing imports it. */
const mayGoRoundTheIndex = new Set(["bench"]);
const inTests = { "packages/connectors": ["sandbox"] };

const isTest = (file) => /\.test\.tsx?$|\/testing\/|\/fixtures?\//.test(file);
const under =
  (...folders) =>
  (file) =>
    folders.some((folder) => file.startsWith(`${folder}/src/`));
const pure = under("packages/formula", "packages/model", "packages/engine", "packages/templates");

/** Rules on imports and on single lines of product code: `where` says which files, `breach` what they may not contain. */
const lineRules = [
  { name: "pure-packages-import-no-node", where: pure, breach: /from "node:|import\("node:/ },
  {
    name: "engine-and-formula-reach-no-world",
    where: under("packages/formula", "packages/engine"),
    breach: /(?<![.\w])fetch\(|\bDate\.now\(|\bnew Date\(\)|\bprocess\.|\bsetTimeout\(/,
  },
  { name: "no-code-from-text", where: () => true, breach: /\beval\(|\bnew Function\(|from "(node:)?vm"/ },
  { name: "formula-has-no-dependency", where: under("packages/formula"), breach: /from "[^.]/ },
  {
    name: "web-imports-zod-as-namespace",
    where: under("apps/web", "packages/model"),
    breach: /import \{[^}]*\bz\b[^}]*\} from "zod"/,
  },
  {
    name: "only-stores-know-prisma",
    where: (file) =>
      file.startsWith("apps/api/src/") &&
      !file.endsWith(".store.ts") &&
      !/^apps\/api\/src\/(db|generated)\//.test(file),
    breach: /from "[^"]*(@prisma\/|generated\/)/,
  },
  {
    name: "only-config-reads-the-environment",
    where: (file) =>
      /^(apps|packages)\/[^/]+\/src\//.test(file) &&
      !/\/(config|vite\.config)\.ts$/.test(file) &&
      !file.startsWith("apps/api/src/generated/"),
    breach: /\bprocess\.env\b/,
  },
  {
    name: "only-http-opens-sockets",
    where: (file) =>
      file.startsWith("packages/connectors/src/") && !file.startsWith("packages/connectors/src/http/"),
    breach: /from "(undici|node:(http|https|net|tls|dns))"|(?<![.\w])fetch\(/,
  },
];

const sourceFiles = (root, folder) =>
  fs.existsSync(path.join(root, folder))
    ? fs
        .readdirSync(path.join(root, folder), { recursive: true })
        .map((each) => path.posix.join(folder, each.toString().split(path.sep).join("/")))
        .filter(
          (file) => /\.tsx?$/.test(file) && !/\/(node_modules|dist|generated|test-results)\//.test(file),
        )
    : [];

/** All breaches below `root`, as `{ file, line, rule, text }`. */
export function findBreaches(root) {
  const breaches = [];
  for (const [folder, allowed] of Object.entries(allowedPackages))
    for (const file of sourceFiles(root, folder)) {
      const mayImport = isTest(file) ? [...allowed, ...(inTests[folder] ?? [])] : allowed;
      fs.readFileSync(path.join(root, file), "utf8")
        .split("\n")
        .forEach((text, index) => {
          const report = (rule) => breaches.push({ file, line: index + 1, rule, text: text.trim() });
          const imported = /(?:from|import\() ?"@fieldbridge\/([^"/]+)/.exec(text)?.[1];
          if (imported && imported !== path.basename(folder) && !mayImport.includes(imported))
            report("package-order");
          const outside = /from "(\.\.\/[^"]+)"/.exec(text)?.[1];
          const isOutside =
            outside && !path.posix.join(path.posix.dirname(file), outside).startsWith(`${folder}/`);
          if (isOutside && !mayGoRoundTheIndex.has(folder)) report("no-way-round-the-index");
          if (isTest(file)) return;
          const code = text.replace(/^\s*(\/\/|\*|\/\*).*$/, "");
          for (const rule of lineRules) if (rule.where(file) && rule.breach.test(code)) report(rule.name);
        });
    }
  return breaches;
}

export const ruleNames = ["package-order", "no-way-round-the-index", ...lineRules.map((rule) => rule.name)];

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const breaches = findBreaches(path.resolve(path.dirname(fileURLToPath(import.meta.url)), ".."));
  for (const { file, line, rule, text } of breaches) console.error(`${file}:${line} ${rule}: ${text}`);
  if (breaches.length > 0)
    console.error(
      `${breaches.length} breach(es) of the fences; see ARCHITECTURE.md for what may import what (${OURS}*).`,
    );
  process.exit(breaches.length > 0 ? 1 : 0);
}
