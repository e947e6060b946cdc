// The list of everything this server offers, in the order of the service document.
import type { Entity, Navigation } from "./entity.ts";
import { code, guid, instant, integer, READ_ONLY, text } from "./field.ts";
import { contacts, customers, items } from "./master-data.ts";
import * as reference from "./reference-data.ts";
import { salesInvoiceLines, salesInvoices, salesOrderLines, salesOrders } from "./sales-documents.ts";

/** Sets that live inside a company. */
export const companySets: readonly Entity[] = [
  customers,
  contacts,
  items,
  reference.itemCategories,
  reference.unitsOfMeasure,
  reference.currencies,
  reference.currencyExchangeRates,
  reference.paymentTerms,
  reference.shipmentMethods,
  reference.countriesRegions,
  reference.accounts,
  reference.generalLedgerSetup,
  reference.companyInformation,
  salesInvoices,
  salesInvoiceLines,
  salesOrders,
  salesOrderLines,
];

const everyRecord = (entity: Entity): Navigation => ({
  name: entity.set,
  target: entity.set,
  many: true,
  own: "",
  other: "",
  contained: true,
});

/** The one set outside a company. */
export const companies: Entity = {
  set: "companies",
  name: "company",
  caption: "Company",
  fields: [
    guid("id", READ_ONLY),
    text("systemVersion", 250, READ_ONLY),
    integer("timestamp", READ_ONLY),
    text("name", 30, READ_ONLY),
    text("displayName", 250, READ_ONLY),
    code("businessProfileId", 250, READ_ONLY),
    instant("systemCreatedAt", READ_ONLY),
    guid("systemCreatedBy", READ_ONLY),
    instant("systemModifiedAt", READ_ONLY),
    guid("systemModifiedBy", READ_ONLY),
  ],
  navigations: companySets.map(everyRecord),
  order: ["name"],
  insert: false,
  update: false,
  remove: false,
  actions: [],
  webhooks: false,
};

/** The entity behind a set name (case-sensitive). */
export function entityOfSet(set: string): Entity | undefined {
  return set === companies.set ? companies : companySets.find((entity) => entity.set === set);
}

/** The entity a navigation leads to. */
export function targetOf(navigation: Navigation): Entity {
  const entity = entityOfSet(navigation.target);
  if (entity === undefined) throw new Error(`the catalog lacks the set ${navigation.target}`);
  return entity;
}
