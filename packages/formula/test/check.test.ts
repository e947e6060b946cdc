/** The checker: what it says about fields, types, targets and dependencies, and the repairs it offers. */
import { describe, expect, it } from "vitest";
import { exampleScope } from "../src/functions/example-record.ts";
import {
  checkFormula,
  type FieldShape,
  type FormulaIssue,
  formulaIssueCodes,
  functions,
  type Scope,
} from "../src/index.ts";

const scope: Scope = {
  record: {
    name: "Order",
    fields: [
      { name: "BillingCity", label: "Billing town", type: "text", length: 60 },
      { name: "Amount", type: "number", nullable: false },
      { name: "Discount", type: "number" },
      {
        name: "Status",
        type: "choice",
        choices: [
          { code: "new", label: "New" },
          { code: "done", label: "Done" },
        ],
      },
      { name: "target", type: "text" },
      { name: "File", type: "binary" },
      { name: "Extra", type: "json" },
    ],
    relations: [
      { name: "Account", kind: "one", object: "Account" },
      { name: "Lines", kind: "many", object: "Line" },
      { name: "Parts", kind: "many", object: "Line" },
      { name: "Owner", kind: "one", object: "User" },
    ],
  },
  roots: {
    target: { name: "Invoice", fields: [{ name: "Total", type: "number" }], relations: [] },
    run: { name: "Run", fields: [{ name: "StartedAt", type: "datetime", nullable: false }], relations: [] },
  },
  objects: {
    Account: { name: "Account", fields: [{ name: "Billing City", type: "text" }], relations: [] },
    Line: { name: "Line", fields: [{ name: "Quantity", type: "number" }], relations: [] },
  },
  valueMaps: ["Units"],
};

function codes(text: string, target?: FieldShape): string[] {
  return checkFormula(text, scope, target).issues.map((issue) => issue.code);
}

function repaired(text: string, code: string, target?: FieldShape): string | undefined {
  const fix = checkFormula(text, scope, target).issues.find((issue) => issue.code === code)?.fix;
  return fix && text.slice(0, fix.span.start) + fix.text + text.slice(fix.span.end);
}

function only(issues: readonly FormulaIssue[]): FormulaIssue | undefined {
  expect(issues).toHaveLength(1);
  return issues[0];
}

describe("names", () => {
  it("suggests the field that was probably meant", () => {
    const issue = only(checkFormula("BilingCity", scope).issues);
    expect(issue?.message).toBe('Unknown field "BilingCity". Did you mean BillingCity?');
    expect(repaired("BilingCity", "MAP-104")).toBe("BillingCity");
    expect(repaired("[Billing Town]", "MAP-104")).toBe("BillingCity");
    expect(repaired("Account.BillingCity", "MAP-104")).toBe("Account.[Billing City]");
    expect(repaired("ROUNT(Amount)", "FML-211")).toBe("ROUND(Amount)");
  });
  it("accepts other upper and lower case and offers the exact spelling", () => {
    const check = checkFormula("billingcity", scope);
    expect(check.ok).toBe(true);
    expect(check.fields).toEqual([["BillingCity"]]);
    expect(repaired("billingcity & account.[billing city]", "FML-223")).toBe(
      "BillingCity & account.[billing city]",
    );
  });
  it("prefers a field of the record to a root of the same name", () => {
    expect(checkFormula("target", scope).type.name).toBe("text");
    expect(codes("run.StartedAt")).toEqual([]);
    expect(checkFormula("run.StartedAt", scope)).toMatchObject({
      canBeBlank: true,
      fields: [["run", "StartedAt"]],
    });
  });
  it("knows no relation whose object is not described", () => {
    expect(codes("Owner.Name")).toEqual(["MAP-104"]);
  });
  it("does not judge the parts of a related record as a value", () => {
    expect(codes("Account")).toEqual(["FML-222"]);
  });
});

describe("formulas of other programs", () => {
  it("are one issue with one Fix that writes them as ours", () => {
    expect(codes('=IF(Amount>1,5;"a;b";"c")')).toEqual(["FML-225"]);
    expect(repaired('=IF(Amount>1,5;"a;b";"c")', "FML-225")).toBe('IF(Amount>1.5,"a;b","c")');
    expect(repaired("##'No. ' + \"BillingCity\"", "FML-225")).toBe('"No. " & BillingCity');
  });
  it("are not suspected in ours, right or wrong", () => {
    expect(codes("IF(Amount > 1.5, 1, 2")).toEqual(["FML-201"]);
    expect(codes("ROUND(Amount, 2)")).toEqual([]);
  });
});

