import { applyTransferEdit, type TransferDefinition } from "@fieldbridge/model";
import { expect, test } from "vitest";
import { countUses, renameParameter } from "./rename-parameter.ts";

const definition: TransferDefinition = {
  kind: "transfer",
  version: 1,
  id: "tr_a",
  name: "A",
  source: { connection: "crm", object: "Account" },
  target: { connection: "erp", object: "customers", company: "param.Company" },
  changes: { by: "all" },
  parameters: { Company: { type: "text" }, Rate: { type: "number" } },
  filter: 'Kind = param.Company // "param.Company"',
  mappings: { a: { value: "param.Rate" }, b: { value: 'UPPER(param.Company) & "param.Company"' } },
  totals: [{ label: "T", source: "param.Rate", target: "target.amount" }],
};

test("a parameter gets its new name in every formula that reads it, and in no text", () => {
  const renamed = renameParameter(definition, "Company", "Firm").reduce(applyTransferEdit, definition);
  expect(renamed.parameters).toEqual({ Firm: { type: "text" }, Rate: { type: "number" } });
  expect(renamed.target.company).toBe("param.Firm");
  expect(renamed.filter).toBe('Kind = param.Firm // "param.Company"');
  expect(renamed.mappings["b"]?.value).toBe('UPPER(param.Firm) & "param.Company"');
  expect(renamed.totals).toEqual(definition.totals);
});

test("the formulas that read a parameter are counted", () => {
  expect([countUses(definition, "Company"), countUses(definition, "Rate")]).toEqual([3, 2]);
});
