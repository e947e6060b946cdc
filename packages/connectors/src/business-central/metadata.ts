/** The entity model of a Business Central API, read from its `$metadata` (OData CSDL 4.0). */
import { parseXml, type XmlElement } from "./parse-xml.ts";

export interface EntityProperty {
  readonly name: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** Values of annotations by term; `true`/`false` as text. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Members where the property says which values it allows. */
  readonly allowedValues: readonly string[] | undefined;
}

export interface Navigation {
  readonly name: string;
  /** Entity type at the other end, without namespace. */
  readonly type: string;
  readonly many: boolean;
  readonly contained: boolean;
  /** Own property that holds the key of the other end. */
  readonly keyProperty: string | undefined;
}

export interface EntityType {
  readonly name: string;
  readonly properties: readonly EntityProperty[];
  readonly navigations: readonly Navigation[];
}

export interface EntitySet {
  readonly name: string;
  readonly type: EntityType;
  readonly insertable: boolean;
  readonly updatable: boolean;
  readonly deletable: boolean;
}

export interface Metadata {
  readonly sets: ReadonlyMap<string, EntitySet>;
  /** Members of enum types by name without namespace. */
  readonly enums: ReadonlyMap<string, readonly string[]>;
}

function findAll(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => (child.name === name ? [child] : findAll(child, name)));
}

function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

function withoutNamespace(type: string): string {
  return type.slice(type.lastIndexOf(".") + 1);
}

function toProperty(element: XmlElement): EntityProperty {
  const annotations = childrenOf(element, "Annotation");
  const allowed = annotations.find((each) => each.attributes["Term"]?.endsWith(".AllowedValues"));
  return {
    name: element.attributes["Name"] ?? "",
    type: element.attributes["Type"] ?? "Edm.String",
    attributes: element.attributes,
    annotations: Object.fromEntries(
      annotations.map(({ attributes }) => [
        attributes["Term"] ?? "",
        attributes["Bool"] ?? attributes["String"] ?? "true",
      ]),
    ),
    allowedValues:
      allowed &&
      findAll(allowed, "PropertyValue")
        .filter((each) => each.attributes["Property"] === "Value")
        .map((each) => each.attributes["String"] ?? ""),
  };
}

function toNavigation(element: XmlElement): Navigation {
  const type = element.attributes["Type"] ?? "";
  const inner = /^Collection\((.*)\)$/.exec(type)?.[1];
  return {
    name: element.attributes["Name"] ?? "",
    type: withoutNamespace(inner ?? type),
    many: inner !== undefined,
    contained: element.attributes["ContainsTarget"] === "true",
    keyProperty: childrenOf(element, "ReferentialConstraint")[0]?.attributes["Property"],
  };
}

function isAllowed(set: XmlElement, term: string, property: string): boolean {
  const annotation = childrenOf(set, "Annotation").find((each) =>
    each.attributes["Term"]?.endsWith(`.${term}`),
  );
  const value =
    annotation &&
    findAll(annotation, "PropertyValue").find((each) => each.attributes["Property"] === property);
  return value?.attributes["Bool"] !== "false";
}

/** Throws a SyntaxError where the text is no CSDL. */
export function parseMetadata(xml: string): Metadata {
  const document = parseXml(xml);
  if (document.name !== "Edmx") throw new SyntaxError("This is no OData metadata document.");
  const types = new Map<string, EntityType>();
  for (const element of findAll(document, "EntityType")) {
    const name = element.attributes["Name"] ?? "";
    types.set(name, {
      name,
      properties: childrenOf(element, "Property").map(toProperty),
      navigations: childrenOf(element, "NavigationProperty").map(toNavigation),
    });
  }
  const enums = findAll(document, "EnumType").map(
    (element) =>
      [
        element.attributes["Name"] ?? "",
        childrenOf(element, "Member").map((member) => member.attributes["Name"] ?? ""),
      ] as const,
  );
  const sets = new Map<string, EntitySet>();
  for (const element of findAll(document, "EntitySet")) {
    const name = element.attributes["Name"] ?? "";
    const type = types.get(withoutNamespace(element.attributes["EntityType"] ?? ""));
    if (type === undefined) continue;
    sets.set(name, {
      name,
      type,
      insertable: isAllowed(element, "InsertRestrictions", "Insertable"),
      updatable: isAllowed(element, "UpdateRestrictions", "Updatable"),
      deletable: isAllowed(element, "DeleteRestrictions", "Deletable"),
    });
  }
  return { sets, enums: new Map(enums) };
}
