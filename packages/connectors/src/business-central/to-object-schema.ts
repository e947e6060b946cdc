/** Turns entity sets of the metadata into object schemas. */
import type { FieldSchema, ObjectSchema, ObjectSummary, RelationSchema } from "@fieldbridge/model";
import { toWords } from "../values.ts";
import { decodeChoice } from "./choice-names.ts";
import { isRequiredField, isServerField, isUniqueField, SYSTEM_SETS } from "./known-rules.ts";
import type { EntityProperty, EntitySet, Metadata, Navigation } from "./metadata.ts";

const TYPES: Readonly<Record<string, FieldSchema["type"]>> = {
  "Edm.String": "text",
  "Edm.Guid": "id",
  "Edm.Boolean": "boolean",
  "Edm.Byte": "number",
  "Edm.Int16": "number",
  "Edm.Int32": "number",
  "Edm.Int64": "number",
  "Edm.Decimal": "number",
  "Edm.Double": "number",
  "Edm.Single": "number",
  "Edm.Date": "date",
  "Edm.DateTimeOffset": "datetime",
  "Edm.TimeOfDay": "time",
  "Edm.Binary": "binary",
  "Edm.Stream": "binary",
  "Edm.Duration": "text",
};

function membersOf(property: EntityProperty, metadata: Metadata): readonly string[] | undefined {
  return (
    property.allowedValues ?? metadata.enums.get(property.type.slice(property.type.lastIndexOf(".") + 1))
  );
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}

function numberShape(property: EntityProperty): Pick<FieldSchema, "precision" | "scale"> {
  if (/^Edm\.(Byte|Int)/.test(property.type)) return { scale: 0 };
  const precision = wholeNumber(property.attributes["Precision"]);
  const scale = wholeNumber(property.attributes["Scale"]);
  return { ...(precision === undefined ? {} : { precision }), ...(scale === undefined ? {} : { scale }) };
}

/** Who may write, from the annotations where there are some. */
function writeRights(set: EntitySet, property: EntityProperty): { creatable: boolean; updatable: boolean } {
  const { annotations } = property;
  const isServers =
    isServerField(set.name, property.name) ||
    annotations["Org.OData.Core.V1.Computed"] === "true" ||
    property.type === "Edm.Stream";
  const isFixed = annotations["Org.OData.Core.V1.Immutable"] === "true" || property.name === "id";
  return {
    creatable: set.insertable && !isServers && annotations["NAV.AllowEditOnCreate"] !== "false",
    updatable: set.updatable && !isServers && !isFixed && annotations["NAV.AllowEdit"] !== "false",
  };
}

function toFieldSchema(set: EntitySet, property: EntityProperty, metadata: Metadata): FieldSchema {
  const members = membersOf(property, metadata);
  const type = members === undefined ? (TYPES[property.type] ?? "json") : "choice";
  const length = wholeNumber(property.attributes["MaxLength"]);
  const choices = members?.map(decodeChoice).filter((code) => code !== "");
  return {
    name: property.name,
    label: toWords(property.name),
    type,
    ...(type === "text" && length !== undefined ? { length } : {}),
    ...(type === "number" ? numberShape(property) : {}),
    ...(choices === undefined
      ? {}
      : { choices: choices.map((code) => ({ code, label: code })), restricted: true }),
    nullable: property.attributes["Nullable"] !== "false",
    required: isRequiredField(set.name, property.name),
    ...writeRights(set, property),
    filterable: property.name !== "remainingAmount" && type !== "binary" && type !== "json",
    unique: isUniqueField(property.name),
    custom: false,
  };
}

function toRelation(set: EntitySet, navigation: Navigation, metadata: Metadata): RelationSchema | undefined {
  const target = [...metadata.sets.values()].find((each) => each.type.name === navigation.type);
  if (target === undefined) return undefined;
  const guess = `${navigation.name}Id`;
  const keyField =
    navigation.keyProperty ?? set.type.properties.find((property) => property.name === guess)?.name;
  return {
    name: navigation.name,
    label: toWords(navigation.name),
    kind: navigation.many ? "many" : "one",
    object: target.name,
    ...(navigation.many || keyField === undefined ? {} : { keyField }),
    writable: navigation.many && navigation.name === `${set.type.name}Lines` && target.insertable,
  };
}

/** Fields that point to another object, by the relation that follows them. */
function withTargets(fields: readonly FieldSchema[], relations: readonly RelationSchema[]): FieldSchema[] {
  const targets = new Map(relations.map((relation) => [relation.keyField, relation.object]));
  return fields.map((field) => {
    const target = field.type === "id" ? targets.get(field.name) : undefined;
    return target === undefined ? field : { ...field, refersTo: target };
  });
}

export function toObjectSchema(set: EntitySet, metadata: Metadata): ObjectSchema {
  const { properties, navigations } = set.type;
  const names = new Set(properties.map((property) => property.name));
  const relations = navigations
    .map((navigation) => toRelation(set, navigation, metadata))
    .filter((relation): relation is RelationSchema => relation !== undefined);
  const nameField = ["number", "code", "displayName", "name"].find((name) => names.has(name));
  return {
    name: set.name,
    label: toWords(set.name),
    fields: withTargets(
      properties.map((property) => toFieldSchema(set, property, metadata)),
      relations,
    ),
    relations,
    keyField: "id",
    ...(nameField === undefined ? {} : { nameField }),
    ...(names.has("lastModifiedDateTime") ? { stampField: "lastModifiedDateTime" } : {}),
    creatable: set.insertable,
    updatable: set.updatable,
    deletable: set.deletable,
  };
}

export function toObjectSummaries(metadata: Metadata): readonly ObjectSummary[] {
  return [...metadata.sets.values()]
    .filter((set) => !SYSTEM_SETS.has(set.name) && set.type.properties.some((each) => each.name === "id"))
    .map((set) => ({ name: set.name, label: toWords(set.name), creatable: set.insertable, custom: false }));
}
