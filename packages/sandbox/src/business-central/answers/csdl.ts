// `$metadata`: the entity model as CSDL 4.0 XML, made from the same field lists that check input and answer reads.
import { companies, companySets, targetOf } from "../entities/catalog.ts";
import type { Entity, Navigation } from "../entities/entity.ts";
import type { Field } from "../entities/field.ts";

const NAMESPACE = "Microsoft.NAV";

/** The whole document. */
export function metadataXml(): string {
  const entities = [companies, ...companySets];
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">',
    "<edmx:DataServices>",
    `<Schema Namespace="${NAMESPACE}" xmlns="http://docs.oasis-open.org/odata/ns/edm">`,
    ...entities.flatMap(entityType),
    ...entities.flatMap(actions),
    '<EntityContainer Name="NAV">',
    ...entities.flatMap(entitySet),
    "</EntityContainer>",
    `<Annotations Target="${NAMESPACE}.NAV">`,
    '<Annotation Term="Org.OData.Capabilities.V1.BatchSupported" Bool="true"/>',
    "</Annotations>",
    "</Schema>",
    "</edmx:DataServices>",
    "</edmx:Edmx>",
    "",
  ].join("\n");
}

function entityType(entity: Entity): string[] {
  return [
    `<EntityType Name="${entity.name}">`,
    '<Key><PropertyRef Name="id"/></Key>',
    ...entity.fields.flatMap(propertyXml),
    ...entity.navigations.map(navigationProperty),
    `<Annotation Term="NAV.LabelId" String="${escapeXml(entity.caption)}"/>`,
    "</EntityType>",
  ];
}

const edmTypes: Readonly<Record<Field["kind"], string>> = {
  guid: "Edm.Guid",
  code: "Edm.String",
  text: "Edm.String",
  option: "Edm.String",
  decimal: "Edm.Decimal",
  integer: "Edm.Int32",
  boolean: "Edm.Boolean",
  date: "Edm.Date",
  instant: "Edm.DateTimeOffset",
};

/** How the product names the type behind a property. */
const navTypes: Readonly<Record<Field["kind"], string>> = {
  guid: "Guid",
  code: "Code",
  text: "Text",
  option: "Option",
  decimal: "Decimal",
  integer: "Integer",
  boolean: "Boolean",
  date: "Date",
  instant: "DateTime",
};

function propertyXml(field: Field): string[] {
  const facets = [
    `Name="${field.name}"`,
    `Type="${edmTypes[field.kind]}"`,
    ...(field.name === "id" ? ['Nullable="false"'] : []),
    ...(field.maxLength === undefined ? [] : [`MaxLength="${field.maxLength}"`]),
    ...(field.kind === "decimal" ? ['Precision="28"', 'Scale="variable"'] : []),
    ...(field.kind === "instant" ? ['Precision="3"'] : []),
  ];
  return [`<Property ${facets.join(" ")}>`, ...annotations(field), "</Property>"];
}

function annotations(field: Field): string[] {
  return [
    `<Annotation Term="NAV.NavType" String="${navTypes[field.kind]}"/>`,
    `<Annotation Term="NAV.AllowEdit" Bool="${field.write === "always"}"/>`,
    `<Annotation Term="NAV.AllowEditOnCreate" Bool="${field.write !== "never"}"/>`,
    ...(field.write === "never" ? ['<Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/>'] : []),
    ...(field.write === "create" ? ['<Annotation Term="Org.OData.Core.V1.Immutable" Bool="true"/>'] : []),
    ...allowedValues(field),
  ];
}

/** The members of an option field, for tools that offer a choice. */
function allowedValues(field: Field): string[] {
  if (field.members === undefined) return [];
  return [
    '<Annotation Term="Org.OData.Validation.V1.AllowedValues">',
    "<Collection>",
    ...field.members.map(
      (member) => `<Record><PropertyValue Property="Value" String="${escapeXml(member)}"/></Record>`,
    ),
    "</Collection>",
    "</Annotation>",
  ];
}

function navigationProperty(navigation: Navigation): string {
  const type = `${NAMESPACE}.${targetOf(navigation).name}`;
  const contains = navigation.contained ? ' ContainsTarget="true"' : "";
  if (navigation.many) {
    return `<NavigationProperty Name="${navigation.name}" Type="Collection(${type})"${contains}/>`;
  }
  return (
    `<NavigationProperty Name="${navigation.name}" Type="${type}"${contains}>` +
    `<ReferentialConstraint Property="${navigation.own}" ReferencedProperty="${navigation.other}"/>` +
    "</NavigationProperty>"
  );
}

function actions(entity: Entity): string[] {
  return entity.actions.map(
    (action) =>
      `<Action Name="${action}" IsBound="true">` +
      `<Parameter Name="${entity.name}" Type="${NAMESPACE}.${entity.name}" Nullable="false"/></Action>`,
  );
}

function entitySet(entity: Entity): string[] {
  return [
    `<EntitySet Name="${entity.set}" EntityType="${NAMESPACE}.${entity.name}">`,
    ...entity.navigations
      .filter((navigation) => !navigation.contained)
      .map(({ name, target }) => `<NavigationPropertyBinding Path="${name}" Target="${target}"/>`),
    restriction("InsertRestrictions", "Insertable", entity.insert),
    restriction("UpdateRestrictions", "Updatable", entity.update),
    restriction("DeleteRestrictions", "Deletable", entity.remove),
    "</EntitySet>",
  ];
}

function restriction(term: string, property: string, isAllowed: boolean): string {
  return (
    `<Annotation Term="Org.OData.Capabilities.V1.${term}">` +
    `<Record><PropertyValue Property="${property}" Bool="${isAllowed}"/></Record></Annotation>`
  );
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
