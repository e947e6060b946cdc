// Products, price books and prices.
import { currencyField, field, systemFields } from "./field.ts";
import type { ObjectDeclaration } from "./schema.ts";

export const product2: ObjectDeclaration = {
  name: "Product2",
  label: "Product",
  labelPlural: "Products",
  keyPrefix: "01t",
  fields: [
    ...systemFields(),
    field("Name", "string(255)", "! C U L N", { label: "Product Name" }),
    field("ProductCode", "string(255)", "C U"),
    field("Family", "picklist(255)", "C U", {
      label: "Product Family",
      picklist: ["Spare parts", "Consumables", "Labour", "Travel", "Kits"],
      unrestricted: true,
    }),
    field("QuantityUnitOfMeasure", "picklist(255)", "C U", {
      picklist: ["Each", "Hours", "Kilometer", "Meter", "Set", "Litre", "PCS."],
      unrestricted: true,
    }),
    field("Description", "textarea(4000)", "C U -"),
    field("IsActive", "boolean", "C U", { label: "Active" }),
    field("StockKeepingUnit", "string(180)", "C U"),
    field("DisplayUrl", "url(1000)", "C U"),
    field("ExternalId", "string(255)", "C U"),
    currencyField("C U D"),
  ],
};

export const pricebook2: ObjectDeclaration = {
  name: "Pricebook2",
  label: "Price Book",
  labelPlural: "Price Books",
  keyPrefix: "01s",
  fields: [
    ...systemFields(),
    field("Name", "string(255)", "! C U L N", { label: "Price Book Name" }),
    field("Description", "string(255)", "C U"),
    field("IsActive", "boolean", "C U", { label: "Active" }),
    field("IsStandard", "boolean", "", { label: "Is Standard Price Book" }),
    field("ValidFrom", "datetime", "C U"),
    field("ValidTo", "datetime", "C U"),
  ],
};

export const pricebookEntry: ObjectDeclaration = {
  name: "PricebookEntry",
  label: "Price Book Entry",
  labelPlural: "Price Book Entries",
  keyPrefix: "01u",
  fields: [
    ...systemFields(),
    field("Name", "string(255)", "F N"),
    field("Pricebook2Id", "->Pricebook2", "! C R", { label: "Price Book", childName: "PricebookEntries" }),
    field("Product2Id", "->Product2", "! C R", { label: "Product", childName: "PricebookEntries" }),
    field("UnitPrice", "currency[18,2]", "! C U", { label: "List Price" }),
    field("IsActive", "boolean", "C U", { label: "Active" }),
    field("UseStandardPrice", "boolean", "C U"),
    field("ProductCode", "string(255)", "F"),
    currencyField("C D"),
  ],
};
