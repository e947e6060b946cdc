// The page of this server: the documents a person wants to see appear first, then whom and what they refer to.
import type { PageObject, PageRecord, PageSection, PageSite } from "../../core/page/page-model.ts";
import { formatAmount, formatInstant } from "../../core/page/format.ts";
import type { Row, StoreIndex, Table } from "../../core/store.ts";
import { tableOf } from "../data/company-tables.ts";
import type { Database } from "../data/database.ts";
import { invoiceKind, orderKind } from "../documents/document-kind.ts";
import type { DocumentKind } from "../documents/document-kind.ts";
import { companySets } from "../entities/catalog.ts";
import type { Entity } from "../entities/entity.ts";
import { customers, items } from "../entities/master-data.ts";
import { CLIENT_ID, CLIENT_SECRET, ENVIRONMENT, LOCAL_CURRENCY, TENANT } from "../identity.ts";
import type { Company } from "../identity.ts";
import { RESOURCE } from "../sign-in.ts";
import {
  amount,
  amountAt,
  blockedCell,
  changed,
  figure,
  linkTo,
  optionText,
  plain,
  statusCell,
  textAt,
} from "./cells.ts";

/** The tables of one company. */
interface CompanyRecords {
  table(set: string): Table;
  index(set: string, field: string): StoreIndex | undefined;
}

function recordsOf(database: Database, { id }: Company): CompanyRecords {
  return {
    table: (set) => database.store.table(tableOf(id, set)),
    index: (set, field) => database.index(tableOf(id, set), field),
  };
}

export function companySite(database: Database, company: Company): PageSite {
  const records = recordsOf(database, company);
  return {
    title: "Business Central",
    company: company.name,
    summary:
      "A server that speaks the Business Central API v2.0, for two companies, each with its customers, items, orders and invoices.",
    accent: "teal",
    credentials: [
      ["API address", `{origin}/v2.0/${TENANT}/${ENVIRONMENT}/api/v2.0`],
      ["Token address", `{origin}/${TENANT}/oauth2/v2.0/token`],
      ["Client id", CLIENT_ID],
      ["Client secret", CLIENT_SECRET],
      ["Scope", `${RESOURCE}/.default`],
      ["Tenant", TENANT],
      ["Environment", ENVIRONMENT],
      ["Company", company.name],
    ],
    objects: [
      documentObject(records, invoiceKind, "Sales invoices"),
      documentObject(records, orderKind, "Sales orders"),
      customerObject(records),
      itemObject(records),
      ...companySets
        .filter((entity) => entity.unique?.field === "code")
        .map((entity) => codeObject(records, entity)),
    ],
  };
}

/** What every object has in common: its rows, its keys and the order of its list. */
function objectOf(records: CompanyRecords, entity: Entity): Omit<PageObject, "label" | "columns" | "record"> {
  return {
    name: entity.set,
    rows: () => [...records.table(entity.set).values()],
    keyOf: (row) => textAt(row, "id"),
    changedAt: (row) => textAt(row, "lastModifiedDateTime"),
  };
}

function rowOf(records: CompanyRecords, entity: Entity, id: string): Row | undefined {
  return records.table(entity.set).get(id);
}

function documentObject(records: CompanyRecords, kind: DocumentKind, label: string): PageObject {
  return {
    ...objectOf(records, kind.header),
    label,
    columns: [
      plain("Number", "number"),
      plain("Customer", "customerName"),
      plain("External document", "externalDocumentNumber"),
      plain("Date", kind.dateField),
      amount("Total", "totalAmountIncludingTax"),
      { label: "Status", cell: statusCell },
      changed,
    ],
    record: (id) => {
      const row = rowOf(records, kind.header, id);
      return row === undefined ? null : documentRecord(records, kind, row);
    },
  };
}

function documentRecord(records: CompanyRecords, kind: DocumentKind, row: Row): PageRecord {
  const terms = records.table("paymentTerms").get(textAt(row, "paymentTermsId"));
  const dates: PageRecord["facts"] =
    kind === invoiceKind
      ? [
          ["Invoice date", textAt(row, "invoiceDate")],
          ["Due date", textAt(row, "dueDate")],
          ["Made from order", textAt(row, "orderNumber")],
          ["Remaining amount", amountAt(row, "remainingAmount")],
          ["Purchase order reference", textAt(row, "customerPurchaseOrderReference")],
        ]
      : [
          ["Order date", textAt(row, "orderDate")],
          ["Requested delivery", textAt(row, "requestedDeliveryDate")],
        ];
  return {
    title: `${kind.header.caption} ${textAt(row, "number")}`,
    subtitle: `${textAt(row, "customerName")}, ${amountAt(row, "totalAmountIncludingTax")}`,
    facts: [
      ["Status", statusCell(row)],
      ["Customer", linkTo("customers", textAt(row, "customerId"), textAt(row, "customerNumber"))],
      ["External document", textAt(row, "externalDocumentNumber")],
      ["Currency", textAt(row, "currencyCode")],
      ["Posting date", textAt(row, "postingDate")],
      ...dates,
      ["Payment terms", terms === undefined ? "" : textAt(terms, "displayName")],
      ["Id", textAt(row, "id")],
      ["Changed", formatInstant(textAt(row, "lastModifiedDateTime"))],
    ],
    sections: [lineSection(records, kind, row)],
  };
}

