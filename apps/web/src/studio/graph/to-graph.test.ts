import { describe, expect, it } from "vitest";
import { toIssue, type TransferDefinition } from "@fieldbridge/model";
import { sourceSchemas, targetSchemas, transfer } from "../testing/schemas.ts";
import type { LineScope } from "./rows.ts";
import { toGraph, type GraphInput } from "./to-graph.ts";

const graphOf = (definition: TransferDefinition, scope: LineScope = null, more: Partial<GraphInput> = {}) =>
  toGraph({ definition, scope, sourceSchemas, targetSchemas, expanded: new Set(), issues: [], ...more });

describe("the graph of a transfer", () => {
  it("draws one line per field a formula reads, all meeting at one chip", () => {
    const definition = transfer({ mappings: { city: { value: 'WorkOrderNumber & " " & TEXT(Total)' } } });
    const edges = graphOf(definition).edges;
    expect(edges.map((each) => [each.source, each.target, each.kind, each.chip, each.first])).toEqual([
      ["WorkOrderNumber", "city", "formula", "&", true],
      ["Total", "city", "formula", "&", false],
    ]);
  });

  it("starts a line at the closed relation that hides its field, and at the field once it is open", () => {
    const definition = transfer({ mappings: { city: { value: "TRIM(Account.BillingCity)" } } });
    expect(graphOf(definition).edges[0]?.source).toBe("Account/");
    const opened = graphOf(definition, null, { expanded: new Set(["Account/"]) });
    expect(opened.edges[0]?.source).toBe("Account.BillingCity");
    expect(opened.edges[0]?.chip).toBe("TRIM");
  });

  it("shows constants as a badge and without a line", () => {
    const graph = graphOf(transfer({ mappings: { city: { value: '"Hamburg"' } } }));
    expect(graph.edges).toEqual([]);
    expect(graph.target.find((row) => row.id === "city")?.mappingKind).toBe("constant");
  });

  it("tells direct, formula, value map and lookup apart", () => {
    const kindOf = (value: string) =>
      graphOf(transfer({ mappings: { city: { value } } })).target.find((row) => row.id === "city")
        ?.mappingKind;
    expect(kindOf("WorkOrderNumber")).toBe("direct");
    expect(kindOf("UPPER(WorkOrderNumber)")).toBe("formula");
    expect(kindOf('MAPVALUE("Units", WorkOrderNumber)')).toBe("map");
    expect(kindOf('LOOKUP("customer", "number", WorkOrderNumber, "city")')).toBe("lookup");
  });

  it("counts how often a field and the relation above it are read", () => {
    const rows = graphOf(
      transfer({
        mappings: {
          city: { value: "Account.Name & Account.BillingCity" },
          customerName: { value: "Account.Name" },
        },
      }),
      null,
      { expanded: new Set(["Account/"]) },
    ).source;
    const used = (id: string) => rows.find((row) => row.id === id)?.used;
    expect([used("Account/"), used("Account.Name"), used("Account.BillingCity"), used("Total")]).toEqual([
      2, 2, 1, 0,
    ]);
  });

  it("numbers the rows of every level for a screen reader", () => {
    const rows = graphOf(transfer(), null, { expanded: new Set(["Account/"]) }).source;
    const inside = rows.filter((row) => row.level === 2);
    expect(inside.map((row) => [row.position, row.setSize])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    const top = rows.filter((row) => row.level === 1);
    expect(top.map((row) => row.position)).toEqual(top.map((_, index) => index + 1));
    expect(top.every((row) => row.setSize === top.length)).toBe(true);
  });

  it("places issues on the row of their field", () => {
    const issues = [toIssue("MAP-101", "mappings.customerName", "Required")];
    const rows = graphOf(transfer(), null, { issues }).target;
    expect(rows.find((row) => row.id === "customerName")?.issues).toEqual(issues);
    expect(rows.find((row) => row.id === "city")?.issues).toEqual([]);
  });

  it("draws mapped lines as one bundle with the number of mappings", () => {
    const definition = transfer({
      lines: [
        {
          source: "Lines",
          target: "lines",
          mappings: { quantity: { value: "Quantity" }, unitPrice: { value: "1" } },
        },
      ],
    });
    expect(graphOf(definition).edges).toMatchObject([
      { source: "Lines/", target: "lines/", kind: "bundle", count: 2 },
    ]);
  });

  it("shows the fields of both lists in a line scope, with the header as one more branch", () => {
    const definition = transfer({
      lines: [
        {
          source: "Lines",
          target: "lines",
          mappings: { quantity: { value: "Quantity" }, unitPrice: { value: "header.Total" } },
        },
      ],
    });
    const graph = graphOf(definition, "lines", { expanded: new Set(["header/"]) });
    expect(graph.target.map((row) => row.id)).toEqual(["quantity", "unitPrice"]);
    expect(graph.source.map((row) => row.id)).toContain("header.Total");
    expect(graph.edges.map((each) => [each.source, each.target])).toEqual([
      ["Quantity", "quantity"],
      ["header.Total", "unitPrice"],
    ]);
  });

  it("keeps a mapping of an unknown field visible so that it can be repaired", () => {
    const rows = graphOf(transfer({ mappings: { gone: { value: "Total" } } })).target;
    expect(rows.find((row) => row.id === "gone")?.mapping).toEqual({ value: "Total" });
  });
});
