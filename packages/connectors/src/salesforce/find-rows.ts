/** Finds Salesforce records by keys that are not their ids: one IN list for a single field, OR of tuples for more. */
import type { FindRequest } from "@fieldbridge/engine";
import type { Cell, Row } from "@fieldbridge/model";
import { findGroups } from "../find-groups.ts";
import type { SchemaCache } from "../schema-cache.ts";
import { toComparable } from "../values.ts";
import { fieldOf } from "./decode-rows.ts";
import { toShortId } from "./ids.ts";
import { readWhere, roomForConditions } from "./read-rows.ts";
import type { SalesforceApi } from "./salesforce-api.ts";
import { encodeQuery, toLiteral, toName } from "./soql.ts";

/** More would not fit into an address anyway. */
const MAX_TUPLES = 1_000;

export async function findRows(
  api: SalesforceApi,
  schemas: SchemaCache,
  request: FindRequest,
): Promise<readonly (readonly Row[])[]> {
  const { shape, keyFields, values } = request;
  const schema = await schemas.get(shape.object);
  const types = keyFields.map((name) => fieldOf(schema, name)?.type ?? "text");
  const fields = [...new Set([...shape.fields, ...keyFields])];
  const withKeys = { ...shape, fields };
  const [single] = keyFields.length === 1 ? keyFields.map(toName) : [];

  function toCondition(tuple: readonly Cell[]): string | undefined {
    const literals = tuple.map((cell, place) => toLiteral(cell, types[place] ?? "text"));
    if (literals.includes(undefined)) return undefined;
    if (single !== undefined) return literals[0];
    return `(${keyFields.map((name, place) => `${toName(name)} = ${literals[place] ?? ""}`).join(" AND ")})`;
  }

  return findGroups({
    values,
    types,
    toCondition,
    maxTuples: MAX_TUPLES,
    space: roomForConditions(withKeys),
    fold: (cell, type) =>
      type === "id" && typeof cell === "string" ? toShortId(cell) : toComparable(cell, type),
    sizeOf: (condition) => encodeQuery(condition).length + 6,
    keyOf: (row) => keyFields.map((name) => row[name]),
    ask(tuples) {
      const conditions = tuples.map((each) => each.condition);
      return readWhere(
        api,
        schemas,
        withKeys,
        single === undefined ? conditions.join(" OR ") : `${single} IN (${conditions.join(",")})`,
      );
    },
  });
}
