/** The editor's grammar and the language's own parser are one language, held so by the golden corpus and its ruins. */
import { type Expr, MAX_LENGTH, parseFormula } from "@fieldbridge/formula";
import { readCases } from "@fieldbridge/formula/corpus";
import { describe, expect, it } from "vitest";
import { formulaLanguage } from "./formula-language.ts";
import { brokenFormulas, oddFormulas } from "./testing/formulas.ts";
import { readTree, type Reading } from "./testing/read-tree.ts";

const corpusTexts: Readonly<Record<string, string>> = import.meta.glob(
  "../../../../packages/formula/corpus/*.tsv",
  { query: "?raw", import: "default", eager: true },
);
const corpus = Object.values(corpusTexts)
  .flatMap(readCases)
  .map(({ formula }) => formula);

/** Each formula with its end cut off, a character dropped, and a character doubled, at places spread over it. */
const ruins = corpus.flatMap((formula, index) => {
  const at = (index * 7) % Math.max(formula.length, 1);
  return [
    formula.slice(0, -1),
    formula.slice(0, at),
    formula.slice(0, at) + formula.slice(at + 1),
    formula.slice(0, at) + formula.slice(at, at + 1) + formula.slice(at),
  ];
});

/** Halves of characters outside the basic plane come from cutting only; no key and no paste makes them. */
const hasHalfCharacter = (formula: string): boolean => /\p{Cs}/u.test(formula);

const formulas = [...new Set([...corpus, ...ruins, ...oddFormulas, ...brokenFormulas])].filter(
  (formula) => formula.length <= MAX_LENGTH && !hasHalfCharacter(formula),
);

/** Length, number of parts and depth are limits of the language and not of its grammar. */
const isLimit = (code: string): boolean => code === "FML-209";

/** The tree as nested text, and its tokens with their places. */
function readExpr(expr: Expr): Reading {
  const token = (kind: string, { start, end }: Expr["span"]) => `${kind} ${start}-${end}`;
  switch (expr.kind) {
    case "number":
    case "text":
    case "boolean":
    case "blank":
      return { shape: expr.kind, tokens: [token(expr.kind, expr.span)] };
    case "path":
      return {
        shape: `path ${expr.segments.length}`,
        tokens: expr.segments.map(({ span }) => token("field", span)),
      };
    case "call": {
      const args = expr.args.map(readExpr);
      return {
        shape: `call(${args.map(({ shape }) => shape).join(", ")})`,
        tokens: [token("function", expr.nameSpan), ...args.flatMap(({ tokens }) => tokens)],
      };
    }
    case "unary": {
      const { shape, tokens } = readExpr(expr.operand);
      const { start, end } = expr.span;
      const { length } = expr.operator;
      return {
        shape: `${expr.operator}(${shape})`,
        tokens:
          expr.operator === "%"
            ? [...tokens, token("operator", { start: end - length, end })]
            : [token("operator", { start, end: start + length }), ...tokens],
      };
    }
    case "binary": {
      const [left, right] = [readExpr(expr.left), readExpr(expr.right)];
      return {
        shape: `(${left.shape} ${expr.operator} ${right.shape})`,
        tokens: [...left.tokens, token("operator", expr.operatorSpan), ...right.tokens],
      };
    }
    case "missing":
      return { shape: "missing", tokens: [] };
  }
}

const read = (formula: string) => {
  const parsed = parseFormula(formula);
  const isRight = parsed.ok || parsed.issues.every(({ code }) => isLimit(code));
  const tree = formulaLanguage.language.parser.parse(formula);
  return { formula, parsed, isRight, tree };
};

describe("the editor's grammar", () => {
  it("is held against at least 500 right and 500 wrong formulas", () => {
    const right = formulas.filter((formula) => parseFormula(formula).ok).length;
    expect(right).toBeGreaterThan(500);
    expect(formulas.length - right).toBeGreaterThan(500);
  });

  it("has an error exactly in the formulas that the parser finds wrong", () => {
    const judged = formulas.map(read).map(({ formula, isRight, tree }) => {
      let hasError = false;
      tree.iterate({ enter: (node) => void (hasError ||= node.type.isError) });
      return { formula, parser: isRight, grammar: !hasError };
    });
    expect(judged.filter(({ parser, grammar }) => parser !== grammar)).toEqual([]);
  });

  it("reads every right formula into the same parts, at the same places, bound in the same way", () => {
    const differing = formulas.map(read).flatMap(({ formula, parsed, tree }) => {
      if (!parsed.ok) return [];
      const [expected, actual] = [readExpr(parsed.tree), readTree(tree.topNode, formula)];
      return JSON.stringify(expected) === JSON.stringify(actual) ? [] : [{ formula, expected, actual }];
    });
    expect(differing).toEqual([]);
  });
});
