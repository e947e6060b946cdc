/** Named formulas: a call means what the written-out text means, and nothing grows without bound. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkFormula,
  compileFormula,
  evaluateFormula,
  explainFormula,
  formatFormula,
  type NamedFormula,
  type NamedParameter,
  parseFormula,
  type Row,
  type Scope,
  showResult,
  soqlDialect,
  toSourceFilter,
} from "../src/index.ts";

const number = (name: string, optional = false): NamedParameter => ({ name, type: "number", optional });
const text = (name: string): NamedParameter => ({ name, type: "text" });
const named = (name: string, parameters: readonly NamedParameter[], body: string): NamedFormula => ({
  name,
  parameters,
  body,
});

const library: readonly NamedFormula[] = [
  named("NETPRICE", [number("gross"), number("rate")], "ROUND(gross / (1 + rate), 2)"),
  named("MARGIN", [number("gross"), number("cost")], "NETPRICE(gross, 0.25) - cost"),
  named("ORZERO", [number("value", true)], "ZEROIFBLANK(value)"),
  named("GREETING", [text("Name")], '"Dear " & Name'),
  named("ISBIG", [number("amount")], "amount >= 1000"),
  named("SAFE", [number("a"), number("b")], "IF(b = 0, 0, a / b)"),
  named("PICK", [{ name: "first", type: "boolean" }, number("a"), number("b")], "IF(first, a, b)"),
  named("ONLYBIG", [number("amount")], 'IF(amount > 10, amount, SKIPRECORD("small"))'),
  named("UNIT", [text("unit")], 'MAPVALUE("Units", unit)'),
  named("PEEK", [], "Name"),
  named("BROKEN", [number("x")], "x +"),
  named("EGG", [number("x")], "HEN(x)"),
  named("HEN", [number("x")], "EGG(x) + 1"),
  named("TWICE", [number("x")], "x + x"),
  named("IGNORE", [number("x")], "1"),
  named("LATER", [], "TODAY()"),
];

const scope: Scope = {
  record: {
    name: "Order",
    fields: [
      { name: "Name", type: "text" },
      { name: "Total", type: "number" },
      { name: "Cost", type: "number" },
      { name: "Code", type: "text" },
      { name: "Note", type: "json" },
    ],
    relations: [{ name: "Lines", kind: "many", object: "Line" }],
  },
  objects: { Line: { name: "Line", fields: [{ name: "Price", type: "number" }], relations: [] } },
  valueMaps: ["Units"],
  namedFormulas: library,
};
const row: Row = {
  Name: "Ada",
  Total: "125",
  Cost: "40",
  Code: "7",
  Note: "x",
  Lines: [{ Price: "125" }, { Price: "250" }],
};
const context = {
  now: "2026-11-21T10:00:00Z",
  timeZone: "UTC",
  mapValue: (_map: string, key: string) => (key === "Each" ? "PCS" : undefined),
};

const compile = (formula: string, within = scope) => {
  const compiled = compileFormula(formula, within);
  if (!compiled.ok) throw new Error(compiled.issues.map((issue) => issue.message).join("; "));
  return compiled.formula;
};
const show = (formula: string, within = scope): string =>
  showResult(evaluateFormula(compile(formula, within), row, context));
const issuesOf = (formula: string, within = scope) => checkFormula(formula, within).issues;

describe("a call", () => {
  it.each([
    ["NETPRICE(Total, 0.25)", "100"],
    ["netprice(Total, 25%)", "100"],
    ["NETPRICE(Total, BLANK)", "BLANK"],
    ["MARGIN(Total, Cost)", "60"],
    ["SUM(NETPRICE(Lines.Price, 0.25))", "300"],
    ["ORZERO() & ORZERO(Total)", '"0125"'],
    ['GREETING("Bo")', '"Dear Bo"'],
    ['GREETING(Name & "!")', '"Dear Ada!"'],
    ["IF(ISBIG(Total * 10), 1, 2)", "1"],
    ["SAFE(Total, 0)", "0"],
    ["PICK(TRUE, Total, 1 / 0)", "125"],
    ["ONLYBIG(Total)", "125"],
    ["ONLYBIG(1)", "Skip record: small"],
    ['UNIT("Each")', '"PCS"'],
    ["IFERROR(NETPRICE(Total, -1), 0)", "0"],
    ["TWICE(TWICE(TWICE(TWICE(TWICE(TWICE(Total))))))", "8000"],
    ["LATER()", "2026-11-21"],
  ])("%s is %s", (formula, result) => expect(show(formula)).toBe(result));

  it("says what fails inside it, at the place of the call", () => {
    const formula = "1 + NETPRICE(Total, -1)";
    const result = evaluateFormula(compile(formula), row, context);
    expect(result).toMatchObject({
      ok: false,
      issue: {
        code: "FML-301",
        span: { start: 4, end: formula.length },
        message: expect.stringContaining("(in NETPRICE: gross / (1 + rate))"),
      },
    });
    const nested = evaluateFormula(compile('MARGIN(Total, Cost) & UNIT("Box")'), row, context);
    expect(nested).toMatchObject({ issue: { valueMap: { map: "Units", key: "Box" } } });
  });

  it("knows the fields, lookups and functions behind it", () => {
    const { fields, lookups, functions } = compile("UNIT(Code) & TEXT(LATER())");
    expect(fields).toEqual([["Code"]]);
    expect(lookups).toEqual([{ kind: "valueMap", object: "Units" }]);
    expect([...functions]).toEqual(expect.arrayContaining(["MAPVALUE", "TODAY"]));
  });

  it("is formatted as it is written", () => {
    const parsed = parseFormula("netprice( Total,0.25 )+1");
    expect(parsed.ok && formatFormula(parsed.tree)).toBe("NETPRICE(Total, 0.25) + 1");
  });

  it("goes before a function of the same name that a later release may bring", () => {
    const own = { ...scope, namedFormulas: [named("UPPER", [text("x")], 'x & "!"')] };
    expect(show("UPPER(Name)", own)).toBe('"Ada!"');
  });
});

describe("a mistake in a call", () => {
  it("of the number of values names the parameters", () => {
    expect(issuesOf("NETPRICE(Total)")).toMatchObject([
      { code: "FML-202", message: "NETPRICE needs 2 values: gross, rate" },
    ]);
    expect(issuesOf("ORZERO(1, 2)")).toMatchObject([{ code: "FML-202" }]);
  });

  it("of a type is said once, at the value, with its Fix", () => {
    expect(issuesOf("TWICE(Code)")).toMatchObject([
      {
        code: "FML-212",
        message: "The first value of TWICE needs Number, this is Text; wrap in VALUE()",
        span: { start: 6, end: 10 },
        fix: { text: "VALUE(Code)" },
      },
    ]);
    expect(show("TWICE(VALUE(Code))")).toBe("14");
  });

  it("is found in values the body does not use as well", () => {
    expect(issuesOf("IGNORE(Nonsense)")).toMatchObject([{ code: "MAP-104" }]);
    expect(issuesOf("IGNORE(Lines.Price)")).toMatchObject([{ code: "FML-215" }]);
  });

  it("of a name proposes the named formula", () => {
    expect(issuesOf("NETPRICES(1, 2)")).toMatchObject([{ code: "FML-211", fix: { text: "NETPRICE" } }]);
  });
});

describe("a body", () => {
  it("does not see the record it is called for", () => {
    expect(issuesOf("PEEK()")).toMatchObject([
      { code: "FML-231", message: 'PEEK: "Name" is none of its parameters' },
    ]);
  });

  it("that cannot be read is a mistake of every call", () => {
    expect(issuesOf("BROKEN(1) + BROKEN(2)")).toMatchObject([{ code: "FML-231" }, { code: "FML-231" }]);
  });

  it("takes its parameter for a field of the same name", () => {
    expect(show("GREETING(Code)")).toBe('"Dear 7"');
  });
});

describe("calls in calls", () => {
  it("that lead back are an issue naming the way", () => {
    expect(issuesOf("HEN(1)")).toMatchObject([
      { code: "FML-230", message: expect.stringMatching(/^HEN → EGG → HEN/) },
    ]);
  });

  it("cannot grow beyond the size of a formula, however they multiply", () => {
    const bomb = Array.from({ length: 40 }, (_each, index) =>
      named(`B${index}`, [number("x")], index === 0 ? "x" : `B${index - 1}(x) + B${index - 1}(x)`),
    );
    const started = performance.now();
    expect(issuesOf("B39(Total)", { ...scope, namedFormulas: bomb })).toMatchObject([{ code: "FML-209" }]);
    const wide = `(${Array.from({ length: 60 }, () => "x").join(" + ")})`;
    const nested = named("W", [number("x")], wide);
    const deep = "W(".repeat(30) + "Total" + ")".repeat(30);
    expect(issuesOf(deep, { ...scope, namedFormulas: [nested] })).toMatchObject([{ code: "FML-209" }]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("explaining", () => {
  it("shows a call as one step, and behind it the parts of its body", () => {
    const steps = explainFormula(compile("MARGIN(Total, Cost)"), row, context);
    expect(steps.map(({ text: shown, value, inside }) => [shown, value, inside])).toEqual([
      ["MARGIN(Total, Cost)", "60", undefined],
      ["NETPRICE(gross, 0.25) - cost", "60", "MARGIN"],
      ["NETPRICE(gross, 0.25)", "100", "MARGIN"],
      ["ROUND(gross / (1 + rate), 2)", "100", "MARGIN → NETPRICE"],
      ["gross / (1 + rate)", "100", "MARGIN → NETPRICE"],
      ["1 + rate", "1.25", "MARGIN → NETPRICE"],
      ["Total", "125", undefined],
      ["Cost", "40", undefined],
    ]);
  });
});

describe("a filter", () => {
  it("is pushed into the source where the written-out condition can be", () => {
    const pushed = toSourceFilter('ISBIG(Total) AND Name = "Ada"', scope, soqlDialect);
    const written = toSourceFilter('Total >= 1000 AND Name = "Ada"', scope, soqlDialect);
    expect(pushed.pushed).toBe(written.pushed);
    expect(toSourceFilter("SAFE(Total, Cost) > 1", scope, soqlDialect).pushed).toBeNull();
  });
});

describe("for any values", () => {
  const leaf = fc.constantFrom("Total", "Cost", "BLANK", "0", "1.5", "VALUE(Code)", "1 / 0", "-3");
  const sum = fc.tuple(leaf, fc.constantFrom("+", "*", "-", "/"), leaf).map((parts) => parts.join(" "));
  const value = fc.oneof(leaf, sum);
  const bodies = ["a + b", "IF(a > b, a, b)", "IFERROR(a / b, 0)", "ZEROIFBLANK(a) & b", "BLANKVALUE(a, b)"];

  it("a call gives what the written-out text gives", () => {
    fc.assert(
      fc.property(fc.constantFrom(...bodies), value, value, (body, a, b) => {
        const own = { ...scope, namedFormulas: [named("F", [number("a"), number("b")], body)] };
        const inlined = body.replaceAll(/\b[ab]\b/g, (name) => `(${name === "a" ? a : b})`);
        const result = (formula: string): string => {
          const compiled = compileFormula(formula, own);
          if (!compiled.ok) return "does not compile";
          const evaluated = evaluateFormula(compiled.formula, row, context);
          return evaluated.ok ? showResult(evaluated) : "fails";
        };
        expect(result(`F(${a}, ${b})`)).toBe(result(inlined));
      }),
      { numRuns: 500 },
    );
  });

  it("no body and no call throws or runs long", () => {
    const words = fc.constantFrom(
      "F(",
      "G(",
      "x",
      "y",
      "Total",
      ")",
      ",",
      "+",
      "&",
      "1",
      '"t"',
      "IF(",
      "REPT(",
      "constructor",
      "SUM(",
    );
    const source = fc.array(words, { maxLength: 30 }).map((parts) => parts.join(" "));
    fc.assert(
      fc.property(source, source, source, (f, g, formula) => {
        const own = {
          ...scope,
          namedFormulas: [named("F", [number("x"), number("y", true)], f), named("G", [text("x")], g)],
        };
        const started = performance.now();
        checkFormula(formula, own);
        const compiled = compileFormula(formula, own);
        if (compiled.ok) evaluateFormula(compiled.formula, row, context);
        toSourceFilter(formula, own, soqlDialect);
        expect(performance.now() - started).toBeLessThan(500);
      }),
      { numRuns: 2_000 },
    );
  });
});
