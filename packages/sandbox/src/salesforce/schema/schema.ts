// All objects of the organisation, found by name in any case, with the relationships between them.
import { account, asset, contact } from "./crm-objects.ts";
import { pricebook2, pricebookEntry, product2 } from "./product-objects.ts";
import { workOrder, workOrderLineItem } from "./service-objects.ts";
import { currencyType, organization, user } from "./system-objects.ts";
import type { Field } from "./field.ts";

export interface ObjectDeclaration {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  readonly readOnly?: true;
  readonly fields: readonly Field[];
}

/** Rows of `object` that name a parent in `field`, reachable from it as `name`. */
export interface ChildRelationship {
  readonly name: string | null;
  readonly object: string;
  readonly field: Field;
}

export interface SObject {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  readonly keyPrefix: string;
  readonly readOnly: boolean;
  readonly fields: readonly Field[];
  readonly children: readonly ChildRelationship[];
  /** By API name in any case. */
  field(name: string): Field | undefined;
  /** The reference field behind a relationship name such as `Account`, in any case. */
  parent(relationshipName: string): Field | undefined;
  child(relationshipName: string): ChildRelationship | undefined;
}

export interface Schema {
  readonly objects: readonly SObject[];
  /** By API name in any case. */
  object(name: string): SObject | undefined;
  objectOfId(id: string): SObject | undefined;
}

const DECLARATIONS = [
  account,
  contact,
  asset,
  workOrder,
  workOrderLineItem,
  product2,
  pricebook2,
  pricebookEntry,
  user,
  organization,
  currencyType,
];

function byLowerCase<T>(entries: Iterable<readonly [string, T]>): (name: string) => T | undefined {
  const map = new Map([...entries].map(([name, value]) => [name.toLowerCase(), value]));
  return (name) => map.get(name.toLowerCase());
}

function toSObject(declared: ObjectDeclaration): SObject {
  const children = DECLARATIONS.flatMap((other) =>
    other.fields
      .filter((each) => each.referenceTo === declared.name)
      .map((each) => ({ name: each.childName, object: other.name, field: each })),
  );
  const parents = declared.fields.filter((each) => each.relationshipName !== null);
  return {
    name: declared.name,
    label: declared.label,
    labelPlural: declared.labelPlural,
    keyPrefix: declared.keyPrefix,
    readOnly: declared.readOnly === true,
    fields: declared.fields,
    children,
    field: byLowerCase(declared.fields.map((each) => [each.name, each])),
    parent: byLowerCase(parents.map((each) => [each.relationshipName ?? "", each])),
    child: byLowerCase(children.flatMap((each) => (each.name ? [[each.name, each] as const] : []))),
  };
}

export function createSchema(): Schema {
  const objects = DECLARATIONS.map(toSObject);
  const byPrefix = new Map(objects.map((each) => [each.keyPrefix, each]));
  return {
    objects,
    object: byLowerCase(objects.map((each) => [each.name, each])),
    objectOfId: (id) => byPrefix.get(id.slice(0, 3)),
  };
}
