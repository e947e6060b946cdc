// The small tables of a company: currencies and rates, units, terms, methods, categories, accounts, countries, set-up.
import type { Entity } from "./entity.ts";
import { boolean, code, date, decimal, guid, instant, option, READ_ONLY, text } from "./field.ts";
import type { Field } from "./field.ts";

const id = guid("id", { write: "create" });
const lastModified = instant("lastModifiedDateTime", READ_ONLY);

/** A table of codes with a name, which callers may extend. */
function codeTable(
  set: string,
  name: string,
  caption: string,
  codeLength: number,
  more: readonly Field[],
  webhooks: boolean,
): Entity {
  return {
    set,
    name,
    caption,
    fields: [id, code("code", codeLength), text("displayName", 100), ...more, lastModified],
    navigations: [],
    order: ["code"],
    insert: true,
    update: true,
    remove: true,
    actions: [],
    unique: { field: "code", label: "Code" },
    webhooks,
  };
}

/** A table that only the server fills. */
function readOnlyTable(
  set: string,
  name: string,
  caption: string,
  order: readonly string[],
  fields: readonly Field[],
): Entity {
  return {
    set,
    name,
    caption,
    fields: [id, ...fields, lastModified],
    navigations: [],
    order,
    insert: false,
    update: false,
    remove: false,
    actions: [],
    webhooks: false,
  };
}

export const currencies = codeTable(
  "currencies",
  "currency",
  "Currency",
  10,
  [text("symbol", 10), text("amountDecimalPlaces", 5), decimal("amountRoundingPrecision")],
  true,
);
export const unitsOfMeasure = codeTable(
  "unitsOfMeasure",
  "unitOfMeasure",
  "Unit of Measure",
  10,
  [code("internationalStandardCode", 10), text("symbol", 10)],
  true,
);
export const paymentTerms = codeTable(
  "paymentTerms",
  "paymentTerm",
  "Payment Terms",
  10,
  [
    text("dueDateCalculation", 32),
    text("discountDateCalculation", 32),
    decimal("discountPercent", { min: "0", max: "100" }),
    boolean("calculateDiscountOnCreditMemos"),
  ],
  true,
);
export const shipmentMethods = codeTable(
  "shipmentMethods",
  "shipmentMethod",
  "Shipment Method",
  10,
  [],
  true,
);
export const itemCategories = codeTable("itemCategories", "itemCategory", "Item Category", 20, [], true);
export const countriesRegions = codeTable(
  "countriesRegions",
  "countryRegion",
  "Country/Region",
  10,
  [text("addressFormat", 30)],
  true,
);

export const accounts = readOnlyTable(
  "accounts",
  "account",
  "G/L Account",
  ["number"],
  [
    code("number", 20, READ_ONLY),
    text("displayName", 100, READ_ONLY),
    option("category", ["Income", "Expense", "Assets"], READ_ONLY),
    boolean("blocked", READ_ONLY),
    boolean("directPosting", READ_ONLY),
  ],
);
export const currencyExchangeRates = readOnlyTable(
  "currencyExchangeRates",
  "currencyExchangeRate",
  "Currency Exchange Rate",
  ["currencyCode", "startingDate"],
  [
    code("currencyCode", 10, READ_ONLY),
    date("startingDate", READ_ONLY),
    decimal("exchangeRateAmount", READ_ONLY),
    code("relationalCurrencyCode", 10, READ_ONLY),
    decimal("relationalExchangeRateAmount", READ_ONLY),
  ],
);
export const generalLedgerSetup = readOnlyTable(
  "generalLedgerSetup",
  "generalLedgerSetup",
  "General Ledger Setup",
  [],
  [
    code("additionalReportingCurrency", 10, READ_ONLY),
    date("allowPostingFrom", READ_ONLY),
    date("allowPostingTo", READ_ONLY),
    code("localCurrencyCode", 10, READ_ONLY),
    text("localCurrencySymbol", 10, READ_ONLY),
  ],
);
export const companyInformation = readOnlyTable(
  "companyInformation",
  "companyInformation",
  "Company Information",
  [],
  [
    text("displayName", 100, READ_ONLY),
    text("addressLine1", 100, READ_ONLY),
    text("addressLine2", 50, READ_ONLY),
    text("city", 30, READ_ONLY),
    text("state", 30, READ_ONLY),
    code("country", 10, READ_ONLY),
    code("postalCode", 20, READ_ONLY),
    text("phoneNumber", 30, READ_ONLY),
    text("email", 80, READ_ONLY),
    text("website", 250, READ_ONLY),
    text("taxRegistrationNumber", 20, READ_ONLY),
    code("currencyCode", 10, READ_ONLY),
    date("currentFiscalYearStartDate", READ_ONLY),
  ],
);
