/**
 * A named formula judged on its own, in the library's page and again before it is stored: its name, parameters and
 * body, and its tests, each a call with given values.
 */
import {
  checkFormula,
  compileFormula,
  evaluateFormula,
  functions,
  parseDecimal,
  showResult,
  toCell,
  type CompiledFormula,
  type EvalContext,
  type EvalResult,
  type Row,
  type Scope,
} from "@fieldbridge/formula";
import {
  libraryFormula,
  toIssue,
  type Issue,
  type LibraryFormula,
  type NamedFormula,
  type NamedFormulaTest,
  type NamedParameterType,
  type FormulaVerdict,
  type ValueMap,
} from "@fieldbridge/model";
import { placeFormulaIssue } from "../check/check-formula-at.ts";
import { indexValueMaps } from "../values/index-value-maps.ts";

export interface FormulaLibrary {
  /** The other named formulas; one of the same name does not count. */
  readonly namedFormulas: readonly NamedFormula[];
  readonly valueMaps: readonly ValueMap[];
  /** `NOW()` of the tests. */
  readonly now: string;
}

/**
 * The names the body may use: its parameters, as if they were the fields of a record. That one can be blank is told
 * where it is called with a value that can.
 */
export const scopeForNamedFormula = (
  formula: NamedFormula,
  library: Pick<FormulaLibrary, "namedFormulas" | "valueMaps">,
): Scope => ({
  record: {
    name: "parameters",
    label: "Parameters",
    fields: formula.parameters.map(({ name, type, optional }) => ({
      name,
      type,
      nullable: optional === true,
    })),
    relations: [],
  },
  valueMaps: library.valueMaps.map((map) => map.name),
  namedFormulas: [...library.namedFormulas.filter((each) => each.name !== formula.name), formula],
});

const findNameIssue = ({ name }: NamedFormula): Issue | null =>
  functions.some((each) => each.name === name)
    ? toIssue("LIB-002", "name", `${name} is a function of the language.`)
    : null;

/** Names that formulas could not write. */
const findShapeIssues = (formula: LibraryFormula): Issue[] =>
  (libraryFormula.strip().safeParse(formula).error?.issues ?? []).map(({ path, message }) =>
    toIssue(path[0] === "name" ? "LIB-002" : "LIB-003", path.join("."), message),
  );

function findParameterIssues({ parameters }: NamedFormula): Issue[] {
  const seen = new Set<string>();
  return parameters.flatMap(({ name, optional }, index) => {
    const path = `parameters.${index}`;
    const isDouble = seen.has(name.toLowerCase());
    seen.add(name.toLowerCase());
    if (isDouble) return toIssue("LIB-003", path, `"${name}" stands twice.`);
    return optional !== true && parameters.slice(0, index).some((each) => each.optional)
      ? toIssue("LIB-003", path, `"${name}" is needed but stands behind one that may be left out.`)
      : [];
  });
}

/** The value as a field of this type would hold it; undefined where the text is none. */
function toArgument(text: string, type: NamedParameterType): Row[string] | undefined {
  if (text === "") return null;
  switch (type) {
    case "text":
      return text;
    case "number": {
      const plain = text.trim();
      return parseDecimal(plain) === null ? undefined : plain;
    }
    case "boolean": {
      const word = text.trim().toUpperCase();
      return word === "TRUE" ? true : word === "FALSE" ? false : undefined;
    }
    case "date":
      return /^\d{4}-\d{2}-\d{2}$/.test(text.trim()) ? text.trim() : undefined;
    case "datetime":
      return Number.isNaN(Date.parse(text)) ? undefined : new Date(text).toISOString();
  }
}

/** What the result is as plain text, as a test would expect it. */
function toActual(result: EvalResult): string {
  if (!result.ok) return result.kind === "issue" ? result.issue.code : showResult(result);
  const cell = toCell(result.value);
  if (cell === null) return "";
  return typeof cell === "boolean"
    ? String(cell).toUpperCase()
    : typeof cell === "string"
      ? cell
      : showResult(result);
}

const isExpected = (actual: string, expected: string, result: EvalResult): boolean => {
  if (actual === expected || showResult(result) === expected) return true;
  const number = parseDecimal(expected.trim());
  const isNumber = result.ok && typeof result.value === "object" && result.value?.kind === "number";
  return isNumber && number !== null && parseDecimal(actual) !== null && toCell(number) === actual;
};

function runTest(
  formula: NamedFormula,
  compiled: CompiledFormula,
  test: NamedFormulaTest,
  context: EvalContext,
): FormulaVerdict["results"][number] {
  const row: Record<string, Row[string]> = {};
  for (const { name, type } of formula.parameters) {
    const value = toArgument(test.arguments[name] ?? "", type);
    if (value === undefined)
      return { passed: false, actual: `${name} is no ${type}: ${test.arguments[name] ?? ""}` };
    row[name] = value;
  }
  const result = evaluateFormula(compiled, row, context);
  const actual = toActual(result);
  const passed = isExpected(actual, test.expected, result);
  const more = !result.ok && result.kind === "issue" && !passed ? `: ${result.issue.message}` : "";
  return { passed, actual: `${actual}${more}` };
}

export function judgeNamedFormula(formula: LibraryFormula, library: FormulaLibrary): FormulaVerdict {
  const scope = scopeForNamedFormula(formula, library);
  const checked = checkFormula(formula.body, scope);
  const nameIssue = findNameIssue(formula);
  const issues = [
    ...(nameIssue === null ? [] : [nameIssue]),
    ...findShapeIssues(formula),
    ...findParameterIssues(formula),
    ...checked.issues.map((each) => placeFormulaIssue(each, "body", "mapping")),
  ];
  const compiled = compileFormula(formula.body, scope);
  const context: EvalContext = {
    now: library.now,
    timeZone: "UTC",
    mapValue: indexValueMaps(library.valueMaps).read,
  };
  const results = formula.tests.map((test) =>
    compiled.ok
      ? runTest(formula, compiled.formula, test, context)
      : { passed: false, actual: "The formula has errors." },
  );
  const failing = results.flatMap((result, index) =>
    result.passed || !compiled.ok ? [] : [toTestIssue(formula.tests[index], index, result.actual)],
  );
  const all = [...issues, ...failing];
  return {
    ok: all.every((each) => each.severity !== "error"),
    issues: all,
    type: checked.type.name,
    results,
  };
}

const toTestIssue = (test: NamedFormulaTest | undefined, index: number, actual: string): Issue =>
  toIssue(
    "LIB-001",
    `tests.${index}`,
    `Test ${index + 1}${test?.label ? ` (${test.label})` : ""} expects ${show(test?.expected ?? "")} and gets ${show(actual)}.`,
  );

const show = (text: string): string => (text === "" ? "blank" : text);
