// The two kinds of sales document and what differs between them.
import type { Entity } from "../entities/entity.ts";
import {
  salesInvoiceLines,
  salesInvoices,
  salesOrderLines,
  salesOrders,
} from "../entities/sales-documents.ts";

export interface DocumentKind {
  readonly header: Entity;
  readonly lines: Entity;
  /** Number series of drafts. */
  readonly series: readonly [prefix: string, first: number];
  /** The field with the date the document is made out on. */
  readonly dateField: string;
}

export const invoiceKind: DocumentKind = {
  header: salesInvoices,
  lines: salesInvoiceLines,
  series: ["SI-", 100001],
  dateField: "invoiceDate",
};

export const orderKind: DocumentKind = {
  header: salesOrders,
  lines: salesOrderLines,
  series: ["SO-", 100001],
  dateField: "orderDate",
};

/** The kind to which a set of headers or lines belongs. */
export function documentKindOf(entity: Entity): DocumentKind | undefined {
  return [invoiceKind, orderKind].find((kind) => kind.header === entity || kind.lines === entity);
}
