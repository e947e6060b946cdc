import { describe, expect, test } from "vitest";
import { compileTransfer } from "../plan/compile-transfer.ts";
import { openWorld } from "../testing/work-order-world.ts";
import { planWorkOrders, workOrderContext, workOrderTransfer } from "../testing/work-orders.ts";

const parameters = {
  Status: { type: "text" as const },
  Prefix: { type: "text" as const, default: "X-" },
  Least: { type: "number" as const, default: "0" },
  From: { type: "date" as const, default: "" },
};
const given = { Status: "Done", Prefix: "N-", Least: "100.50", From: "2026-11-18" };
const filter = "Status = param.Status AND Total >= param.Least AND TODATE(EndDate) >= param.From";

describe("the parameters of a run", () => {
  test("are read by filter, mappings, match keys, lines and write-backs alike", async () => {
    const world = openWorld(
      [
        { number: "00001", status: "Done" },
        { number: "00002", status: "Done", total: "100.49" },
        { number: "00003" },
      ],
      {
        transfer: {
          parameters,
          filter,
          match: {
            by: "keys",
            keys: { externalDocumentNumber: "param.Prefix & WorkOrderNumber" },
            found: "update",
            missing: "create",
          },
          mappings: {
            externalDocumentNumber: { value: "param.Prefix & WorkOrderNumber" },
            customerNumber: { value: "Account.ERP_No__c" },
            amount: { value: "Total + param.Least" },
          },
          lines: [
            {
              source: "Lines",
              target: "salesInvoiceLines",
              filter: "Quantity * UnitPrice >= param.Least",
              mappings: { lineObjectNumber: { value: "param.Prefix & Product" } },
            },
          ],
          writeBacks: [{ on: ["created"], values: { ERP_No__c: "param.Prefix & target.number" } }],
        },
      },
    );
    const summary = await world.run({ parameters: given });
    expect(summary).toMatchObject({ state: "finished", counts: { created: 1, filtered: 2 } });
    expect(world.invoices()).toMatchObject([{ externalDocumentNumber: "N-00001", amount: "240.7" }]);
    expect(world.invoiceLines()).toMatchObject([{ lineObjectNumber: "N-P-2" }]);
    expect(world.workOrder("00001")).toMatchObject({ ERP_No__c: "N-INV-1" });
  });

  test("go to the source inside the filter, as values of their type", () => {
    const context = { ...workOrderContext, sourceDialect: { name: "soql" } as const };
    const plan = planWorkOrders({ parameters, filter }, context);
    expect(plan.sourceFilterAt("2026-11-20T08:00:00Z", given)).toBe(
      "Status = 'Done' AND Total >= 100.5 AND EndDate >= 2026-11-18T00:00:00Z",
    );
    const compiled = compileTransfer({ ...workOrderTransfer, parameters, filter }, context);
    expect(compiled).toMatchObject({ ok: true, warnings: [] });
  });

  test("that are not defined are unknown, and a default has to fit its type", () => {
    const wrong = compileTransfer(
      {
        ...workOrderTransfer,
        parameters: { Least: { type: "number", default: "1,5" } },
        filter: "Total > param.Most",
      },
      workOrderContext,
    );
    expect(wrong).toMatchObject({
      ok: false,
      issues: [
        { code: "PAR-802", path: "parameters.Least.default" },
        { code: "MAP-104", path: "filter" },
      ],
    });
  });
});
