/** Turns paths such as `Account.Name` or `WorkOrderLineItems.Quantity` into the nested shape a port reads. */
import type { ReadShape } from "@fieldbridge/engine";
import type { ObjectSchema } from "@fieldbridge/model";

/**
 * Paths that name nothing are left out: samples are shown while a formula is being typed. `load` gives the schema
 * of a related object. Key and stamp fields are always part of the shape.
 */
export async function toReadShape(
  schema: ObjectSchema,
  paths: readonly string[],
  load: (object: string) => Promise<ObjectSchema | undefined>,
): Promise<ReadShape> {
  const fieldNames = new Set(schema.fields.map((field) => field.name));
  const fields = new Set(
    [schema.keyField, schema.nameField, schema.stampField].flatMap((name) => name ?? []),
  );
  const deeper = new Map<string, string[]>();
  for (const path of paths) {
    const [head = "", ...rest] = path.split(".");
    if (rest.length === 0 && fieldNames.has(head)) fields.add(head);
    else deeper.set(head, [...(deeper.get(head) ?? []), rest.join(".")]);
  }
  const one: Record<string, ReadShape> = {};
  const many: Record<string, ReadShape> = {};
  for (const relation of schema.relations) {
    const below = deeper.get(relation.name);
    const related = below === undefined ? undefined : await load(relation.object);
    if (below === undefined || related === undefined) continue;
    const shape = await toReadShape(related, below, load);
    if (relation.kind === "one") one[relation.name] = shape;
    else many[relation.name] = shape;
  }
  return { object: schema.name, fields: [...fields], one, many };
}
