/** What a system changed in the fields a published transfer relies on, for its next run and for the connection's page. */
import { checkSchemaDrift, type FreshSchemas, type UsedField } from "@fieldbridge/engine";
import { toIssue, type FieldImpact, type FieldUse, type Issue, type ObjectSchema } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { listFieldsInForce } from "../stores/used-fields.store.ts";
import { loadSchema, openOnce } from "../systems/discover.ts";

/** Also an object that is not in `fresh` has changed: it is not offered or not reached any more. */
function findChange(used: UsedField, fresh: FreshSchemas): Issue | undefined {
  const { side, object, field } = used;
  if (fresh[side][object] !== undefined) return checkSchemaDrift([used], fresh)[0];
  return toIssue("SCH-501", `${side}.${object}.${field.name}`, `${object} does not exist any more.`, {
    value: field.name,
  });
}

/** Issues that name field and transfer; none where the transfer can run as it was published. */
export const findDrift = (
  transferName: string,
  usedFields: readonly UsedField[],
  fresh: FreshSchemas,
): Issue[] =>
  usedFields
    .flatMap((used) => findChange(used, fresh) ?? [])
    .map((issue) => ({ ...issue, message: `${issue.message} The transfer "${transferName}" uses it.` }));

/** Changed fields of a connection with the published transfers that use them. */
export async function findImpact(
  context: Pick<AppContext, "db" | "systems">,
  connectionId: string,
  refresh: boolean,
): Promise<FieldImpact[]> {
  const transfers = await listFieldsInForce(context.db, connectionId);
  const names = new Set(transfers.flatMap(({ fields }) => fields.map(({ object }) => object)));
  const open = openOnce(context, connectionId);
  const objects: Record<string, ObjectSchema> = {};
  await Promise.all(
    [...names].map(async (name) => {
      const schema = await loadSchema(context, connectionId, name, { refresh, open });
      if (schema !== undefined) objects[name] = schema;
    }),
  );
  const impacts = new Map<string, FieldImpact>();
  for (const { id, name, fields } of transfers)
    for (const used of fields) {
      const change = findChange(used, { source: objects, target: objects });
      if (change === undefined) continue;
      const { object, field } = used;
      const place = JSON.stringify([object, field.name, change.message]);
      const known = impacts.get(place) ?? {
        object,
        field: field.name,
        message: change.message,
        transfers: [],
      };
      if (!known.transfers.some((each) => each.id === id)) known.transfers.push({ id, name });
      impacts.set(place, known);
    }
  return [...impacts.values()].sort((a, b) => (`${a.object} ${a.field}` < `${b.object} ${b.field}` ? -1 : 1));
}

/** Fields of a connection that published transfers rely on, whether they changed or not. */
export async function listFieldUses(db: AppContext["db"], connectionId: string): Promise<FieldUse[]> {
  const uses = new Map<string, FieldUse>();
  for (const { id, name, fields } of await listFieldsInForce(db, connectionId))
    for (const { object, field } of fields) {
      const place = JSON.stringify([object, field.name]);
      const known = uses.get(place) ?? { object, field: field.name, transfers: [] };
      if (!known.transfers.some((each) => each.id === id)) known.transfers.push({ id, name });
      uses.set(place, known);
    }
  return [...uses.values()];
}
