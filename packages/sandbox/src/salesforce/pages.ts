// What the page for people shows of this system: work orders with their lines first, since they become invoices.
import { toText, numberText } from "../core/json.ts";
import type { Clock } from "../core/clock.ts";
import { formatAmount, formatInstant } from "../core/page/format.ts";
import type {
  PageCell,
  PageColumn,
  PageObject,
  PageRecord,
  PageSection,
  PageSite,
} from "../core/page/page-model.ts";
import { registerPages } from "../core/page/register-pages.ts";
import { recordPath } from "../core/page/views.ts";
import type { SandboxServer } from "../core/server.ts";
import type { Row } from "../core/store.ts";
import { DEMO_ORG } from "./demo-org.ts";
import type { Database } from "./rows/transaction.ts";
import { updateRow } from "./rows/write-row.ts";
import type { Field } from "./schema/field.ts";
import type { Schema, SObject } from "./schema/schema.ts";
import { readField } from "./soql/paths.ts";

/** Readable columns of the lists; other objects show their name and stamp. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  WorkOrder: [
    "WorkOrderNumber",
    "Subject",
    "Status",
    "ERP_Status__c",
    "ERP_No__c",
    "AccountId",
    "GrandTotal",
    "EndDate",
  ],
  WorkOrderLineItem: [
    "LineItemNumber",
    "WorkOrderId",
    "Product2Id",
    "Quantity",
    "UnitPrice",
    "Discount",
    "TotalPrice",
    "ERP_Line_Id__c",
  ],
  Account: ["Name", "ERP_No__c", "Industry", "BillingCity", "BillingCountry", "CurrencyIsoCode"],
  Contact: ["Name", "AccountId", "Title", "Email", "Phone"],
  Asset: ["Name", "SerialNumber", "AccountId", "Status", "InstallDate", "ERP_Status__c"],
  Product2: ["ProductCode", "Name", "Family", "QuantityUnitOfMeasure", "IsActive"],
  Pricebook2: ["Name", "IsStandard", "IsActive"],
  PricebookEntry: ["Name", "ProductCode", "Pricebook2Id", "UnitPrice", "CurrencyIsoCode"],
};
const ORDER = Object.keys(COLUMNS);
/** What a person may change on the page: what the guide asks for, and a status to complete another order. */
const EDITABLE: Readonly<Record<string, readonly string[]>> = {
  Account: ["Name", "ERP_No__c"],
  WorkOrder: ["Subject", "Status"],
  Product2: ["Name", "QuantityUnitOfMeasure"],
};
const TONES: Readonly<Record<string, PageCell["tone"]>> = {
  Completed: "good",
  Synced: "good",
  Posted: "good",
  Error: "bad",
  "Cannot Complete": "bad",
  "In Progress": "busy",
  Pending: "busy",
};
/** Shown on top of a record besides its list columns. */
const MAIN_FACTS = [
  "AssetId",
  "ContactId",
  "CurrencyIsoCode",
  "ERP_Id__c",
  "ERP_Error__c",
  "ERP_Invoice_No__c",
];
const HIDDEN = ["IsDeleted", "StatusCategory", "CreatedById", "LastModifiedById", "OwnerId"];

interface PageParts {
  readonly database: Database;
  readonly schema: Schema;
}

function rowOf(parts: PageParts, object: string, id: string): Row | undefined {
  return parts.database.store.table(object).get(id);
}

function nameOf(object: SObject, row: Row): string {
  const field = object.fields.find((each) => each.nameField);
  const name = field ? row[field.name] : undefined;
  return typeof name === "string" ? name : toText(row["Id"]);
}

function referenceCell(parts: PageParts, field: Field, id: string): PageCell | string {
  const target = parts.schema.object(field.referenceTo ?? "");
  const row = target ? rowOf(parts, target.name, id) : undefined;
  if (!target || !row) return id;
  const text = nameOf(target, row);
  return ORDER.includes(target.name) ? { text, href: recordPath(target.name, id) } : text;
}

function fieldCell(parts: PageParts, field: Field, row: Row): PageCell | string {
  const value = readField(row, field);
  if (value === null) return "";
  const figure = numberText(value);
  if (figure !== null) {
    const currency = row["CurrencyIsoCode"];
    if (field.type === "currency")
      return formatAmount(figure, typeof currency === "string" ? currency : undefined);
    return field.type === "percent" ? `${figure.replace(/\.0$/, "")} %` : figure.replace(/\.0$/, "");
  }
  if (typeof value === "boolean") return value ? "Yes" : "No";
  if (typeof value !== "string") return "";
  if (field.type === "reference") return referenceCell(parts, field, value);
  if (field.type === "datetime") return formatInstant(value);
  return field.type === "picklist" && field.name.includes("Status")
    ? { text: value, tone: TONES[value] ?? "quiet" }
    : value;
}

function toColumns(parts: PageParts, object: SObject, names: readonly string[]): PageColumn[] {
  return names.flatMap((name): PageColumn[] => {
    const field = object.field(name);
    if (!field) return [];
    const numeric = ["currency", "double", "percent", "int"].includes(field.type);
    return [{ label: field.label, numeric, cell: (row) => fieldCell(parts, field, row) }];
  });
}

