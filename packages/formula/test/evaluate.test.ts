/** Evaluation: lookups that wait, issues with positions and values, warnings, explanations, edits. */
import { describe, expect, it } from "vitest";
import { exampleContext, exampleRecord, exampleScope } from "../src/functions/example-record.ts";
import {
  compileFormula,
  convertPasted,
  evaluateFormula,
  explainFormula,
  listFields,
  listFunctionCalls,
  listLookups,
  type LookupAnswer,
  parseFormula,
  renameField,
} from "../src/index.ts";
import { evaluateOne, showOne } from "./evaluate-one.ts";

const waiting = { lookup: (): LookupAnswer => ({ state: "pending" }) };

function requested(formula: string): string[] {
  const result = evaluateOne(formula, { context: waiting });
  if (result.ok || result.kind !== "pending") throw new Error(`${formula} does not wait`);
  return result.requests.map((request) => (request.kind === "linked" ? request.recordId : request.key));
}

describe("lookups", () => {
  const look = (key: string) => `LOOKUP("C", "n", ${key}, "r")`;
  it("asks for everything one pass can know", () => {
    expect(requested(`${look('"a"')} & ${look('"b"')} & LINKED("x", "C")`)).toEqual(["a", "b", "x"]);
    expect(requested(`TEXTJOIN(",", ${look('"a"')}, ${look('"a"')})`)).toEqual(["a"]);
    expect(requested(`JOINLIST(LOOKUP("C", "n", Lines.Product.Code, "r"))`)).toEqual(["P-1", "P-2"]);
    expect(requested(`SUM(VALUE(${look('"a"')}), VALUE(${look('"b"')}))`)).toEqual(["a", "b"]);
  });
  it("does not ask for branches that are not chosen yet or not chosen at all", () => {
    expect(requested(`IF(${look('"a"')} = "1", ${look('"b"')}, ${look('"c"')})`)).toEqual(["a"]);
    expect(requested(`CASE(${look('"a"')}, "1", ${look('"b"')})`)).toEqual(["a"]);
    expect(requested(`BLANKVALUE(${look('"a"')}, ${look('"b"')})`)).toEqual(["a"]);
    expect(requested(`IF(Active, ${look('"b"')}, ${look('"c"')})`)).toEqual(["b"]);
    expect(requested(look(look('"a"')))).toEqual(["a"]);
  });
  it("waits instead of failing, skipping or catching while an answer is missing", () => {
    expect(requested(`BLANKVALUE(LINKED("x", "C"), FAIL("no"))`)).toEqual(["x"]);
    expect(requested(`IFERROR(1 / VALUE(${look('"a"')}), 0)`)).toEqual(["a"]);
    expect(requested(`CHOOSE(VALUE(${look('"a"')}), 1, 2)`)).toEqual(["a"]);
  });
  it("reads the answer by the type it comes with", () => {
    const answering = (value: string, type: "number" | "date") => ({
      context: { lookup: (): LookupAnswer => ({ state: "found", value, type }) },
    });
    expect(showOne(`${look('"a"')} + 1`, answering("41", "number"))).toBe("42");
    expect(showOne(`${look('"a"')} + 1`, answering("2026-01-31", "date"))).toBe("Error FML-314");
    expect(showOne(`YEAR(${look('"a"')})`, answering("2026-01-31", "date"))).toBe("2026");
  });
  it("says how many records were found when one was wanted", () => {
    const many = { context: { lookup: (): LookupAnswer => ({ state: "many", count: 3 }) } };
    expect(evaluateOne(look('"a"'), many)).toMatchObject({
      kind: "issue",
      issue: { code: "FML-308", span: { start: 0, end: 26 } },
    });
    expect(showOne('EXISTS("C", "n", 1)', many)).toBe("TRUE");
  });
  it("names value map and key so that the repair can be offered", () => {
    expect(evaluateOne('MAPVALUE("Units", FIRST(Lines.Unit & "."))')).toMatchObject({
      kind: "issue",
      issue: { code: "FML-309", hint: "Add to value map", valueMap: { map: "Units", key: "PCS." } },
    });
  });
});

