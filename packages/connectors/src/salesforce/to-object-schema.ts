/** Turns Salesforce's describe answers into object schemas. Source: REST API Developer Guide, "sObject Describe". */
import type { FieldSchema, ObjectSchema, ObjectSummary, RelationSchema } from "@fieldbridge/model";
import { countOf, isTrue, listOf, textOf, type Json } from "../http/json.ts";
import { toWords } from "../values.ts";

const TYPES: Readonly<Record<string, FieldSchema["type"]>> = {
  id: "id",
  reference: "id",
  boolean: "boolean",
  int: "number",
  long: "number",
  double: "number",
  currency: "number",
  percent: "number",
  date: "date",
  datetime: "datetime",
  time: "time",
  picklist: "choice",
  base64: "binary",
  address: "json",
  location: "json",
  complexvalue: "json",
  json: "json",
};

function toNumberShape(field: Json): Pick<FieldSchema, "precision" | "scale"> {
  const digits = countOf(field, "digits") ?? 0;
  if (digits > 0) return { precision: digits, scale: 0 };
  const precision = countOf(field, "precision") ?? 0;
  return precision > 0 ? { precision, scale: countOf(field, "scale") ?? 0 } : {};
}

function toChoices(field: Json): Pick<FieldSchema, "choices" | "restricted"> {
  const choices = listOf(field, "picklistValues")
    .filter((value) => isTrue(value, "active"))
    .map((value) => {
      const code = textOf(value, "value") ?? "";
      return { code, label: textOf(value, "label") ?? code };
    });
  return { choices, restricted: isTrue(field, "restrictedPicklist") };
}

function toFieldSchema(field: Json): FieldSchema {
  const name = textOf(field, "name") ?? "";
  const vendorType = textOf(field, "type") ?? "";
  const type = TYPES[vendorType] ?? "text";
  const nullable = isTrue(field, "nillable");
  const creatable = isTrue(field, "createable");
  const length = countOf(field, "length") ?? 0;
  const targets = listOf(field, "referenceTo");
  const [target] = targets;
  const description = textOf(field, "inlineHelpText");
  return {
    name,
    label: textOf(field, "label") ?? toWords(name),
    type,
    ...(description === undefined ? {} : { description }),
    ...((type === "text" || type === "choice") && length > 0 ? { length } : {}),
    ...(type === "number" ? toNumberShape(field) : {}),
    ...(type === "choice" ? toChoices(field) : {}),
    nullable,
    required: creatable && !nullable && !isTrue(field, "defaultedOnCreate"),
    creatable,
    updatable: isTrue(field, "updateable"),
    filterable: isTrue(field, "filterable"),
    unique: vendorType === "id" || isTrue(field, "unique") || isTrue(field, "autoNumber"),
    custom: isTrue(field, "custom"),
    ...(vendorType === "reference" && targets.length === 1 && typeof target === "string"
      ? { refersTo: target }
      : {}),
  };
}

function toParentRelation(field: Json): RelationSchema | undefined {
  const name = textOf(field, "relationshipName");
  const keyField = textOf(field, "name");
  const targets = listOf(field, "referenceTo");
  const [object] = targets;
  if (name === undefined || keyField === undefined || targets.length !== 1 || typeof object !== "string")
    return undefined;
  const label = (textOf(field, "label") ?? toWords(name)).replace(/ ID$/, "");
  return { name, label, kind: "one", object, keyField, writable: false };
}

function toChildRelation(child: Json): RelationSchema | undefined {
  const name = textOf(child, "relationshipName");
  const object = textOf(child, "childSObject");
  if (name === undefined || object === undefined || isTrue(child, "deprecatedAndHidden")) return undefined;
  return { name, label: toWords(name), kind: "many", object, writable: false };
}

function isDefined<T>(value: T | undefined): value is T {
  return value !== undefined;
}

/** One describe answer as object schema. */
export function toObjectSchema(describe: Json): ObjectSchema {
  const name = textOf(describe, "name") ?? "";
  const vendorFields = listOf(describe, "fields").filter((field) => !isTrue(field, "deprecatedAndHidden"));
  const fields = vendorFields.map(toFieldSchema);
  const nameField = textOf(
    vendorFields.find((field) => isTrue(field, "nameField")),
    "name",
  );
  const stampField = ["SystemModstamp", "LastModifiedDate"].find((stamp) =>
    fields.some((field) => field.name === stamp),
  );
  return {
    name,
    label: textOf(describe, "label") ?? toWords(name),
    fields,
    relations: [
      ...vendorFields.map(toParentRelation),
      ...listOf(describe, "childRelationships").map(toChildRelation),
    ].filter(isDefined),
    keyField: "Id",
    ...(nameField === undefined ? {} : { nameField }),
    ...(stampField === undefined ? {} : { stampField }),
    feed: isTrue(describe, "replicateable"),
    creatable: isTrue(describe, "createable"),
    updatable: isTrue(describe, "updateable"),
    deletable: isTrue(describe, "deletable"),
  };
}

/** The list of objects that can be read. */
export function toObjectSummaries(list: Json): readonly ObjectSummary[] {
  return listOf(list, "sobjects")
    .filter((object) => isTrue(object, "queryable") && !isTrue(object, "deprecatedAndHidden"))
    .map((object) => {
      const name = textOf(object, "name") ?? "";
      return {
        name,
        label: textOf(object, "label") ?? name,
        creatable: isTrue(object, "createable"),
        custom: isTrue(object, "custom"),
      };
    });
}
