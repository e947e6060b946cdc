/** Bundles the two entries: our own packages inside, npm packages outside. `node build.mjs [folder]` */
import { copyFileSync, rmSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const folder = path.resolve(here("."), process.argv[2] ?? "dist");

/** Everything that is no path and not ours stays an import. */
const npmOutside = {
  name: "npm-outside",
  setup: (bundle) =>
    bundle.onResolve({ filter: /^[^./]/ }, ({ path: name }) =>
      name.startsWith("@fieldbridge/") ? undefined : { path: name, external: true },
    ),
};

// Chunks carry a hash in their names; those of earlier builds would stay for ever.
rmSync(folder, { recursive: true, force: true });
await build({
  entryPoints: { server: here("src/server.ts"), worker: here("src/worker.ts") },
  outdir: folder,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: true,
  platform: "node",
  format: "esm",
  target: "node20",
  sourcemap: true,
  logLevel: "warning",
  plugins: [npmOutside],
});
// Started as a process of its own, beside the bundle.
copyFileSync(here("src/db/embedded/postgres-supervisor.mjs"), path.join(folder, "postgres-supervisor.mjs"));
