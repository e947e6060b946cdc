import { applyTransferEdit, type TransferDefinition } from "@fieldbridge/model";
import { describe, expect, it } from "vitest";
import { sourceSchemas, targetSchemas, transfer } from "../testing/schemas.ts";
import type { LineScope } from "./rows.ts";
import { combineFormulas, connect, removeMapping, writeFormula, type GestureContext } from "./to-edit.ts";
import { toGraph } from "./to-graph.ts";

const screen = (
  definition: TransferDefinition,
  scope: LineScope = null,
  check: GestureContext["check"] = () => [],
) => {
  const graph = toGraph({
    definition,
    scope,
    sourceSchemas,
    targetSchemas,
    expanded: new Set(["Account/"]),
    issues: [],
  });
  const source = (id: string) => {
    const row = graph.source.find((each) => each.id === id);
    if (!row) throw new Error(`no source row ${id}`);
    return row;
  };
  const target = (id: string) => {
    const row = graph.target.find((each) => each.id === id);
    if (!row) throw new Error(`no target row ${id}`);
    return row;
  };
  return { source, target, context: { definition, scope, check } };
};

describe("connecting two fields", () => {
  it("maps a free target field with one named step", () => {
    const { source, target, context } = screen(transfer());
    const result = connect(source("Account.BillingCity"), target("city"), context);
    expect(result).toEqual({
      kind: "edit",
      target: "city",
      change: {
        name: "Map Billing city to City",
        edits: [{ type: "set-mappings", mappings: { city: { value: "Account.BillingCity" } } }],
      },
    });
  });

  it("asks before it touches an occupied target: replace, combine or nothing", () => {
    const { source, target, context } = screen(
      transfer({ mappings: { city: { value: "WorkOrderNumber", note: "n" } } }),
    );
    const result = connect(source("Account.BillingCity"), target("city"), context);
    expect(result.kind).toBe("choose");
    if (result.kind !== "choose") return;
    expect(result.choices.map((each) => [each.id, each.formula])).toEqual([
      ["replace", "Account.BillingCity"],
      ["combine", 'WorkOrderNumber & " " & Account.BillingCity'],
    ]);
    expect(result.choices[0]?.change.edits).toEqual([
      { type: "set-mappings", mappings: { city: { value: "Account.BillingCity", note: "n" } } },
    ]);
  });

  it("offers the checker's conversion for a type that does not fit, and converts nothing silently", () => {
    const { source, target, context } = screen(transfer(), null, () => [
      {
        code: "MAP-103",
        severity: "error",
        message: "Text cannot be written to number field Amount",
        hint: "",
        fix: { label: "VALUE()", span: { start: 0, end: 15 }, text: "VALUE(WorkOrderNumber)" },
      },
    ]);
    const result = connect(source("WorkOrderNumber"), target("amount"), context);
    expect(result.kind === "choose" && result.choices.map((each) => [each.id, each.formula])).toEqual([
      ["convert", "VALUE(WorkOrderNumber)"],
      ["as-is", "WorkOrderNumber"],
    ]);
  });

  it("offers to combine only where the joined text fits the target", () => {
    const check: GestureContext["check"] = (formula) =>
      formula.includes("&")
        ? [{ code: "MAP-103", severity: "error", message: "Text cannot be written to Amount", hint: "" }]
        : [];
    const { source, target, context } = screen(
      transfer({ mappings: { amount: { value: "1" } } }),
      null,
      check,
    );
    const result = connect(source("Total"), target("amount"), context);
    expect(result.kind === "choose" && result.choices.map((each) => each.id)).toEqual(["replace"]);
  });

  it("refuses read-only targets, related records and lists with a reason that teaches", () => {
    const { source, target, context } = screen(transfer());
    expect(connect(source("WorkOrderNumber"), target("number"), context)).toEqual({
      kind: "refuse",
      reason: "No. is read-only in the target.",
    });
    expect(connect(source("Account/"), target("city"), context)).toMatchObject({ kind: "refuse" });
    expect(connect(source("Lines/"), target("city"), context)).toMatchObject({ kind: "refuse" });
    expect(connect(source("Total"), target("lines/"), context)).toMatchObject({ kind: "refuse" });
  });

  it("sends a field that never changes only when a record is created", () => {
    const { source, target, context } = screen(transfer());
    const result = connect(source("WorkOrderNumber"), target("externalDocumentNumber"), context);
    expect(result.kind === "edit" && result.change.edits).toEqual([
      {
        type: "set-mappings",
        mappings: { externalDocumentNumber: { value: "WorkOrderNumber", onlyOn: "create" } },
      },
    ]);
  });

  it("opens line mapping when a list is dropped on a list", () => {
    const definition = transfer();
    const { source, target, context } = screen(definition);
    const result = connect(source("Lines/"), target("lines/"), context);
    expect(result.kind).toBe("open-lines");
    if (result.kind !== "open-lines" || !result.change) return;
    const after = result.change.edits.reduce(applyTransferEdit, definition);
    expect(after.lines).toEqual([{ source: "Lines", target: "lines", mappings: {} }]);
  });

  it("writes into the lines when the scope is theirs", () => {
    const definition = transfer({ lines: [{ source: "Lines", target: "lines", mappings: {} }] });
    const { source, target, context } = screen(definition, "lines");
    const result = connect(source("Quantity"), target("quantity"), context);
    expect(result.kind === "edit" && result.change.edits).toEqual([
      { type: "set-mappings", lines: "lines", mappings: { quantity: { value: "Quantity" } } },
    ]);
  });
});