describe("issues", () => {
  it("carry the position of the failing part and the values it was given", () => {
    expect(evaluateOne("1 + Amount / (Quantity - 12)")).toMatchObject({
      kind: "issue",
      issue: {
        code: "FML-301",
        span: { start: 4, end: 28 },
        message: 'A number cannot be divided by zero: "/" of 1250.5, 0',
      },
    });
    expect(evaluateOne("LEN(LEFT(Name, -1))")).toMatchObject({
      issue: { code: "FML-306", span: { start: 4, end: 18 } },
    });
    expect(evaluateOne("SUM(Lines.Quantity / 0)")).toMatchObject({
      issue: { code: "FML-301", span: { start: 4, end: 22 } },
    });
    expect(evaluateOne("Amount", { record: { Amount: "12,5" } })).toMatchObject({
      issue: {
        code: "FML-305",
        message: 'Field Amount should hold Number but holds "12,5"',
        span: { start: 0, end: 6 },
      },
    });
  });
  it("warn about clock changes and by WARN, and still give the value", () => {
    expect(evaluateOne('DATETIMEVALUE("2026-03-29T02:30")')).toMatchObject({
      ok: true,
      warnings: [{ code: "FML-320" }],
    });
    expect(evaluateOne('DATETIMEVALUE("2026-10-25T02:30")')).toMatchObject({
      ok: true,
      warnings: [{ code: "FML-320" }],
    });
    expect(evaluateOne('WARN(Amount, "high", Amount > 1000)')).toMatchObject({
      ok: true,
      warnings: [{ code: "FML-321", message: "high" }],
    });
    expect(evaluateOne('WARN(Amount, "high", Amount > 9999)')).not.toHaveProperty("warnings");
  });
  it("tell a new record from one whose history is unknown", () => {
    expect(showOne("ISNEW()", { context: { prior: null } })).toBe("TRUE");
    expect(showOne("PRIORVALUE(Amount)", { context: { prior: null } })).toBe("BLANK");
    expect(showOne("ISCHANGED(Amount)", { context: { prior: null } })).toBe("FALSE");
    expect(showOne("ISNEW()", { context: { prior: undefined } })).toBe("Error FML-315");
  });
});

describe("roots", () => {
  const scope = {
    ...exampleScope,
    roots: {
      header: {
        name: "Header",
        fields: [{ name: "Currency", type: "text" as const }],
        relations: [{ name: "Lines", kind: "many" as const, object: "Line" }],
      },
    },
  };
  it("read fields and lists of named rows, and are blank where the row is missing", () => {
    const roots = { header: { Currency: "EUR", Lines: [{ Quantity: "2" }, { Quantity: "5" }] } };
    expect(showOne('header.Currency & " " & Name', { scope, context: { roots } })).toBe(
      '"EUR Blue Lake Service"',
    );
    expect(showOne("SUM(header.Lines.Quantity)", { scope, context: { roots } })).toBe("7");
    expect(showOne("header.Currency", { scope, context: { roots: { header: null } } })).toBe("BLANK");
    expect(showOne("header.Currency", { scope, context: {} })).toBe("BLANK");
  });
});

describe("explainFormula", () => {
  it("shows the value of every part, row by row inside a list function", () => {
    const compiled = compileFormula(
      "ROUND(SUM(Lines.Quantity * (1 - ZEROIFBLANK(Lines.Discount)%)), 0)",
      exampleScope,
    );
    if (!compiled.ok) throw new Error("must compile");
    const parts = explainFormula(compiled.formula, exampleRecord, exampleContext).map(({ text, value }) => [
      text,
      value,
    ]);
    expect(parts).toEqual([
      ["ROUND(SUM(Lines.Quantity * (1 - ZEROIFBLANK(Lines.Discount)%)), 0)", "6"],
      ["SUM(Lines.Quantity * (1 - ZEROIFBLANK(Lines.Discount)%))", "5.9"],
      ["Lines.Quantity * (1 - ZEROIFBLANK(Lines.Discount)%)", "[2, 3, 0.9]"],
      ["Lines.Quantity", "[2, 3, 1]"],
      ["1 - ZEROIFBLANK(Lines.Discount)%", "[1, 1, 0.9]"],
      ["ZEROIFBLANK(Lines.Discount)%", "[0, 0, 0.1]"],
      ["ZEROIFBLANK(Lines.Discount)", "[0, 0, 10]"],
      ["Lines.Discount", "[BLANK, BLANK, 10]"],
    ]);
  });
  it("shows where it fails and that a lookup is waited for", () => {
    const compiled = compileFormula('IFERROR(TEXT(Amount / 0), LINKED("x", "C"))', exampleScope);
    if (!compiled.ok) throw new Error("must compile");
    const parts = explainFormula(compiled.formula, exampleRecord, { ...exampleContext, ...waiting });
    expect(parts.map(({ value }) => value)).toEqual([
      "waits for a lookup",
      "Error FML-301",
      "Error FML-301",
      "1250.5",
      "waits for a lookup",
    ]);
    expect(parts[1]?.issue?.code).toBe("FML-301");
  });
});

