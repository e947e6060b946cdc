/** Writes docs/reference/functions.md from the function registry. */
import { mkdirSync, writeFileSync } from "node:fs";
import { writeFunctionReference } from "../src/functions/write-reference.ts";

const folder = new URL("../../../docs/reference/", import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL("functions.md", folder), writeFunctionReference());