function lineSection(records: CompanyRecords, kind: DocumentKind, header: Row): PageSection {
  const table = records.table(kind.lines.set);
  const ids = records.index(kind.lines.set, "documentId")?.keysOf(textAt(header, "id")) ?? [];
  const rows = ids.map((id) => table.get(id)).filter((row) => row !== undefined);
  const discount = textAt(header, "discountAmount");
  return {
    title: "Lines",
    columns: [
      { label: "Type", cell: (row) => optionText(textAt(row, "lineType")) },
      {
        label: "No.",
        cell: (row) => linkTo("items", textAt(row, "itemId"), textAt(row, "lineObjectNumber")),
      },
      plain("Description", "description"),
      plain("Description 2", "description2"),
      figure("Quantity", "quantity"),
      plain("Unit", "unitOfMeasureCode"),
      amount("Unit price", "unitPrice"),
      figure("Discount %", "discountPercent"),
      amount("Amount", "netAmount"),
    ],
    rows: rows.sort((a, b) => Number(textAt(a, "sequence")) - Number(textAt(b, "sequence"))),
    totals: [
      ...(discount === "0" ? [] : ([["Invoice discount", amountAt(header, "discountAmount")]] as const)),
      ["Total excluding tax", amountAt(header, "totalAmountExcludingTax")],
      ["Tax", amountAt(header, "totalTaxAmount")],
      ["Total including tax", amountAt(header, "totalAmountIncludingTax")],
    ],
    empty: "This document has no lines.",
  };
}

function customerObject(records: CompanyRecords): PageObject {
  return {
    ...objectOf(records, customers),
    label: "Customers",
    columns: [
      plain("Number", "number"),
      plain("Name", "displayName"),
      plain("City", "city"),
      plain("Country", "country"),
      plain("Currency", "currencyCode"),
      {
        label: "Balance due",
        numeric: true,
        cell: (row) => formatAmount(textAt(row, "balanceDue"), LOCAL_CURRENCY),
      },
      { label: "Blocked", cell: blockedCell },
      changed,
    ],
    record: (id) => {
      const row = rowOf(records, customers, id);
      return row === undefined ? null : customerRecord(records, row);
    },
  };
}

function customerRecord(records: CompanyRecords, row: Row): PageRecord {
  const documents = (kind: DocumentKind, title: string): PageSection => ({
    title,
    columns: [
      {
        label: "Number",
        cell: (each) => linkTo(kind.header.set, textAt(each, "id"), textAt(each, "number")),
      },
      plain("External document", "externalDocumentNumber"),
      plain("Date", kind.dateField),
      amount("Total", "totalAmountIncludingTax"),
      { label: "Status", cell: statusCell },
    ],
    rows: latestOf(records, kind, row),
    empty: "None for this customer.",
  });
  return {
    title: textAt(row, "displayName"),
    subtitle: `Customer ${textAt(row, "number")}`,
    facts: fieldFacts(customers, row),
    sections: [documents(invoiceKind, "Latest sales invoices"), documents(orderKind, "Latest sales orders")],
  };
}

/** Most documents shown with a customer. */
const MOST_DOCUMENTS = 50;

function latestOf(records: CompanyRecords, kind: DocumentKind, customer: Row): Row[] {
  return [...records.table(kind.header.set).values()]
    .filter((each) => each["customerId"] === customer["id"])
    .slice(-MOST_DOCUMENTS)
    .toReversed();
}

function itemObject(records: CompanyRecords): PageObject {
  return {
    ...objectOf(records, items),
    label: "Items",
    columns: [
      plain("Number", "number"),
      plain("Name", "displayName"),
      { label: "Type", cell: (row) => optionText(textAt(row, "type")) },
      plain("Category", "itemCategoryCode"),
      plain("Unit", "baseUnitOfMeasureCode"),
      amount("Unit price", "unitPrice"),
      { label: "Blocked", cell: blockedCell },
      changed,
    ],
    record: (id) => {
      const row = rowOf(records, items, id);
      if (row === undefined) return null;
      return {
        title: textAt(row, "displayName"),
        subtitle: `Item ${textAt(row, "number")}`,
        facts: fieldFacts(items, row),
        sections: [],
      };
    },
  };
}

/** "salesInvoices" → "Sales invoices" */
function labelOf(set: string): string {
  const words = set.replaceAll(/[A-Z]|\d/g, (sign) => ` ${sign.toLowerCase()}`);
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function codeObject(records: CompanyRecords, entity: Entity): PageObject {
  const extra = entity.fields.filter((field) => field.kind !== "guid" && field.kind !== "instant").slice(2);
  return {
    ...objectOf(records, entity),
    label: labelOf(entity.set),
    columns: [
      plain("Code", "code"),
      plain("Name", "displayName"),
      ...extra.map((field) => plain(labelOf(field.name), field.name)),
      changed,
    ],
    record: (id) => {
      const row = rowOf(records, entity, id);
      if (row === undefined) return null;
      return {
        title: textAt(row, "displayName") || textAt(row, "code"),
        subtitle: `${entity.caption} ${textAt(row, "code")}`,
        facts: fieldFacts(entity, row),
        sections: [],
      };
    },
  };
}

/** Every field that holds something, under its name in words; of the ids only the record's own, at the end. */
function fieldFacts(entity: Entity, row: Row): PageRecord["facts"] {
  const facts = entity.fields.flatMap((field) => {
    const text = textAt(row, field.name);
    if (field.kind === "guid" || text === "") return [];
    const shown =
      field.kind === "option" ? optionText(text) : field.kind === "instant" ? formatInstant(text) : text;
    return shown === "" ? [] : [[labelOf(field.name), shown] as const];
  });
  return [...facts, ["Id", textAt(row, "id")]];
}
