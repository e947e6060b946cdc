// What the server fills in and refuses when a record that is no document is created or changed.
import { randomUUID } from "node:crypto";
import type { Transaction } from "../data/transaction.ts";
import { emptyRow, textOf } from "../entities/entity.ts";
import type { Entity, Row } from "../entities/entity.ts";
import { badRequest, ODataError, ruleBroken } from "../odata/odata-error.ts";
import type { Sent } from "./input.ts";
import { checkReference, localCurrency, resolveCode, resolveCurrency, sentId } from "./references.ts";

/** Number series of the sets whose number may be left out. */
const series: Readonly<Record<string, readonly [prefix: string, first: number]>> = {
  customers: ["C-", 20001],
  contacts: ["CT", 200001],
  items: ["I-", 20001],
};

/** The row to store. Throws when a rule of the set is broken. */
export function completeMaster(tx: Transaction, entity: Entity, before: Row | undefined, sent: Sent): Row {
  const row: Row = {
    ...(before ?? emptyRow(entity)),
    ...Object.fromEntries(sent),
    ...(before === undefined ? { id: newId(tx, entity, sent) } : {}),
    ...derivedValues(tx, entity, before, sent),
  };
  if (entity.set === "customers" && textOf(row, "displayName") === "") {
    throw ruleBroken('A "displayName" must be provided.');
  }
  return withKey(tx, entity, before, row);
}

/** The caller's own id when one was sent and is free, else a new one. */
export function newId(tx: Transaction, entity: Entity, sent: Sent): string {
  const id = sentId(sent, "id");
  if (id === undefined) return randomUUID();
  if (tx.find(entity.set, id) !== undefined) throw alreadyExists(entity, "SystemId", `{${id.toUpperCase()}}`);
  return id;
}

export function alreadyExists(entity: Entity, label: string, value: string): ODataError {
  return new ODataError(
    409,
    "Internal_EntityWithSameKeyExists",
    `The ${entity.caption} already exists. Identification fields and values: ${label}='${value}'`,
  );
}

/** Gives the record its number or code and refuses one that another record has. */
function withKey(tx: Transaction, entity: Entity, before: Row | undefined, row: Row): Row {
  if (entity.unique === undefined) return row;
  const { field, label } = entity.unique;
  const key = textOf(row, field);
  if (key !== "") {
    const taken = tx.rowsWhere(entity.set, field, [key]).some((other) => other["id"] !== row["id"]);
    if (taken) throw alreadyExists(entity, label, key);
    return row;
  }
  const numbers = series[entity.set];
  if (numbers === undefined || before !== undefined) {
    throw badRequest(
      `${label} must have a value in ${entity.caption}: ${label}=. It cannot be zero or empty.`,
      "Application_FieldValidationException",
    );
  }
  for (;;) {
    const number = tx.nextNumber(...numbers);
    if (tx.rowsWhere(entity.set, field, [number]).length === 0) return { ...row, [field]: number };
  }
}

function derivedValues(tx: Transaction, entity: Entity, before: Row | undefined, sent: Sent): Row {
  switch (entity.set) {
    case "customers":
      checkReference(tx, sent, "paymentTermsId", "paymentTerms", "Payment Terms");
      checkReference(tx, sent, "shipmentMethodId", "shipmentMethods", "Shipment Method");
      return resolveCurrency(tx, sent) ?? (before === undefined ? localCurrency : {});
    case "items":
      return { ...unitOfItem(tx, sent), ...categoryOfItem(tx, sent) };
    default:
      return {};
  }
}

function unitOfItem(tx: Transaction, sent: Sent): Row {
  const unit = resolveCode(tx, sent, {
    id: "baseUnitOfMeasureId",
    code: "baseUnitOfMeasureCode",
    set: "unitsOfMeasure",
    table: "Item",
    label: "Base Unit of Measure",
    related: "Unit of Measure",
  });
  return unit === undefined
    ? {}
    : { baseUnitOfMeasureId: textOf(unit, "id"), baseUnitOfMeasureCode: textOf(unit, "code") };
}

function categoryOfItem(tx: Transaction, sent: Sent): Row {
  const category = resolveCode(tx, sent, {
    id: "itemCategoryId",
    code: "itemCategoryCode",
    set: "itemCategories",
    table: "Item",
    label: "Item Category Code",
    related: "Item Category",
  });
  return category === undefined
    ? {}
    : { itemCategoryId: textOf(category, "id"), itemCategoryCode: textOf(category, "code") };
}

/** Refuses to delete what documents still name. */
export function checkMasterRemovable(tx: Transaction, entity: Entity, row: Row): void {
  const uses: Readonly<Record<string, readonly (readonly [set: string, field: string])[]>> = {
    customers: [
      ["salesInvoices", "customerId"],
      ["salesOrders", "customerId"],
    ],
    items: [
      ["salesInvoiceLines", "itemId"],
      ["salesOrderLines", "itemId"],
    ],
  };
  for (const [set, field] of uses[entity.set] ?? []) {
    if (tx.rowsWhere(set, field, [textOf(row, "id")]).length === 0) continue;
    const document = set.startsWith("salesInvoice") ? "Sales Invoice" : "Sales Order";
    throw ruleBroken(
      entity.set === "customers"
        ? `You cannot delete Customer ${textOf(row, "number")} because there is at least one outstanding ${document} for this customer.`
        : `You cannot delete Item ${textOf(row, "number")} because there is at least one outstanding ${document} that includes this item.`,
    );
  }
}
