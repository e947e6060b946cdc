/**
 * Reads the golden corpus and computes its cases: the same in Node, in a browser and in the editor's tests. The texts
 * of the files come from the caller, because each place has its own way to read them.
 */
import { exampleContext, exampleRecord, exampleScope } from "../src/functions/example-record.ts";
import { compileFormula, evaluateFormula, type Row, showResult } from "../src/index.ts";

export interface CorpusCase {
  readonly formula: string;
  /** As `computeCase` writes the result. */
  readonly expected: string;
  readonly record: Row;
  readonly timeZone: string;
}

/** Lines `formula TAB expected [TAB cells as JSON]`; `#zone` sets the zone; `\n` and `\t` are written so. */
export function readCases(text: string): CorpusCase[] {
  const cases: CorpusCase[] = [];
  let timeZone = exampleContext.timeZone;
  for (const line of text.split("\n")) {
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

/** The result as `showResult` writes it, or `Issue` and the code of the first mistake. */
export function computeCase({ formula, record, timeZone }: CorpusCase): string {
  const compiled = compileFormula(formula, exampleScope);
  if (!compiled.ok) return `Issue ${compiled.issues[0]?.code}`;
  return showResult(evaluateFormula(compiled.formula, record, { ...exampleContext, timeZone }));
}
