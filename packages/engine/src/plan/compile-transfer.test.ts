import { describe, expect, test } from "vitest";
import {
  planWorkOrders,
  workOrderContext,
  workOrderSchemas,
  workOrderTransfer,
} from "../testing/work-orders.ts";
import { compileTransfer } from "./compile-transfer.ts";

describe("a compiled transfer", () => {
  test("reads exactly what its formulas name, and the keys it needs", () => {
    const { sourceShape, targetShape } = planWorkOrders();
    expect(sourceShape.fields).toEqual([
      "Id",
      "WorkOrderNumber",
      "SystemModstamp",
      "Status",
      "EndDate",
      "Total",
      "ERP_Id__c",
      "ERP_No__c",
      "ERP_Status__c",
      "ERP_Last_Sync__c",
      "ERP_Error__c",
    ]);
    expect(sourceShape.one["Account"]?.fields).toEqual(["Id", "ERP_No__c"]);
    expect(sourceShape.one["Asset"]?.fields).toEqual(["Id", "ERP_Invoice_No__c"]);
    expect(sourceShape.many["Lines"]?.fields).toEqual(["Id", "Product", "Unit", "Quantity", "UnitPrice"]);
    expect(targetShape.fields).toEqual([
      "id",
      "number",
      "externalDocumentNumber",
      "customerNumber",
      "invoiceDate",
      "amount",
    ]);
    expect(targetShape.many["salesInvoiceLines"]?.fields).toEqual([
      "id",
      "lineObjectNumber",
      "unitOfMeasureCode",
      "quantity",
      "unitPrice",
    ]);
  });

  test("asks the target to answer what write-backs need", () => {
    expect(planWorkOrders().answerFields).toEqual(["id", "number"]);
  });

  test("does not ask for the name of a record that it gives itself", () => {
    const target = { ...workOrderSchemas.target[0], nameField: "externalDocumentNumber" };
    const plan = planWorkOrders({ writeBacks: [] }, { ...workOrderContext, target });
    expect(plan.answerFields).toEqual(["id"]);
    expect(plan.targetShape.fields).toContain("externalDocumentNumber");
  });

  test("reads the parent's fields that lines name as header", () => {
    const lines = [
      {
        source: "Lines",
        target: "salesInvoiceLines",
        mappings: { lineObjectNumber: { value: "header.Account.Name & Product" } },
      },
    ];
    const { sourceShape } = planWorkOrders({ lines });
    expect(sourceShape.one["Account"]?.fields).toContain("Name");
    expect(sourceShape.many["Lines"]?.fields).toEqual(["Id", "Product"]);
  });

  test("pushes the filter to the source, with the instant of the run in it", () => {
    const filter = 'Status = "Completed" AND EndDate < NOW()';
    const context = { ...workOrderContext, sourceDialect: { name: "soql" } as const };
    const plan = planWorkOrders({ filter }, context);
    expect(plan.sourceFilterAt("2026-11-20T08:00:00Z")).toBe(
      "Status = 'Completed' AND EndDate < 2026-11-20T08:00:00Z",
    );
    expect(plan.conditions).toHaveLength(2);
  });

  test("a field the target takes on creation alone is never sent in an update", () => {
    const target = workOrderContext.target;
    const fields = target?.fields.map((field) =>
      field.name === "note" ? { ...field, updatable: false } : field,
    );
    const context = { ...workOrderContext, target: target && { ...target, fields: fields ?? [] } };
    const plan = planWorkOrders(
      { mappings: { note: { value: "Status" }, customerNumber: { value: '"C"' } } },
      context,
    );
    expect(plan.mappings.map((mapping) => [mapping.field.name, mapping.onlyOnCreate])).toEqual([
      ["note", true],
      ["customerNumber", false],
    ]);
  });

  test("errors come back as issues; warnings come with the plan", () => {
    const broken = { ...workOrderTransfer, filter: "Nope = 1" };
    expect(compileTransfer(broken, workOrderContext)).toMatchObject({
      ok: false,
      issues: [{ path: "filter" }],
    });
    const warned = { ...workOrderTransfer, filter: "ISBLANK(ERP_No__c)" };
    expect(compileTransfer(warned, workOrderContext)).toMatchObject({
      ok: true,
      warnings: [{ code: "WRB-301" }],
    });
  });
});
