// What a field is, and a short notation to declare one, after the notation of the vendor's field tables:
// `field("Subject", "string(255)", "C U")`.
import type { Json } from "../../core/json.ts";

export type FieldType =
  | "id"
  | "string"
  | "textarea"
  | "boolean"
  | "int"
  | "double"
  | "currency"
  | "percent"
  | "date"
  | "datetime"
  | "reference"
  | "picklist"
  | "phone"
  | "email"
  | "url"
  | "address";

export interface Field {
  readonly name: string;
  readonly label: string;
  readonly type: FieldType;
  /** Characters; 0 for what is not text. */
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  readonly createable: boolean;
  readonly updateable: boolean;
  readonly required: boolean;
  readonly defaulted: boolean;
  readonly defaultValue: Json;
  readonly idLookup: boolean;
  /** A custom external id; ours are unique without regard to case. */
  readonly externalId: boolean;
  readonly autoNumber: boolean;
  readonly calculated: boolean;
  readonly nameField: boolean;
  readonly custom: boolean;
  readonly picklist: readonly string[];
  readonly restricted: boolean;
  readonly referenceTo: string | null;
  readonly relationshipName: string | null;
  /** The name under which the parent reaches these children. */
  readonly childName: string | null;
  /** Children are deleted with their parent. */
  readonly masterDetail: boolean;
  /** The parent cannot be deleted while children name it. */
  readonly restrictedDelete: boolean;
  readonly filterable: boolean;
  readonly sortable: boolean;
  /** For an address: what its parts begin with ("Billing"); for a part: the name of its address. */
  readonly compound: string | null;
}

export interface FieldExtras {
  readonly label?: string;
  readonly picklist?: readonly string[];
  readonly unrestricted?: boolean;
  readonly defaultValue?: Json;
  readonly relationshipName?: string;
  readonly childName?: string;
  readonly compound?: string;
}

const TYPE = /^(\w+)(?:\((\d+)\))?(?:\[(\d+),(\d+)\])?$/;
const TEXT_LENGTHS: Partial<Record<FieldType, number>> = { phone: 40, email: 80, url: 255, picklist: 255 };

function toLabel(name: string): string {
  return name
    .replace(/__c$/, "")
    .replace(/Id$/, (end, at: number) => (at === 0 ? end : ""))
    .replace(/_/g, " ")
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2");
}

function readType(notation: string): Pick<Field, "type" | "length" | "precision" | "scale" | "referenceTo"> {
  if (notation.startsWith("->"))
    return { type: "reference", length: 18, precision: 0, scale: 0, referenceTo: notation.slice(2) };
  const [, name = "", length, precision, scale] = TYPE.exec(notation) ?? [];
  const type = name as FieldType; // declared by us; an unknown name fails the describe test
  return {
    type,
    length: type === "id" ? 18 : Number(length ?? TEXT_LENGTHS[type] ?? 0),
    precision: Number(precision ?? 0),
    scale: Number(scale ?? 0),
    referenceTo: null,
  };
}

/**
 * Declares a field. Types: `string(255)`, `currency[18,2]`, `->Account`. Flags: C createable, U updateable, ! required,
 * D defaulted on create, L usable to look rows up, X external id, A auto number, F calculated, N name of the record,
 * M master-detail, R parent protected from deletion, - not filterable.
 */
export function field(name: string, type: string, flags = "", extras: FieldExtras = {}): Field {
  const has = (flag: string): boolean => flags.includes(flag);
  const shape = readType(type);
  const isReference = shape.type === "reference";
  return {
    ...shape,
    name,
    label: extras.label ?? toLabel(name),
    createable: has("C"),
    updateable: has("U"),
    required: has("!"),
    defaulted: has("D") || has("A") || shape.type === "boolean",
    defaultValue: extras.defaultValue ?? (shape.type === "boolean" ? false : null),
    idLookup: has("L") || has("X"),
    externalId: has("X"),
    autoNumber: has("A"),
    calculated: has("F"),
    nameField: has("N"),
    custom: name.endsWith("__c"),
    picklist: extras.picklist ?? [],
    restricted: shape.type === "picklist" && extras.unrestricted !== true,
    relationshipName: isReference ? (extras.relationshipName ?? name.replace(/Id$/, "")) : null,
    childName: extras.childName ?? null,
    masterDetail: has("M"),
    restrictedDelete: has("R"),
    filterable: !has("-") && shape.type !== "address",
    sortable: !has("-") && shape.type !== "address",
    compound: extras.compound ?? null,
  };
}

/** The parts of a postal address and the read-only compound of them. */
export function addressFields(prefix: string): Field[] {
  const compound = prefix === "" ? "Address" : `${prefix}Address`;
  const part = (name: string, type: string): Field => field(prefix + name, type, "C U", { compound });
  return [
    part("Street", "textarea(255)"),
    part("City", "string(40)"),
    part("State", "string(80)"),
    part("PostalCode", "string(20)"),
    part("Country", "string(80)"),
    part("Latitude", "double[18,15]"),
    part("Longitude", "double[18,15]"),
    field(compound, "address", "", { compound: prefix }),
  ];
}

/** Fields every record has. */
export function systemFields(): Field[] {
  return [
    field("Id", "id", "L D", { label: "Record ID" }),
    field("IsDeleted", "boolean", "", { label: "Deleted" }),
    field("CreatedDate", "datetime", "D"),
    field("CreatedById", "->User", "D"),
    field("LastModifiedDate", "datetime", "D"),
    field("LastModifiedById", "->User", "D"),
    field("SystemModstamp", "datetime", "D", { label: "System Modstamp" }),
  ];
}

/** The currency of a record; `flags` as for `field`. */
export function currencyField(flags: string): Field {
  return field("CurrencyIsoCode", "picklist(3)", flags, {
    label: "Currency ISO Code",
    picklist: ["EUR", "USD", "DKK"],
    defaultValue: "EUR",
  });
}
