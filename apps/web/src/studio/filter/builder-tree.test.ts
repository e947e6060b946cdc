/** Rows that are edited become the formula they show, and nothing that is only half there gets into it. */
import { toFilterRows } from "@fieldbridge/formula";
import { describe, expect, test } from "vitest";
import { addItem, changeItem, emptyCondition, nextKey, toFormula, toTree } from "./builder-tree.ts";
import { emptyValue, operatorsOf, withField, withOperator } from "./filter-operators.ts";

const read = (formula: string) => {
  const group = toFilterRows(formula);
  if (group === null) throw new Error(`${formula} has no rows`);
  return toTree(group);
};

describe("the rows of a filter", () => {
  test.each([
    'Status = "Completed" AND ISBLANK(ERP_No__c)',
    'IN(Type, "A", "B") OR (Amount > 10 AND NOT(Closed))',
    'EndDate >= DATEADD(NOW(), -7, "day")',
    "StartDate < TODAY() - 30",
  ])("%s comes back as it was", (formula) => {
    expect(toFormula(read(formula))).toBe(formula);
  });

  test("a new row is not in the formula until it has a field and a value", () => {
    const tree = read('Status = "Open"');
    const key = nextKey(tree);
    const added = addItem(tree, tree.key, emptyCondition(key));
    expect(toFormula(added)).toBe('Status = "Open"');
    const withName = changeItem(added, key, (item) =>
      item.kind === "condition" ? withField(item, ["City"], null, "text") : item,
    );
    expect(toFormula(withName)).toBe('Status = "Open"');
    const complete = changeItem(withName, key, (item) =>
      item.kind === "condition" ? { ...item, values: [{ type: "text", value: "Hamburg" }] } : item,
    );
    expect(toFormula(complete)).toBe('Status = "Open" AND City = "Hamburg"');
  });

  test.each(["abc", "1,5", "", "1e3"])("the number %s is not taken", (value) => {
    const tree = addItem(read("TRUE"), 0, {
      ...emptyCondition(1),
      field: ["Amount"],
      values: [{ type: "number", value }],
    });
    expect(toFormula(tree)).toBe("");
  });

  test("a row inside a group is changed and removed in its place; an empty group is left out", () => {
    const tree = read('Status = "Open" AND (City = "A" OR City = "B")');
    const group = tree.items[1];
    if (group?.kind !== "group") throw new Error("expected a group");
    const [first, second] = group.items;
    const without = changeItem(tree, first?.key ?? -1, () => null);
    expect(toFormula(without)).toBe('Status = "Open" AND (City = "B")');
    expect(toFormula(changeItem(without, second?.key ?? -1, () => null))).toBe('Status = "Open"');
  });
});

describe("operators and values", () => {
  test("another field of the same type keeps operator and value", () => {
    const condition = { ...emptyCondition(1), field: ["A"], values: [{ type: "text" as const, value: "x" }] };
    expect(withField(condition, ["B"], "text", "text")).toEqual({ ...condition, field: ["B"] });
  });

  test("a field of another type starts with an operator and an empty value that suit it", () => {
    const condition = { ...emptyCondition(1), field: ["A"], values: [{ type: "text" as const, value: "x" }] };
    expect(withField(condition, ["Closed"], "text", "boolean")).toMatchObject({
      operator: "isTrue",
      values: [],
    });
    expect(withField(condition, ["EndDate"], "text", "datetime")).toMatchObject({
      operator: "less",
      values: [emptyValue("datetime")],
    });
  });

  test("a blank test takes no value, and a comparison after it starts empty", () => {
    const condition = {
      ...emptyCondition(1),
      field: ["A"],
      values: [{ type: "number" as const, value: "5" }],
    };
    const blank = withOperator(condition, "isBlank", "number");
    expect(blank.values).toEqual([]);
    expect(withOperator(blank, "greater", "number").values).toEqual([{ type: "number", value: "" }]);
  });

  test("the operator in use is offered even where the type would not offer it", () => {
    expect(operatorsOf("boolean", "equals")).toContain("equals");
  });
});