describe("habits of Excel", () => {
  it.each([
    ["CONCATENATE(BillingCity, 1)", "CONCAT(BillingCity, 1)"],
    ['IIF(TRUE, "a", "b")', 'IF(TRUE, "a", "b")'],
    ["nz(Discount)", "ZEROIFBLANK(Discount)"],
    ["ISNULL(Discount)", "ISBLANK(Discount)"],
    ["TRUE()", "TRUE"],
    ["BLANKVALUE(Discount, NULL)", "BLANKVALUE(Discount, BLANK)"],
    ["TODAY", "TODAY()"],
    ["#N/A", "BLANK"],
    ["BillingCity & 'x' & 1", 'BillingCity & "x" & 1'],
    ["‘x’", '"x"'],
    ["“x”", '"x"'],
    ['BillingCity + "x"', 'BillingCity & "x"'],
    ['TEXT(Amount, "0,00")', 'TEXT(Amount, "0.00")'],
    ['TEXT(Amount, "#.##0,00")', 'TEXT(Amount, "#,##0.00")'],
    ["Amount * 1.234,50", "Amount * 1234.50"],
    ["IF(BillingCity='a';1,5;2)", 'IF(BillingCity="a",1.5,2)'],
  ])("%s has a Fix that makes it %s", (typed, wanted) => {
    const fix = checkFormula(typed, scope).issues.find((issue) => issue.fix)?.fix;
    expect(fix && typed.slice(0, fix.span.start) + fix.text + typed.slice(fix.span.end)).toBe(wanted);
  });
  it.each([
    ["=VLOOKUP(", "LOOKUP("],
    ["XLOOKUP(BillingCity, 1, 2)", "MAPVALUE("],
    ['SUMIFS(Lines.Quantity, 1, "x")', "SUMIF(values, condition)"],
    ["RAND()", "same result"],
    ["LET(x, 1, x)", "a mapping of its own"],
    ["$A$1", "is a cell of a sheet"],
    ["SUM(A1:B3)", "are cells of a sheet"],
    ["'My sheet'!B2", "is a cell of a sheet"],
    ["A1 > 2", "cells of a sheet are not known here"],
    ["LEFT", "LEFT(…)"],
  ])("%s is answered with %s before anything else", (typed, words) => {
    expect(checkFormula(typed, scope).issues[0]?.message).toContain(words);
  });
  it("are left alone where a field has such a name", () => {
    const fields = ["NULL", "TODAY", "A1"].map((name) => ({ name, type: "text" as const }));
    const own: Scope = { record: { name: "Order", fields, relations: [] } };
    expect(checkFormula("NULL & TODAY & A1", own).issues).toEqual([]);
  });
  it("keep a grouping comma and texts that may be numbers", () => {
    expect(codes('TEXT(Amount, "#,##0.00")')).toEqual([]);
    expect(repaired("BillingCity + 1", "FML-212")).toBe("VALUE(BillingCity) + 1");
  });
});

describe("types", () => {
  it("offers the function that converts", () => {
    expect(repaired("BillingCity * 2", "FML-212")).toBe("VALUE(BillingCity) * 2");
    expect(repaired("UPPER(Amount)", "FML-212")).toBe("UPPER(TEXT(Amount))");
    expect(repaired("Amount = BillingCity", "FML-213")).toBe("Amount = VALUE(BillingCity)");
    expect(repaired('IF(TRUE, "a", Amount)', "FML-213")).toBe('IF(TRUE, "a", TEXT(Amount))');
    expect(repaired("TODATE(run.StartedAt) = run.StartedAt", "FML-213")).toBe(
      "TODATE(run.StartedAt) = TODATE(run.StartedAt)",
    );
  });
  it("keeps files and unknown shapes out of calculations", () => {
    expect(codes("File & 1")).toEqual(["FML-212"]);
    expect(codes("Extra & 1")).toEqual(["FML-212"]);
    expect(codes("TEXT(Extra)")).toEqual([]);
  });
  it("wraps a list path in a list function", () => {
    expect(repaired("Lines.Quantity", "FML-215")).toBe("SUM(Lines.Quantity)");
    expect(repaired("Lines", "FML-215")).toBe("COUNT(Lines)");
  });
  it("refuses two lists in one aggregate and allows them in two", () => {
    expect(codes("SUM(Lines.Quantity * Parts.Quantity)")).toContain("FML-216");
    expect(codes("SUM(Lines.Quantity) + SUM(Parts.Quantity)")).toEqual([]);
  });
  it("warns about values a choice never has and offers the code for a label", () => {
    expect(codes('Status = "Done"')).toEqual(["FML-224"]);
    expect(repaired('Status = "Done"', "FML-224")).toBe('Status = "done"');
    expect(codes('Status = "done"')).toEqual([]);
  });
  it("hints at SAMETEXT, at blank operands, at blank comparisons and at powers", () => {
    expect(repaired('BillingCity = "Aarhus"', "FML-205")).toBe('SAMETEXT(BillingCity, "Aarhus")');
    expect(repaired("Amount - Discount", "FML-203")).toBe("Amount - ZEROIFBLANK(Discount)");
    expect(codes("Amount - Amount")).toEqual([]);
    expect(codes("Amount > BLANK")).toEqual(["FML-219"]);
    expect(codes("Amount ^ 2")).toEqual(["FML-220"]);
  });
  it("refuses lookups where the source must evaluate, and unknown value maps", () => {
    expect(codes('MAPVALUE("Unit", BillingCity)')).toEqual(["FML-221"]);
    const check = checkFormula('EXISTS("A", "b", 1)', { ...scope, allowLookups: false });
    expect(check.issues.map((issue) => issue.code)).toEqual(["FML-218"]);
  });
});

