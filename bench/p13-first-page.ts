/**
 * P13: the JavaScript a browser loads before Home stands, gzipped, from the built designer: the entry, what it imports,
 * the chunk of Home and what that imports. Also prints what the mapping screen adds.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const GOAL_KIB = 280;
const dist = fileURLToPath(new URL("../apps/web/dist", import.meta.url));
const assets = path.join(dist, "assets");

if (!existsSync(assets)) throw new Error("The designer is not built. npm run bench builds it first.");

const readChunk = (name: string): string => readFileSync(path.join(assets, name), "utf8");

/** Chunks that `text` names behind `from` or a bare `import`; those it only may load later are not among them. */
const listImports = (text: string): string[] =>
  [...text.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)].flatMap((found) => found[1] ?? []);

/** The chunks with everything they import, and what that imports. */
function withImports(names: readonly string[]): Set<string> {
  const found = new Set<string>();
  const add = (name: string): void => {
    if (found.has(name)) return;
    found.add(name);
    listImports(readChunk(name)).forEach(add);
  };
  names.forEach(add);
  return found;
}

/** The one chunk whose name starts so. */
function findChunk(start: string): string {
  const found = readdirSync(assets).filter((name) => name.startsWith(`${start}-`) && name.endsWith(".js"));
  if (found.length !== 1) throw new Error(`${found.length} chunks are named ${start}.`);
  return found[0] ?? "";
}

const sumKib = (names: Iterable<string>): number =>
  [...names].reduce((sum, name) => sum + gzipSync(readFileSync(path.join(assets, name))).length, 0) / 1024;

const page = readFileSync(path.join(dist, "index.html"), "utf8");
const inPage = [...page.matchAll(/(?:src|href)="\/assets\/([\w.-]+\.js)"/g)].flatMap(
  (found) => found[1] ?? [],
);
const first = withImports([...inPage, findChunk("home-page")]);
const mapping = withImports([findChunk("studio-page"), findChunk("mapping-tab")]);

for (const name of [...first].toSorted((a, b) => sumKib([b]) - sumKib([a])).slice(0, 8))
  console.log(`  ${sumKib([name]).toFixed(1).padStart(6)} KiB  ${name}`);
const withZod = [...first].filter((name) => readChunk(name).includes("ZodError"));
console.log(
  `  the mapping screen adds ${sumKib([...mapping].filter((name) => !first.has(name))).toFixed(1)} KiB`,
);
const size = sumKib(first);
const met = size <= GOAL_KIB && withZod.length === 0;
console.log(
  `P13: ${size.toFixed(1)} KiB of gzipped JavaScript in ${first.size} chunks before Home stands, ${withZod.length} of them with the schemas of the model (goal ${GOAL_KIB} KiB, none) — ${met ? "goal met" : "GOAL MISSED"}`,
);
process.exitCode = met ? 0 : 1;
