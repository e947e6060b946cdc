/** Collects the fields a transfer reads, path by path, into the nested shape of one read. */
import type { ObjectSchema } from "@fieldbridge/model";
import type { ReadShape } from "../ports.ts";

interface Node {
  readonly object: ObjectSchema;
  readonly fields: Set<string>;
  readonly one: Map<string, Node>;
  readonly many: Map<string, Node>;
}

export interface ShapeBuilder {
  /** A field of the object, or of what its relations lead to. Paths that lead nowhere are ignored. */
  readonly add: (path: readonly string[]) => void;
  readonly toShape: () => ReadShape;
}

const toNode = (object: ObjectSchema): Node => ({
  object,
  fields: new Set([object.keyField]),
  one: new Map(),
  many: new Map(),
});

const toShape = ({ object, fields, one, many }: Node): ReadShape => {
  const nested = (nodes: ReadonlyMap<string, Node>) =>
    Object.fromEntries([...nodes].map(([name, node]) => [name, toShape(node)]));
  return { object: object.name, fields: [...fields], one: nested(one), many: nested(many) };
};

/** Every object on the way is read with its key. `objects` resolves relations. */
export function buildShape(
  object: ObjectSchema,
  objects: Readonly<Record<string, ObjectSchema>>,
): ShapeBuilder {
  const root = toNode(object);
  const step = (node: Node, name: string): Node | null => {
    const relation = node.object.relations.find((each) => each.name === name);
    const related = relation && objects[relation.object];
    if (!relation || !related) return null;
    const nodes = node[relation.kind];
    const next = nodes.get(name) ?? toNode(related);
    nodes.set(name, next);
    return next;
  };
  return {
    add: (path) => {
      let node: Node | null = root;
      path.forEach((name, index) => {
        if (node === null) return;
        const isField = node.object.fields.some((field) => field.name === name);
        if (index === path.length - 1 && isField) node.fields.add(name);
        else node = step(node, name);
      });
    },
    toShape: () => toShape(root),
  };
}
