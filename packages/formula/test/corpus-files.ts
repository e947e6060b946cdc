/** The files of the golden corpus with their cases. */
import { readdirSync, readFileSync } from "node:fs";
import { type CorpusCase, readCases } from "../corpus/index.ts";

const folder = new URL("../corpus/", import.meta.url);

export const corpusFiles: readonly string[] = readdirSync(folder).filter((name) => name.endsWith(".tsv"));

export const readCorpusFile = (name: string): CorpusCase[] =>
  readCases(readFileSync(new URL(name, folder), "utf8"));

export const readCorpusFormulas = (): string[] =>
  corpusFiles.flatMap(readCorpusFile).map(({ formula }) => formula);
