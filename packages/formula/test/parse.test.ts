/** The parser: positions, several issues at once, recovery, limits, and a canonical text that is stable. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Expr, formatFormula, functions, parseFormula, walkExpr } from "../src/index.ts";
import { readCorpusFormulas } from "./corpus-files.ts";

const pieces = [
  "1",
  "2.5",
  '"a"',
  '"',
  "Name",
  "Account.[Billing City]",
  "[x",
  "[]",
  "TRUE",
  "BLANK",
  "AND",
  "OR",
  "NOT",
  "(",
  ")",
  ",",
  ";",
  "+",
  "-",
  "*",
  "/",
  "^",
  "&",
  "%",
  "=",
  "<>",
  "<",
  ">=",
  ".",
  " ",
  "\n",
  "//c\n",
  "IF(",
  "SUM(Lines.Quantity",
  "😀",
  "\u0000",
  "\ud800",
  "'",
  "#",
  "{{",
  "!=",
  "&&",
  ...functions.slice(0, 20).map((entry) => `${entry.name}(`),
];
const formulaText = fc.oneof(
  fc.string({ maxLength: 60, unit: "binary" }),
  fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => parts.join("")),
);

function shapeOf(expr: Expr): unknown {
  switch (expr.kind) {
    case "number":
      return expr.text;
    case "text":
      return [expr.value];
    case "boolean":
      return expr.value;
    case "blank":
    case "missing":
      return expr.kind;
    case "path":
      return expr.segments.map((segment) => segment.name);
    case "call":
      return { call: expr.name, args: expr.args.map(shapeOf) };
    case "unary":
      return { unary: expr.operator, operand: shapeOf(expr.operand) };
    case "binary":
      return { binary: expr.operator, parts: [shapeOf(expr.left), shapeOf(expr.right)] };
  }
}

describe("parsing", () => {
  it("never throws, and every issue lies inside the text", () => {
    fc.assert(
      fc.property(formulaText, (text) => {
        const result = parseFormula(text);
        if (result.ok) return;
        expect(result.issues.length).toBeGreaterThan(0);
        for (const { span } of result.issues) {
          expect(span).toBeDefined();
          if (!span) continue;
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it("formats to text that parses to the same tree and formats to itself", () => {
    fc.assert(
      fc.property(formulaText, (text) => {
        const parsed = parseFormula(text);
        if (!parsed.ok) return;
        const formatted = formatFormula(parsed.tree);
        const again = parseFormula(formatted);
        expect(again.ok).toBe(true);
        if (!again.ok) return;
        expect(shapeOf(again.tree)).toEqual(shapeOf(parsed.tree));
        expect(formatFormula(again.tree)).toBe(formatted);
      }),
      { numRuns: 1500 },
    );
  });

  it("formats every formula of the corpus stably", () => {
    for (const text of readCorpusFormulas()) {
      const parsed = parseFormula(text);
      if (!parsed.ok) continue;
      const formatted = formatFormula(parsed.tree);
      const again = parseFormula(formatted);
      expect([text, again.ok && formatFormula(again.tree)]).toEqual([text, formatted]);
      expect([text, again.ok && shapeOf(again.tree)]).toEqual([text, shapeOf(parsed.tree)]);
    }
  });

  it("gives each part the span of its text", () => {
    const text = 'IF((Amount + 1) * 2 > [Max Price], "yes", -5%)';
    const parsed = parseFormula(text);
    expect(parsed.ok).toBe(true);
    if (!parsed.ok) return;
    const parts: string[] = [];
    walkExpr(parsed.tree, (expr) => parts.push(text.slice(expr.span.start, expr.span.end)));
    expect(parts).toEqual([
      text,
      "(Amount + 1) * 2 > [Max Price]",
      "(Amount + 1) * 2",
      "Amount + 1",
      "Amount",
      "1",
      "2",
      "[Max Price]",
      '"yes"',
      "-5%",
      "5%",
      "5",
    ]);
  });

  it("freezes the tree", () => {
    const parsed = parseFormula("ROUND(a + 1, 2)");
    expect(parsed.ok).toBe(true);
    const frozen: boolean[] = [];
    if (parsed.ok) walkExpr(parsed.tree, (expr) => frozen.push(Object.isFrozen(expr)));
    expect(frozen).toEqual([true, true, true, true, true]);
  });

  it("reports several mistakes at once and keeps the rest of the tree", () => {
    const result = parseFormula("IF(Amount >, 1; 2) + ROUND(Price, ");
    expect(result.ok).toBe(false);
    if (result.ok) return;
    expect(result.issues.map((issue) => [issue.code, issue.span?.start])).toEqual([
      ["FML-201", 11],
      ["FML-204", 14],
      ["FML-201", 33],
      ["FML-201", 33],
    ]);
    const paths: string[] = [];
    if (result.tree)
      walkExpr(result.tree, (expr) => expr.kind === "path" && paths.push(expr.segments[0]?.name ?? ""));
    expect(paths).toEqual(["Amount", "Price"]);
  });

  it("names the place where a parenthesis is missing and offers to insert it", () => {
    const result = parseFormula("ROUND(Amount, 2");
    expect(result).toMatchObject({
      ok: false,
      issues: [
        {
          message: "Expected ) after the second argument of ROUND",
          fix: { label: "Insert )", span: { start: 15, end: 15 } },
        },
      ],
    });
  });

  it("refuses text over 10,000 characters, 2,000 parts and 64 levels, and accepts what is just below", () => {
    expect(parseFormula(`"${"x".repeat(9998)}"`).ok).toBe(true);
    expect(parseFormula(`"${"x".repeat(9999)}"`)).toMatchObject({ ok: false, issues: [{ code: "FML-209" }] });
    expect(parseFormula(Array.from({ length: 1000 }, () => "1").join("+")).ok).toBe(true);
    expect(parseFormula(Array.from({ length: 1001 }, () => "1").join("+"))).toMatchObject({
      issues: [{ code: "FML-209" }],
    });
    expect(parseFormula(`${"(".repeat(64)}1${")".repeat(64)}`).ok).toBe(true);
    expect(parseFormula(`${"(".repeat(65)}1${")".repeat(65)}`)).toMatchObject({
      issues: [{ code: "FML-209" }],
    });
    expect(parseFormula("-".repeat(9000) + "1")).toMatchObject({ ok: false });
    expect(parseFormula("NOT ".repeat(2000) + "TRUE")).toMatchObject({ ok: false });
  });

  it("says that an empty formula is empty", () => {
    expect(parseFormula("")).toMatchObject({ ok: false, issues: [{ code: "FML-210" }] });
    expect(parseFormula(" // only a comment")).toMatchObject({ ok: false, issues: [{ code: "FML-210" }] });
  });
});
