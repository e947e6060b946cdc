// Accounts, contacts and the machines they own.
import { addressFields, currencyField, field, systemFields } from "./field.ts";
import { syncFields } from "./sync-fields.ts";
import type { ObjectDeclaration } from "./schema.ts";

const INDUSTRIES = [
  "Agriculture",
  "Construction",
  "Food & Beverage",
  "Healthcare",
  "Manufacturing",
  "Mining",
  "Recreation",
  "Services",
  "Transportation",
  "Utilities",
];

export const account: ObjectDeclaration = {
  name: "Account",
  label: "Account",
  labelPlural: "Accounts",
  keyPrefix: "001",
  fields: [
    ...systemFields(),
    field("Name", "string(255)", "! C U N", { label: "Account Name" }),
    field("AccountNumber", "string(40)", "C U"),
    field("Type", "picklist(255)", "C U", {
      picklist: ["Prospect", "Customer - Direct", "Customer - Channel", "Installation Partner", "Other"],
      unrestricted: true,
    }),
    field("Industry", "picklist(255)", "C U", { picklist: INDUSTRIES, unrestricted: true }),
    field("Rating", "picklist(255)", "C U", { picklist: ["Hot", "Warm", "Cold"], unrestricted: true }),
    field("ParentId", "->Account", "C U", { childName: "ChildAccounts" }),
    ...addressFields("Billing"),
    ...addressFields("Shipping"),
    field("Phone", "phone", "C U"),
    field("Fax", "phone", "C U"),
    field("Website", "url", "C U"),
    field("AnnualRevenue", "currency[18,0]", "C U"),
    field("NumberOfEmployees", "int[8,0]", "C U"),
    field("Description", "textarea(32000)", "C U -"),
    field("OwnerId", "->User", "C U D"),
    currencyField("C U D"),
    field("ERP_Id__c", "string(80)", "C U X", { label: "ERP Id" }),
    field("ERP_No__c", "string(30)", "C U", { label: "ERP No." }),
  ],
};

export const contact: ObjectDeclaration = {
  name: "Contact",
  label: "Contact",
  labelPlural: "Contacts",
  keyPrefix: "003",
  fields: [
    ...systemFields(),
    field("LastName", "string(80)", "! C U"),
    field("FirstName", "string(40)", "C U"),
    field("Salutation", "picklist(40)", "C U", {
      picklist: ["Mr.", "Ms.", "Mrs.", "Dr.", "Prof.", "Mx."],
      unrestricted: true,
    }),
    field("Name", "string(121)", "N", { label: "Full Name" }),
    field("AccountId", "->Account", "C U", { childName: "Contacts" }),
    field("Email", "email", "C U L"),
    field("Title", "string(128)", "C U"),
    field("Department", "string(80)", "C U"),
    field("Phone", "phone", "C U"),
    field("MobilePhone", "phone", "C U"),
    ...addressFields("Mailing"),
    field("Birthdate", "date", "C U"),
    field("ReportsToId", "->Contact", "C U"),
    field("Description", "textarea(32000)", "C U -"),
    field("DoNotCall", "boolean", "C U"),
    field("OwnerId", "->User", "C U D"),
    currencyField("C U D"),
  ],
};

export const asset: ObjectDeclaration = {
  name: "Asset",
  label: "Asset",
  labelPlural: "Assets",
  keyPrefix: "02i",
  fields: [
    ...systemFields(),
    field("Name", "string(255)", "! C U L N", { label: "Asset Name" }),
    field("AccountId", "->Account", "C U", { childName: "Assets" }),
    field("ContactId", "->Contact", "C U", { childName: "Assets" }),
    field("Product2Id", "->Product2", "C U", { label: "Product", childName: "Assets" }),
    field("ParentId", "->Asset", "C U", { childName: "ChildAssets" }),
    field("ProductCode", "string(255)", "F"),
    field("SerialNumber", "string(80)", "C U"),
    field("Status", "picklist(255)", "C U", {
      picklist: ["Shipped", "Installed", "Registered", "Obsolete", "Purchased"],
      unrestricted: true,
    }),
    field("Quantity", "double[12,2]", "C U"),
    field("Price", "currency[18,2]", "C U"),
    field("PurchaseDate", "date", "C U"),
    field("InstallDate", "date", "C U"),
    field("UsageEndDate", "date", "C U"),
    field("ManufactureDate", "date", "C U"),
    field("ExternalIdentifier", "string(255)", "C U"),
    field("Description", "textarea(32000)", "C U -"),
    ...addressFields(""),
    field("OwnerId", "->User", "C U D"),
    currencyField("C U D"),
    ...syncFields(),
    field("ERP_Invoice_No__c", "string(30)", "C U", { label: "ERP Invoice No." }),
    field("ERP_Invoice_Date__c", "date", "C U", { label: "ERP Invoice Date" }),
    field("ERP_Item_No__c", "string(20)", "C U", { label: "ERP Item No." }),
  ],
};
