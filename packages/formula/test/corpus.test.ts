/** The golden corpus: the language's specification by example, one file per area. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exampleContext, exampleRecord, exampleScope } from "../src/functions/example-record.ts";
import { compileFormula, evaluateFormula, type Row, showResult } from "../src/index.ts";

interface CorpusCase {
  readonly formula: string;
  readonly expected: string;
  readonly record: Row;
  readonly timeZone: string;
}

/** Lines `formula TAB expected [TAB cells as JSON]`; `#zone` sets the zone; `\n` and `\t` are written so. */
function readCases(name: string): CorpusCase[] {
  const cases: CorpusCase[] = [];
  let timeZone = exampleContext.timeZone;
  for (const line of readFileSync(new URL(`../corpus/${name}`, import.meta.url), "utf8").split("\n")) {
    if (line.startsWith("#zone ")) timeZone = line.slice(6).trim();
    if (line === "" || line.startsWith("# ") || line.startsWith("#zone ")) continue;
    const [formula = "", expected = "", cells] = line.split("\t");
    const record = cells === undefined ? exampleRecord : { ...exampleRecord, ...(JSON.parse(cells) as Row) };
    cases.push({
      formula: formula.replaceAll("\\n", "\n").replaceAll("\\t", "\t"),
      expected,
      record,
      timeZone,
    });
  }
  return cases;
}

function resultOf({ formula, record, timeZone }: CorpusCase): string {
  const compiled = compileFormula(formula, exampleScope);
  if (!compiled.ok) return `Issue ${compiled.issues[0]?.code}`;
  return showResult(evaluateFormula(compiled.formula, record, { ...exampleContext, timeZone }));
}

const files = readdirSync(new URL("../corpus/", import.meta.url)).filter((name) => name.endsWith(".tsv"));

describe("golden corpus", () => {
  it("has at least 1,500 cases", () => {
    expect(files.flatMap(readCases).length).toBeGreaterThanOrEqual(1500);
  });
  for (const file of files) {
    it(`${file} gives what it says`, () => {
      const cases = readCases(file);
      const wrong = cases
        .map((entry) => ({ formula: entry.formula, expected: entry.expected, actual: resultOf(entry) }))
        .filter(({ expected, actual }) => expected !== actual);
      expect(wrong).toEqual([]);
    });
  }
});