describe("other gestures on a target field", () => {
  it("removes a mapping, and says so where there is none", () => {
    const { target, context } = screen(transfer({ mappings: { city: { value: "Total" } } }));
    expect(removeMapping(target("city"), context)).toMatchObject({
      kind: "edit",
      change: { edits: [{ type: "set-mappings", mappings: { city: null } }] },
    });
    expect(removeMapping(target("amount"), context)).toMatchObject({ kind: "refuse" });
  });

  it("drops a leading = of a typed formula and keeps the other rules of the mapping", () => {
    const { target, context } = screen(
      transfer({ mappings: { city: { value: "Total", whenBlank: "clear" } } }),
    );
    expect(writeFormula(target("city"), "= TRIM(Account.Name) ", context)).toMatchObject({
      change: { edits: [{ mappings: { city: { value: "TRIM(Account.Name)", whenBlank: "clear" } } }] },
    });
  });

  it("takes the mapping away when the formula is emptied", () => {
    const { target, context } = screen(transfer({ mappings: { city: { value: "Total" } } }));
    expect(writeFormula(target("city"), "  ", context)).toMatchObject({
      change: { edits: [{ mappings: { city: null } }] },
    });
  });

  it("keeps the meaning of both sides when two formulas are combined", () => {
    expect(combineFormulas("a = b", '"x = y"')).toBe('(a = b) & " " & "x = y"');
  });
});

describe("a text dropped on lines", () => {
  const linesRow = (graph: ReturnType<typeof screen>) => graph.target("lines/");

  it("asks what parts it, makes a line of each, and the lines then see their value and its position", () => {
    const graph = screen(transfer({ lines: [] }));
    const result = connect(graph.source("WorkOrderNumber"), linesRow(graph), graph.context);
    if (result.kind !== "choose") throw new Error(`a ${result.kind} instead of a question`);
    expect(result.choices.map((each) => each.formula)).toEqual([
      'SPLIT(WorkOrderNumber, ";")',
      'SPLIT(WorkOrderNumber, ",")',
    ]);
    const edits = result.choices[0]?.change.edits ?? [];
    const after = edits.reduce(applyTransferEdit, transfer({ lines: [] }));
    expect(after.lines).toEqual([{ rows: 'SPLIT(WorkOrderNumber, ";")', target: "lines", mappings: {} }]);
    const inLines = screen(after, "lines");
    expect(inLines.source("item").label).toBe("Value");
    expect(inLines.source("position").label).toBe("Position");
    const header = screen(after);
    expect(linesRow(header).reads).toEqual(["WorkOrderNumber"]);
  });

  it("refuses what has no parts, and says what can be dropped", () => {
    const graph = screen(transfer({ lines: [] }));
    const result = connect(graph.source("Total"), linesRow(graph), graph.context);
    expect(result).toMatchObject({
      kind: "refuse",
      reason: expect.stringContaining("Drop a list") as string,
    });
  });
});
