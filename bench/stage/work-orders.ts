/**
 * The main scenario: the sandboxes' own data and the template every newcomer meets. What must be true at its end is
 * read from the two servers, not from the product.
 */
import type { TransferDefinition } from "@fieldbridge/model";
import { templates } from "@fieldbridge/templates";
import type { Sandbox } from "./sandboxes.ts";

const template = templates.find((each) => each.id === "work-order-to-invoice");

export const workOrderValueMaps = template?.valueMaps ?? [];

export function workOrderTransfer(id: string): TransferDefinition {
  const definition = template?.transfers[0];
  if (definition === undefined) throw new Error("The template has no transfer.");
  return { ...definition, id };
}

const textIn = (row: Readonly<Record<string, unknown>> | undefined, name: string): string => {
  const value = row?.[name];
  return value === undefined || value === null ? "" : String(value as string);
};

const toCents = (text: string): number => Math.round(Number(text === "" ? "0" : text) * 100);

export interface InvoiceEnd {
  readonly due: number;
  readonly invoices: number;
  readonly duplicated: number;
  /** Due and not there. */
  readonly lost: number;
  /** Totals that differ, or work orders that carry another number than their invoice has. */
  readonly wrong: number;
}

/** `held` names the work orders that wait for a person. */
export function describeInvoices(service: Sandbox, erp: Sandbox, held: ReadonlySet<string>): InvoiceEnd {
  const orders = [...service.store.table("WorkOrder").values()].filter(
    (row) => textIn(row, "Status") === "Completed" && !held.has(textIn(row, "WorkOrderNumber")),
  );
  const invoices = [...erp.store.table("salesInvoices").values()];
  const byNumber = new Map<string, (typeof invoices)[number][]>();
  for (const invoice of invoices) {
    const number = textIn(invoice, "externalDocumentNumber");
    byNumber.set(number, [...(byNumber.get(number) ?? []), invoice]);
  }
  const found = orders.map((order) => ({ order, own: byNumber.get(textIn(order, "WorkOrderNumber")) ?? [] }));
  return {
    due: orders.length,
    invoices: invoices.length,
    duplicated: [...byNumber.values()].filter((own) => own.length > 1).length,
    lost: found.filter(({ own }) => own.length === 0).length,
    wrong: found.filter(
      ({ order, own: [invoice] }) =>
        invoice !== undefined &&
        (textIn(order, "ERP_No__c") !== textIn(invoice, "number") ||
          toCents(textIn(order, "GrandTotal")) !== toCents(textIn(invoice, "totalAmountIncludingTax"))),
    ).length,
  };
}
