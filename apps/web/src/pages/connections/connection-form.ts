/** The form of a new connection: its fields per system with examples, and the request made from them. */
import type { ConnectionConfig, SystemName } from "@fieldbridge/model";

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly example: string;
  readonly hint?: string;
}

/** Plain settings in the order of the form; secrets are asked for apart. */
export const formFields: Readonly<Record<SystemName, readonly FormField[]>> = {
  salesforce: [
    {
      name: "instanceUrl",
      label: "Address of the org",
      example: "https://example.my.salesforce.com",
      hint: "My Domain address, without a path.",
    },
    { name: "clientId", label: "Client id", example: "3MVG9…", hint: "Consumer key of the connected app." },
  ],
  "business-central": [
    {
      name: "apiUrl",
      label: "API address",
      example: "https://api.businesscentral.dynamics.com/v2.0/{tenant}/{environment}/api/v2.0",
    },
    {
      name: "tokenUrl",
      label: "Token address",
      example: "https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token",
    },
    { name: "company", label: "Company", example: "CRONUS", hint: "Name as shown in Business Central." },
    { name: "clientId", label: "Client id", example: "00000000-0000-0000-0000-000000000000" },
  ],
};

export type FormValues = Readonly<Record<string, string>>;

/** The settings as the server takes them; its schema fills what has a default. */
export function toConfig(system: SystemName, values: FormValues): ConnectionConfig {
  const text = (name: string): string => (values[name] ?? "").trim();
  return system === "salesforce"
    ? {
        system,
        instanceUrl: text("instanceUrl"),
        clientId: text("clientId"),
        apiVersion: "66.0",
        grant: values.refreshToken ? "refresh_token" : "client_credentials",
      }
    : {
        system,
        apiUrl: text("apiUrl"),
        tokenUrl: text("tokenUrl"),
        company: text("company"),
        clientId: text("clientId"),
        scope: "https://api.businesscentral.dynamics.com/.default",
      };
}

/** Name for files and addresses, from the shown name: "ERP (test)" → `erp-test`. */
export const toSlug = (name: string): string =>
  name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60)
    .replace(/-+$/, "");

/** What is missing or malformed, by field. */
export function checkForm(system: SystemName, name: string, values: FormValues): Record<string, string> {
  const errors: Record<string, string> = {};
  if (toSlug(name) === "") errors.name = "Give it a name with letters or digits.";
  for (const field of formFields[system]) {
    const value = (values[field.name] ?? "").trim();
    if (value === "") errors[field.name] = `${field.label} is needed.`;
    else if (field.example.startsWith("https://") && !URL.canParse(value))
      errors[field.name] = "This is no web address. It starts with https://";
  }
  if ((values.clientSecret ?? "") === "" && (values.refreshToken ?? "") === "")
    errors.clientSecret = "Enter the client secret.";
  return errors;
}
