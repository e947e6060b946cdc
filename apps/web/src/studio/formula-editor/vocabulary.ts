/** The words a formula may use at one place: fields with sample values, functions, value maps. */
import {
  functions,
  type FieldShape,
  type FunctionDoc,
  type NamedFormula,
  type ObjectShape,
  type RelationShape,
  type Scope,
} from "@fieldbridge/formula";
import type { FieldTypeName } from "@fieldbridge/model";

export interface FieldWord {
  /** As a formula writes it. */
  readonly name: string;
  readonly label: string;
  readonly type: FieldTypeName | "one" | "many";
  readonly sample: string | null;
}

/** A whole path that is known, as a pill shows it. */
export interface PathWord extends Omit<FieldWord, "name"> {
  /** The fields of the way in it: `Account.Name`. */
  readonly name: string;
}

export interface FormulaVocabulary {
  /** Undefined where a name is not known or is spelled otherwise; costs the same for any number of fields. */
  readonly findPath: (path: readonly string[]) => PathWord | undefined;
  /** What can stand behind a chain of names ending in a dot; an empty chain is the start of a path. */
  readonly fieldsBehind: (path: readonly string[]) => readonly FieldWord[];
  readonly functions: readonly FunctionDoc[];
  readonly valueMaps: readonly string[];
}

export type SampleOfPath = (path: readonly string[]) => string | null;

const functionDocs: readonly FunctionDoc[] = Object.values(functions);

/** `UPPER(text)`; optional values in brackets, repeated ones with dots. */
export const signatureOf = (doc: FunctionDoc): string => {
  const params = doc.params.map((each) => (each.optional ? `[${each.name}]` : each.name));
  return `${doc.name}(${params.join(", ")}${doc.params.some((each) => each.repeat) ? ", …" : ""})`;
};

/** A named formula as the editor shows functions. */
const toFunctionDoc = ({ name, parameters, description }: NamedFormula): FunctionDoc => ({
  name,
  group: "Library",
  params: parameters.map((each) => ({ name: each.name, kind: each.type, optional: each.optional })),
  result: "any value",
  summary: description ?? "A named formula of the library.",
  blank: "As its formula treats it.",
  examples: [],
});

export function toVocabulary(
  scope: Scope,
  sampleOf: SampleOfPath,
  quote: (name: string) => string,
): FormulaVocabulary {
  const objectOf = (name: string): ObjectShape | undefined =>
    scope.record.name === name ? scope.record : scope.objects?.[name];
  const walk = (path: readonly string[]): ObjectShape | undefined => {
    const [first, ...rest] = path;
    if (first === undefined) return scope.record;
    const root = Object.entries(scope.roots ?? {}).find(
      ([name]) => name.toLowerCase() === first.toLowerCase(),
    );
    let object: ObjectShape | undefined = root ? root[1] : scope.record;
    for (const name of root ? rest : path) {
      const relation: RelationShape | undefined = object?.relations.find(
        (each) => each.name.toLowerCase() === name.toLowerCase(),
      );
      object = relation && objectOf(relation.object);
    }
    return object;
  };
  const members = new WeakMap<ObjectShape, ReadonlyMap<string, FieldShape | RelationShape>>();
  const membersOf = (object: ObjectShape) => {
    const known =
      members.get(object) ??
      new Map([...object.relations, ...object.fields].map((each) => [each.name, each] as const));
    members.set(object, known);
    return known;
  };
  const findPath = (path: readonly string[]): PathWord | undefined => {
    const labels: string[] = [];
    const [first = ""] = path;
    const isRoot = !membersOf(scope.record).has(first) && Object.hasOwn(scope.roots ?? {}, first);
    let object = isRoot ? scope.roots?.[first] : scope.record;
    let type: FieldWord["type"] = "one";
    if (isRoot) labels.push(object?.label ?? first);
    for (const name of isRoot ? path.slice(1) : path) {
      const member = object && membersOf(object).get(name);
      if (!member) return undefined;
      labels.push(member.label ?? member.name);
      type = "type" in member ? member.type : member.kind;
      object = "type" in member ? undefined : objectOf(member.object);
    }
    return { name: path.map(quote).join("."), label: labels.join(" › "), type, sample: sampleOf(path) };
  };
  return {
    findPath,
    functions: [...(scope.namedFormulas ?? []).map(toFunctionDoc), ...functionDocs],
    valueMaps: scope.valueMaps ?? [],
    fieldsBehind: (path) => {
      const object = walk(path);
      if (!object) return [];
      const roots =
        path.length === 0
          ? Object.entries(scope.roots ?? {}).map(([name, shape]): FieldWord => ({
              name,
              label: shape.label ?? name,
              type: "one",
              sample: null,
            }))
          : [];
      const fields = object.fields.map((field): FieldWord => ({
        name: quote(field.name),
        label: field.label ?? field.name,
        type: field.type,
        sample: sampleOf([...path, field.name]),
      }));
      const relations = object.relations.map((relation): FieldWord => ({
        name: quote(relation.name),
        label: relation.label ?? relation.name,
        type: relation.kind,
        sample: null,
      }));
      return [...fields, ...relations, ...roots];
    },
  };
}
