import type { Issue, TransferDefinition } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import type { TransferContext } from "../plan/transfer-plan.ts";
import { workOrderContext, workOrderTransfer } from "../testing/work-orders.ts";
import { checkTransfer } from "./check-transfer.ts";

const check = (
  change: Partial<TransferDefinition> = {},
  context: Partial<TransferContext> = {},
): readonly (readonly [string, string, Issue["severity"]])[] =>
  checkTransfer({ ...workOrderTransfer, ...change }, { ...workOrderContext, ...context }).map((issue) => [
    issue.code,
    issue.path,
    issue.severity,
  ]);

const mapped = (name: string, value: string) => ({
  mappings: { ...workOrderTransfer.mappings, [name]: { value } },
});

describe("the check of a transfer", () => {
  test("finds nothing wrong with a sound one", () => {
    expect(check()).toEqual([]);
  });

  test("asks for both ends before anything else", () => {
    const blank = { connection: "", object: "" };
    const issues = check({ source: blank, target: blank, match: undefined }, { source: null, target: null });
    expect(issues).toEqual([
      ["SRC-001", "source", "error"],
      ["TGT-001", "target", "error"],
      ["KEY-001", "match", "error"],
    ]);
  });

  test("says which object a system does not have", () => {
    expect(check({}, { source: null })).toContainEqual(["SRC-002", "source", "error"]);
    expect(check({}, { target: null })).toContainEqual(["TGT-002", "target", "error"]);
  });

  test.each<[string, Partial<TransferDefinition>, [string, string, string]]>([
    ["an unknown source field", mapped("note", "Statuss"), ["MAP-104", "mappings.note", "error"]],
    ["an unknown target field", mapped("nope", "Status"), ["MAP-109", "mappings.nope", "error"]],
    ["a read-only target field", mapped("number", "Status"), ["MAP-106", "mappings.number", "warning"]],
    ["a wrong type", mapped("amount", "Status"), ["MAP-103", "mappings.amount", "error"]],
    ["a syntax error", mapped("note", "ROUND(1"), ["FML-201", "mappings.note", "error"]],
    [
      "an unknown value map",
      mapped("note", 'MAPVALUE("Nope", Status)'),
      ["FML-221", "mappings.note", "error"],
    ],
    [
      "a lookup of nothing",
      mapped("note", 'LOOKUP("nope", "a", Status, "b")'),
      ["TGT-002", "mappings.note", "error"],
    ],
    [
      "a default that is not given",
      { mappings: { ...workOrderTransfer.mappings, note: { value: "Status", whenBlank: "default" } } },
      ["MAP-110", "mappings.note.default", "error"],
    ],
    [
      "a required field without mapping",
      { mappings: { note: { value: "Status" } } },
      ["MAP-101", "mappings.customerNumber", "error"],
    ],
    ["a filter that is no condition", { filter: "Status" }, ["MAP-103", "filter", "error"]],
    [
      "a filter that looks something up",
      { filter: 'EXISTS("customers", "number", Status)' },
      ["FML-218", "filter", "error"],
    ],
    [
      "an unknown match field",
      { match: { by: "keys", keys: { nope: "Status" }, found: "update", missing: "create" } },
      ["MAP-109", "match.keys.nope", "error"],
    ],
    [
      "a match key that does not compile",
      { match: { by: "keys", keys: { note: "Nope" }, found: "update", missing: "create" } },
      ["MAP-104", "match.keys.note", "error"],
    ],
    [
      "lines that the source does not have",
      { lines: [{ source: "Nope", target: "salesInvoiceLines", mappings: {} }] },
      ["LIN-401", "lines.salesInvoiceLines", "error"],
    ],
    [
      "a wrong line formula",
      {
        lines: [
          { source: "Lines", target: "salesInvoiceLines", mappings: { quantity: { value: "Status" } } },
        ],
      },
      ["MAP-104", "lines.salesInvoiceLines.mappings.quantity", "error"],
    ],
    [
      "a write-back to nowhere",
      { writeBacks: [{ on: ["created"], to: "Nope", values: {} }] },
      ["WRB-302", "writeBacks.0.to", "error"],
    ],
    [
      "a write-back of a read-only field",
      { writeBacks: [{ on: ["created"], values: { SystemModstamp: "NOW()" } }] },
      ["WRB-302", "writeBacks.0.values.SystemModstamp", "error"],
    ],
    [
      "a write-back of something the answer does not have",
      { writeBacks: [{ on: ["created"], values: { ERP_No__c: "target.nope" } }] },
      ["MAP-104", "writeBacks.0.values.ERP_No__c", "error"],
    ],
    [
      "a write-back into the filter",
      { filter: "ISBLANK(ERP_No__c)" },
      ["WRB-301", "writeBacks.0.values.ERP_No__c", "hint"],
    ],
    [
      "a write-back into what is mapped",
      mapped("note", "ERP_Status__c"),
      ["WRB-301", "writeBacks.0.values.ERP_Status__c", "warning"],
    ],
    [
      "a flag for removed records that says nothing",
      { removals: { mode: "flag" } },
      ["REM-801", "removals.values", "error"],
    ],
    [
      "a flag for removed records in a field that cannot be changed",
      { removals: { mode: "flag", values: { number: '"gone"' } } },
      ["REM-802", "removals.values.number", "error"],
    ],
    [
      "a scope of removals that is no condition",
      { removals: { mode: "delete", scope: "WorkOrderNumber" } },
      ["MAP-103", "removals.scope", "error"],
    ],
    [
      "a change field that is not there",
      { changes: { by: "watermark", field: "Nope" } },
      ["SRC-002", "changes", "error"],
    ],
  ])("places %s", (_, change, issue) => {
    expect(check(change)).toContainEqual(issue);
  });

  test("says where the source has no change feed", () => {
    const source = workOrderContext.source && { ...workOrderContext.source, feed: false };
    expect(check({ changes: { by: "feed" } }, { source })).toContainEqual(["SRC-011", "changes", "error"]);
  });

  test("does not ask for required fields where nothing is created", () => {
    const match = { ...workOrderTransfer.match, missing: "skip" } as TransferDefinition["match"];
    expect(check({ match, mappings: { note: { value: "Status" } } })).toEqual([]);
  });

  test("names the conditions that the source cannot evaluate", () => {
    const filter = 'Status = "Completed" AND LEFT(WorkOrderNumber, 1) = "0"';
    expect(check({ filter }, { sourceDialect: { name: "soql" } })).toContainEqual([
      "SRC-010",
      "filter",
      "warning",
    ]);
  });

  test("every issue has a hint and belongs to the mapping class", () => {
    const broken = { ...mapped("amount", "Statuss"), filter: "Status" };
    for (const issue of checkTransfer({ ...workOrderTransfer, ...broken }, workOrderContext))
      expect(issue).toMatchObject({ class: "mapping", hint: expect.stringMatching(/\w/) });
  });
});
