/** Names of what a test compares, for people. */
import type { TestOutcome, TestResult } from "@fieldbridge/model";

export const actionWords: Record<TestOutcome["action"], string> = {
  sent: "Sent to the target",
  filtered: "Filtered out",
  skipped: "Skipped",
  held: "Held",
};

/** `salesInvoiceLines.0.quantity` → "salesInvoiceLines, line 1, quantity". */
export const toPlaceWords = (place: string): string =>
  place.replace(/^(.+)\.(\d+)\.(.+)$/, (_all, relation: string, row: string, field: string) =>
    [relation, `line ${Number(row) + 1}`, field].join(", "),
  );

export type TestState = "passes" | "fails" | "lacks" | "unknown";

export function toTestState(result: TestResult | undefined): TestState {
  if (result === undefined) return "unknown";
  if (result.missing.length > 0) return "lacks";
  return result.passed ? "passes" : "fails";
}

/** "All 5 tests pass" or "2 of 5 tests do not pass". */
export function toTestsSentence(results: readonly TestResult[]): string {
  const open = results.filter((each) => !each.passed).length;
  if (open > 0)
    return `${open} of ${results.length} ${results.length === 1 ? "test does" : "tests do"} not pass`;
  return results.length === 1 ? "The test passes" : `All ${results.length} tests pass`;
}

/** Rows of the comparison: what is expected or differs first named, then what is sent besides and not compared. */
export interface TestRow {
  readonly place: string;
  /** Undefined where the test does not compare this place. */
  readonly expected: string | null | undefined;
  /** Undefined where nothing is sent there. */
  readonly actual: string | null | undefined;
  readonly differs: boolean;
}

export function toTestRows(expected: TestOutcome, result: TestResult | undefined): TestRow[] {
  const actual = result?.outcome.values ?? {};
  const differing = new Set(result?.differences.map((each) => each.place));
  const places = [...new Set([...Object.keys(expected.values), ...Object.keys(actual)])];
  return places
    .map((place) => ({
      place,
      expected: expected.values[place],
      actual: actual[place],
      differs: differing.has(place),
    }))
    .sort((left, right) => Number(right.differs) - Number(left.differs));
}

/** The expectation with one value set, or not compared any more where `value` is undefined. */
export function withExpected(
  expected: TestOutcome,
  place: string,
  value: string | null | undefined,
): TestOutcome {
  const { [place]: _before, ...rest } = expected.values;
  return { ...expected, values: value === undefined ? rest : { ...expected.values, [place]: value } };
}
