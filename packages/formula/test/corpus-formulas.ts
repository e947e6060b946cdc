/** The formulas of the golden corpus, without their expected values. */
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../corpus/", import.meta.url);

export function readCorpusFormulas(): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".tsv"))
    .flatMap((name) => readFileSync(new URL(name, folder), "utf8").split("\n"))
    .filter((line) => line !== "" && !line.startsWith("# ") && !line.startsWith("#zone "))
    .map((line) => (line.split("\t")[0] ?? "").replaceAll("\\n", "\n").replaceAll("\\t", "\t"));
}
