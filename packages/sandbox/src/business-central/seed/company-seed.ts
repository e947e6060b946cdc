// The companies a fresh server starts with: the ERP half of the field-service seed as records of the API, and the
// reference tables it needs. Ids are derived from company and key, so they are the same on every machine.
import { createHash } from "node:crypto";
import { decimal, formatDecimal, trimDecimal } from "../../core/decimal.ts";
import type { TableData } from "../../core/store.ts";
import { fieldServiceSeed } from "../../seed/field-service.ts";
import type { ErpCustomer, ErpData, ErpItem } from "../../seed/types.ts";
import { companies } from "../entities/catalog.ts";
import { emptyRow, ROW_VERSION, textOf } from "../entities/entity.ts";
import type { Entity, Row } from "../entities/entity.ts";
import { contacts, customers, items } from "../entities/master-data.ts";
import * as reference from "../entities/reference-data.ts";
import { nameIn } from "../data/company-tables.ts";
import { COMPANIES, CRONUS, CRONUS_NORDIC, LOCAL_CURRENCY, SYSTEM_USER_ID } from "../identity.ts";
import type { Company } from "../identity.ts";

/** When the companies were set up; every seeded record carries it as its last change. */
const SET_UP_AT = "2026-01-05T08:00:00.000Z";

type Values = Readonly<Record<string, string | boolean>>;