describe("edits and dependencies", () => {
  it("renames a field and leaves spaces, comments and other names alone", () => {
    const text = 'IF( ISBLANK(Account.Name),"Account.Name" ,  account.name) // Account.Name';
    expect(renameField(text, ["Account", "Name"], ["Account", "Full Name"])).toBe(
      'IF( ISBLANK(Account.[Full Name]),"Account.Name" ,  Account.[Full Name]) // Account.Name',
    );
    expect(renameField("Account.Name + Accounts", ["Account"], ["Customer"])).toBe(
      "Customer.Name + Accounts",
    );
    expect(renameField("Name.X", ["X"], ["Y"])).toBe("Name.X");
  });
  it("lists fields, lookups and calls of text that may be unfinished", () => {
    expect(listFields("SUM(Lines.Qty) + [A b] + Lines.Qty + (")).toEqual([["Lines", "Qty"], ["A b"]]);
    expect(listLookups('MAPVALUE("U", x) & lookup("O", "k", x, "r") & LINKED(Id, "C")')).toEqual([
      { kind: "valueMap", object: "U" },
      { kind: "lookup", object: "O", keyField: "k", resultField: "r" },
      { kind: "linked", object: "C" },
    ]);
    expect(listFunctionCalls("round(1, 2)")).toEqual([
      { name: "ROUND", span: { start: 0, end: 11 }, nameSpan: { start: 0, end: 5 }, argumentCount: 2 },
    ]);
  });
  it("converts formulas pasted from Excel and Rapidi and leaves ours alone", () => {
    expect(convertPasted('=IF(A>1,5;"a;b,c";"d")')).toEqual({ from: "excel", text: 'IF(A>1.5,"a;b,c","d")' });
    expect(convertPasted("ROUND(1,5;2)")).toEqual({ from: "excel", text: "ROUND(1.5,2)" });
    expect(convertPasted(`##'No. ' + "Account.Billing City"`)).toEqual({
      from: "rapidi",
      text: '"No. " & Account.[Billing City]',
    });
    expect(convertPasted(`##IF("Type"='A';"X";'it''s')`)).toEqual({
      from: "rapidi",
      text: 'IF(Type="A",X,"it\'s")',
    });
    expect(convertPasted("IF(A > 1, 2, 3)")).toBeNull();
    expect(convertPasted("not a ( formula")).toBeNull();
  });
  it("recognises it between the parts of an unfinished formula", () => {
    const place = { before: "IF(A = 1, ", after: ', "b"' };
    expect(convertPasted("LEFT(Name;3)", place)).toEqual({ from: "excel", text: "LEFT(Name,3)" });
    expect(convertPasted("=1,5", { before: "A * ", after: "" })).toEqual({ from: "excel", text: "1.5" });
    expect(convertPasted("'No. ' + \"City\"", place)).toEqual({ from: "rapidi", text: '"No. " & City' });
    expect(convertPasted("“x”", place)).toEqual({ from: "excel", text: '"x"' });
    expect(convertPasted("LEFT(Name, 3)", place)).toBeNull();
  });
  it("compiles a tree as well as its text", () => {
    const parsed = parseFormula("Amount * 2");
    if (!parsed.ok) throw new Error("must parse");
    const compiled = compileFormula(parsed.tree, exampleScope);
    expect(compiled.ok && evaluateFormula(compiled.formula, exampleRecord, exampleContext)).toMatchObject({
      ok: true,
    });
  });
});
