/** The golden corpus: the language's specification by example, one file per area. */
import { describe, expect, it } from "vitest";
import { computeCase } from "../corpus/index.ts";
import { corpusFiles, readCorpusFile } from "./corpus-files.ts";

describe("golden corpus", () => {
  it("has at least 1,500 cases", () => {
    expect(corpusFiles.flatMap(readCorpusFile).length).toBeGreaterThanOrEqual(1500);
  });
  for (const file of corpusFiles) {
    it(`${file} gives what it says`, () => {
      const wrong = readCorpusFile(file)
        .map((entry) => ({ formula: entry.formula, expected: entry.expected, actual: computeCase(entry) }))
        .filter(({ expected, actual }) => expected !== actual);
      expect(wrong).toEqual([]);
    });
  }
});