function sectionsOf(parts: PageParts, object: SObject, row: Row): PageSection[] {
  return object.children.flatMap((relationship): PageSection[] => {
    const child = parts.schema.object(relationship.object);
    if (!child || relationship.name === null || !ORDER.includes(child.name)) return [];
    const id = toText(row["Id"]);
    const rows = [...parts.database.store.table(child.name).values()].filter(
      (each) => each[relationship.field.name] === id && each["IsDeleted"] !== true,
    );
    const names = (COLUMNS[child.name] ?? []).filter((name) => name !== relationship.field.name);
    const isLines = child.name === "WorkOrderLineItem" && object.name === "WorkOrder";
    if (rows.length === 0 && !isLines) return [];
    const columns = toColumns(parts, child, isLines ? LINE_COLUMNS : names);
    const [first, ...rest] = columns;
    const linked: PageColumn[] = first
      ? [
          {
            ...first,
            cell: (each) => ({
              text: textOf(first.cell(each)),
              href: recordPath(child.name, toText(each["Id"])),
            }),
          },
          ...rest,
        ]
      : [];
    const section = {
      title: isLines ? "Lines" : child.labelPlural,
      columns: linked,
      rows,
      empty: "This work order has no lines.",
    };
    return [isLines ? { ...section, totals: totalsOf(parts, object, row) } : section];
  });
}

const LINE_COLUMNS = ["LineItemNumber", "Product2Id", "Quantity", "UnitPrice", "Discount", "TotalPrice"];

function totalsOf(parts: PageParts, order: SObject, row: Row): (readonly [string, string])[] {
  return ["Subtotal", "TotalPrice", "GrandTotal"].flatMap((name): (readonly [string, string])[] => {
    const field = order.field(name);
    return field ? [[field.label, textOf(fieldCell(parts, field, row))]] : [];
  });
}

function textOf(cell: PageCell | string): string {
  return typeof cell === "string" ? cell : cell.text;
}

async function save(
  parts: PageParts,
  object: SObject,
  id: string,
  values: Readonly<Record<string, string>>,
): Promise<string | null> {
  const row = rowOf(parts, object.name, id);
  const allowed = EDITABLE[object.name] ?? [];
  const changed = Object.entries(values).filter(
    ([name, value]) => allowed.includes(name) && value !== (row?.[name] ?? ""),
  );
  if (changed.length === 0) return "Nothing was changed.";
  const tx = parts.database.begin([]);
  const written = updateRow({ schema: parts.schema, tx }, object, id, Object.fromEntries(changed));
  if ("errors" in written) return written.errors.map((each) => each.message).join(" ");
  await tx.commit();
  return null;
}

function toRecord(parts: PageParts, object: SObject, id: string): PageRecord | null {
  const row = rowOf(parts, object.name, id);
  if (!row || row["IsDeleted"] === true) return null;
  const shown = object.fields.filter((each) => each.type !== "address" && !HIDDEN.includes(each.name));
  const isMain = (each: Field): boolean =>
    (COLUMNS[object.name] ?? []).includes(each.name) || MAIN_FACTS.includes(each.name);
  const isShown = (each: Field): boolean =>
    !each.nameField && each.name !== "Subject" && (isMain(each) || readField(row, each) !== null);
  const toFact = (each: Field) => [each.label, fieldCell(parts, each, row)] as const;
  const editable = EDITABLE[object.name] ?? [];
  const subject = row["Subject"] ?? row["Description"];
  const name = nameOf(object, row);
  const record: PageRecord = {
    title: object.name === "WorkOrder" ? `Work order ${name}` : name,
    subtitle: typeof subject === "string" ? subject : object.label,
    facts: shown.filter((each) => isMain(each) && isShown(each)).map(toFact),
    moreFacts: shown.filter((each) => !isMain(each) && isShown(each)).map(toFact),
    sections: sectionsOf(parts, object, row),
  };
  if (editable.length === 0) return record;
  const fields = editable.flatMap((each) => {
    const field = object.field(each);
    if (!field) return [];
    const value = row[each];
    const base = { name: each, label: field.label, value: typeof value === "string" ? value : "" };
    return [field.picklist.length > 0 ? { ...base, choices: field.picklist } : base];
  });
  return { ...record, edit: { fields, save: (values) => save(parts, object, id, values) } };
}

function toPageObject(parts: PageParts, object: SObject): PageObject {
  return {
    name: object.name,
    label: object.labelPlural,
    columns: toColumns(parts, object, COLUMNS[object.name] ?? ["Id"]),
    rows: () =>
      [...parts.database.store.table(object.name).values()].filter((row) => row["IsDeleted"] !== true),
    keyOf: (row) => toText(row["Id"]),
    changedAt: (row) => toText(row["SystemModstamp"]),
    record: (id) => toRecord(parts, object, id),
  };
}

export function registerSalesforcePages(server: SandboxServer, clock: Clock, parts: PageParts): void {
  const objects = ORDER.flatMap((name) => parts.schema.object(name) ?? []);
  const site: PageSite = {
    title: "Salesforce-like",
    summary:
      "A field-service organisation with its accounts, machines and work orders. It answers the REST API on this origin; nothing here leaves your machine.",
    accent: "blue",
    credentials: [
      ["Address", "{origin}"],
      ["Token endpoint", "{origin}/services/oauth2/token"],
      ["Client id", DEMO_ORG.clientId],
      ["Client secret", DEMO_ORG.clientSecret],
      ["User", DEMO_ORG.username],
      ["Password", DEMO_ORG.password],
    ],
    objects: objects.map((object) => toPageObject(parts, object)),
  };
  registerPages(server, clock, [site]);
}