describe("target", () => {
  const city: FieldShape = { name: "City", type: "text", length: 5 };
  const total: FieldShape = { name: "Total", type: "number", precision: 6, scale: 2 };
  it("refuses another type and offers the conversion", () => {
    expect(repaired("BillingCity", "MAP-103", total)).toBe("VALUE(BillingCity)");
    expect(repaired("run.StartedAt", "MAP-103", city)).toBe("TEXT(run.StartedAt)");
    expect(repaired("run.StartedAt", "MAP-103", { name: "Day", type: "date" })).toBe("TODATE(run.StartedAt)");
    expect(codes("Amount", city)).toEqual([]);
    expect(codes("IF(Amount > 1, SKIPFIELD(), Amount)", total)).toEqual([]);
  });
  it("measures constants: length, decimals, digits, codes", () => {
    expect(repaired('"Copenhagen"', "MAP-102", city)).toBe('LEFT("Copenhagen", 5)');
    expect(repaired("1.005", "MAP-121", total)).toBe("ROUND(1.005, 2)");
    expect(codes("12345.5", total)).toEqual(["MAP-122"]);
    expect(
      codes('"Odd"', {
        name: "State",
        type: "choice",
        restricted: true,
        choices: [{ code: "new", label: "New" }],
      }),
    ).toEqual(["MAP-105"]);
    expect(codes("1 / 8", total)).toEqual(["MAP-121"]);
  });
  it("warns about codes that only the source has, and about blanks in required fields", () => {
    const state: FieldShape = {
      name: "State",
      type: "choice",
      restricted: true,
      choices: [{ code: "new", label: "New" }],
    };
    expect(checkFormula("Status", scope, state)).toMatchObject({
      ok: true,
      issues: [{ code: "MAP-105", severity: "warning" }],
    });
    expect(codes("Discount", { ...total, nullable: false })).toEqual(["MAP-123"]);
    expect(codes("ZEROIFBLANK(Discount)", { ...total, nullable: false })).toEqual([]);
  });
});

describe("facts", () => {
  it("tells type, blanks, constants, lookups and dependencies", () => {
    expect(checkFormula("ROUND(SUM(Lines.Quantity) * Amount, 2)", scope)).toMatchObject({
      ok: true,
      type: { name: "number" },
      canBeBlank: false,
      constant: false,
      usesLookup: false,
      fields: [["Lines", "Quantity"], ["Amount"]],
    });
    expect(checkFormula('"EUR"', scope)).toMatchObject({ constant: true, canBeBlank: false, fields: [] });
    expect(checkFormula("TODAY()", scope)).toMatchObject({ constant: false, type: { name: "date" } });
    expect(checkFormula("UNIQUE(Lines.Quantity)", scope).type).toEqual({
      name: "list",
      item: { name: "number" },
    });
    expect(checkFormula('LOOKUP("Item", "no", BillingCity, "id")', scope)).toMatchObject({
      usesLookup: true,
      canBeBlank: true,
      lookups: [{ kind: "lookup", object: "Item", keyField: "no", resultField: "id" }],
    });
    expect(checkFormula('IF(TRUE, FAIL("x"), 1)', scope)).toMatchObject({
      special: true,
      type: { name: "number" },
    });
  });
});

describe("catalogue", () => {
  it("gives every issue code a title and a hint", () => {
    for (const [code, entry] of Object.entries(formulaIssueCodes)) {
      expect([code, entry.title.length > 3]).toEqual([code, true]);
      expect([code, entry.hint.length > 3]).toEqual([code, true]);
    }
  });
  it("has every function of the specification but NEXTNUMBER, and SPLIT besides", () => {
    expect(functions).toHaveLength(132);
    for (const group of new Set(functions.map((entry) => entry.group))) {
      expect([group, functions.filter((entry) => entry.group === group).length > 3]).toEqual([group, true]);
    }
  });
  it("checks half-written text without failing", () => {
    const text = 'IF(Amount > 100, LOOKUP("Customer", "number", Name, "id"), ROUND(Discount * 2, ';
    for (let end = 0; end <= text.length; end += 1) {
      expect(
        checkFormula(text.slice(0, end), exampleScope).issues.every((issue) => (issue.span?.end ?? 0) <= end),
      ).toBe(true);
    }
  });
});
