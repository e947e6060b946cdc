// Objects about the organisation itself: read-only here.
import { field, systemFields } from "./field.ts";
import type { ObjectDeclaration } from "./schema.ts";

const stamps = systemFields().filter((each) => each.name !== "IsDeleted");

export const user: ObjectDeclaration = {
  name: "User",
  label: "User",
  labelPlural: "Users",
  keyPrefix: "005",
  readOnly: true,
  fields: [
    ...stamps,
    field("Username", "string(80)", "L"),
    field("LastName", "string(80)"),
    field("FirstName", "string(40)"),
    field("Name", "string(121)", "N", { label: "Full Name" }),
    field("Email", "email", "L"),
    field("Alias", "string(8)"),
    field("IsActive", "boolean", "", { label: "Active" }),
    field("UserType", "string(40)"),
    field("TimeZoneSidKey", "string(40)", "", { label: "Time Zone" }),
    field("LocaleSidKey", "string(40)", "", { label: "Locale" }),
    field("LanguageLocaleKey", "string(40)", "", { label: "Language" }),
    field("EmailEncodingKey", "string(40)", "", { label: "Email Encoding" }),
    field("DefaultCurrencyIsoCode", "string(3)"),
  ],
};

export const organization: ObjectDeclaration = {
  name: "Organization",
  label: "Organization",
  labelPlural: "Organizations",
  keyPrefix: "00D",
  readOnly: true,
  fields: [
    ...stamps,
    field("Name", "string(80)", "N"),
    field("InstanceName", "string(5)"),
    field("IsSandbox", "boolean"),
    field("OrganizationType", "string(40)"),
    field("NamespacePrefix", "string(15)"),
    field("TrialExpirationDate", "datetime"),
    field("DefaultLocaleSidKey", "string(40)"),
    field("TimeZoneSidKey", "string(40)"),
    field("LanguageLocaleKey", "string(40)"),
  ],
};

export const currencyType: ObjectDeclaration = {
  name: "CurrencyType",
  label: "Currency Type",
  labelPlural: "Currency Types",
  keyPrefix: "01L",
  readOnly: true,
  fields: [
    ...stamps,
    field("IsoCode", "string(3)", "N", { label: "Currency ISO Code" }),
    field("ConversionRate", "double[18,6]"),
    field("DecimalPlaces", "int[2,0]"),
    field("IsActive", "boolean", "", { label: "Active" }),
    field("IsCorporate", "boolean"),
  ],
};