/** A GUID that depends on nothing but the text. */
export function seededId(text: string): string {
  const hash = createHash("sha256").update(text).digest("hex");
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-4${hash.slice(13, 16)}-a${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

const idOf = ({ id }: Company, entity: Entity, key: string): string =>
  seededId(nameIn(id, `${entity.set}/${key}`));
const plain = (text: string): string => formatDecimal(trimDecimal(decimal(text)));

function records(
  company: Company,
  entity: Entity,
  keyField: string,
  list: readonly Values[],
): readonly (readonly [string, Row])[] {
  return list.map((values, index) => {
    const id = idOf(company, entity, textOf(values, keyField));
    const row: Row = {
      ...emptyRow(entity),
      ...values,
      id,
      lastModifiedDateTime: SET_UP_AT,
      [ROW_VERSION]: String(1001 + index),
    };
    return [id, row] as const;
  });
}

const categoryCode = (item: ErpItem): string => item.category.toUpperCase().slice(0, 20);

function customerValues(company: Company, customer: ErpCustomer): Values {
  const { address } = customer;
  const terms = address.countryCode === "DE" ? "14D" : "30D";
  return {
    number: customer.number,
    displayName: customer.name,
    addressLine1: address.street,
    city: address.city,
    state: address.state ?? "",
    country: address.countryCode,
    postalCode: address.postalCode,
    phoneNumber: customer.phone,
    email: customer.email,
    website: customer.website,
    currencyCode: customer.currency,
    ...(customer.currency === LOCAL_CURRENCY
      ? {}
      : { currencyId: idOf(company, reference.currencies, customer.currency) }),
    paymentTermsId: idOf(company, reference.paymentTerms, terms),
    blocked: customer.blocked ? "All" : "_x0020_",
    creditLimit: "50000",
  };
}

function itemValues(company: Company, item: ErpItem): Values {
  return {
    number: item.number,
    displayName: item.name,
    type: item.kind === "Non-Inventory" ? "Non_x002D_Inventory" : item.kind,
    itemCategoryId: idOf(company, reference.itemCategories, categoryCode(item)),
    itemCategoryCode: categoryCode(item),
    inventory: item.kind === "Inventory" ? "250" : "0",
    unitPrice: plain(item.price),
    unitCost: plain(item.cost),
    baseUnitOfMeasureId: idOf(company, reference.unitsOfMeasure, item.unit),
    baseUnitOfMeasureCode: item.unit,
  };
}

function contactValues(customer: ErpCustomer, index: number): Values {
  return {
    number: `CT${String(100001 + index)}`,
    displayName: customer.name,
    companyName: customer.name,
    companyNumber: `CT${String(100001 + index)}`,
    contactBusinessRelation: "Customer",
    addressLine1: customer.address.street,
    city: customer.address.city,
    country: customer.address.countryCode,
    postalCode: customer.address.postalCode,
    phoneNumber: customer.phone,
    email: customer.email,
    searchName: customer.name.toUpperCase(),
  };
}

/** Payment terms whose code is their formula. */
const terms = (code: string, displayName: string): Values => ({
  code,
  displayName,
  dueDateCalculation: code,
});

function referenceTables(company: Company, erp: ErpData): TableData {
  const foreign = erp.currencies.filter((currency) => !currency.isLocal);
  return {
    [reference.itemCategories.set]: records(
      company,
      reference.itemCategories,
      "code",
      [...new Set(erp.items.map(categoryCode))].map((code) => ({
        code,
        displayName: code.slice(0, 1) + code.slice(1).toLowerCase(),
      })),
    ),
    [reference.unitsOfMeasure.set]: records(
      company,
      reference.unitsOfMeasure,
      "code",
      erp.units.map((unit) => ({
        code: unit.code,
        displayName: unit.name,
        internationalStandardCode: unit.internationalCode,
      })),
    ),
    [reference.currencies.set]: records(
      company,
      reference.currencies,
      "code",
      erp.currencies.map((currency) => ({
        code: currency.code,
        displayName: currency.name,
        symbol: currency.symbol,
        amountDecimalPlaces: "2:2",
        amountRoundingPrecision: "0.01",
      })),
    ),
    [reference.currencyExchangeRates.set]: foreign.flatMap((currency) =>
      records(company, reference.currencyExchangeRates, "currencyCode", [
        {
          currencyCode: currency.code,
          startingDate: "2025-01-01",
          exchangeRateAmount: plain(currency.perEuro),
          relationalExchangeRateAmount: "1",
        },
      ]),
    ),
    [reference.paymentTerms.set]: records(company, reference.paymentTerms, "code", [
      terms("0D", "Due on receipt"),
      terms("14D", "Net 14 days"),
      terms("30D", "Net 30 days"),
      { ...terms("CM", "End of month"), dueDateCalculation: "CM" },
      {
        ...terms("1M(8D)", "1 month, 2% 8 days"),
        dueDateCalculation: "1M",
        discountDateCalculation: "8D",
        discountPercent: "2",
      },
    ]),
    [reference.shipmentMethods.set]: records(company, reference.shipmentMethods, "code", [
      { code: "EXW", displayName: "Ex works" },
      { code: "DAP", displayName: "Delivered at place" },
      { code: "VAN", displayName: "Brought by the service van" },
    ]),
    [reference.accounts.set]: records(company, reference.accounts, "number", [
      { number: "44100", displayName: "Sales, services", category: "Income", directPosting: true },
      { number: "44200", displayName: "Sales, spare parts", category: "Income", directPosting: true },
      {
        number: "44900",
        displayName: "Sales, not in use",
        category: "Income",
        directPosting: true,
        blocked: true,
      },
    ]),
    [reference.countriesRegions.set]: records(
      company,
      reference.countriesRegions,
      "code",
      countries(erp).map(([code, displayName]) => ({ code, displayName })),
    ),
  };
}

function countries(erp: ErpData): (readonly [code: string, name: string])[] {
  return [...new Map(erp.customers.map(({ address }) => [address.countryCode, address.country]))];
}

function companyRow({ id, name, displayName }: Company): readonly [string, Row] {
  const row: Row = {
    ...emptyRow(companies),
    id,
    name,
    displayName,
    systemVersion: "27.0.0.0",
    timestamp: "4711",
    systemCreatedAt: SET_UP_AT,
    systemCreatedBy: SYSTEM_USER_ID,
    systemModifiedAt: SET_UP_AT,
    systemModifiedBy: SYSTEM_USER_ID,
  };
  return [id, row];
}

/** What a company says about itself on its documents. */
const offices: Readonly<Record<string, Values>> = {
  [CRONUS.id]: {
    addressLine1: "Speicherstraße 1",
    city: "Hamburg",
    country: "DE",
    postalCode: "20457",
    phoneNumber: "+49 40 555 0100",
    email: "office@cronus.example",
    website: "https://www.cronus.example",
  },
  [CRONUS_NORDIC.id]: {
    addressLine1: "Satamakatu 4",
    city: "Helsinki",
    country: "FI",
    postalCode: "00160",
    phoneNumber: "+358 9 555 0140",
    email: "office@nordic.cronus.example",
    website: "https://nordic.cronus.example",
  },
};

function setUpTables(company: Company): TableData {
  return {
    [reference.generalLedgerSetup.set]: records(company, reference.generalLedgerSetup, "localCurrencyCode", [
      { localCurrencyCode: LOCAL_CURRENCY, localCurrencySymbol: "€", allowPostingFrom: "2025-01-01" },
    ]),
    [reference.companyInformation.set]: records(company, reference.companyInformation, "displayName", [
      {
        displayName: company.displayName,
        ...offices[company.id],
        currencyCode: LOCAL_CURRENCY,
        currentFiscalYearStartDate: "2026-01-01",
      },
    ]),
  };
}

function seedCompany(company: Company, erp: ErpData): TableData {
  const tables: TableData = {
    ...setUpTables(company),
    ...referenceTables(company, erp),
    [customers.set]: records(
      company,
      customers,
      "number",
      erp.customers.map((customer) => customerValues(company, customer)),
    ),
    [contacts.set]: records(company, contacts, "number", erp.customers.map(contactValues)),
    [items.set]: records(
      company,
      items,
      "number",
      erp.items.map((item) => itemValues(company, item)),
    ),
  };
  return Object.fromEntries(Object.entries(tables).map(([set, rows]) => [nameIn(company.id, set), rows]));
}

/** Every table of both companies, as the store wants it. Either can bill every account that has a number. */
export function companySeed(): TableData {
  const { erp } = fieldServiceSeed();
  const trading = erp.customers.filter((customer) => !customer.blocked);
  return {
    [companies.set]: COMPANIES.map(companyRow),
    ...seedCompany(CRONUS, erp),
    ...seedCompany(CRONUS_NORDIC, { ...erp, customers: trading }),
  };
}
