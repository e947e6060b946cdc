/**
 * Reads of the Business Central port. Pages follow the server's next links, whose tokens are keysets themselves; a
 * read that starts anew asks from the stamp on and leaves out what was read before, because this API offers no OR
 * over two fields and orders ids in its own way.
 */
import { Fault, type ReadPage, type ReadRequest, type ReadShape } from "@fieldbridge/engine";
import type { ObjectSchema, Row } from "@fieldbridge/model";
import { notUnderstoodFault } from "../http/http-faults.ts";
import type { SchemaCache } from "../schema-cache.ts";
import { toChunks } from "../values.ts";
import { adaptFilter } from "./adapt-filter.ts";
import { LONGEST_PATH, type BusinessCentralApi } from "./business-central-api.ts";
import { createDecoder } from "./decode-rows.ts";
import { encodeOption, joinConditions, toLiteral, toName, toQuery, toShapeOptions } from "./odata.ts";

export function fieldOf(schema: ObjectSchema, name: string): ObjectSchema["fields"][number] {
  const field = schema.fields.find((each) => each.name === name);
  if (field !== undefined) return field;
  throw new Fault(
    {
      code: "CON-610",
      severity: "error",
      path: name,
      message: `${schema.label} has no field ${name}.`,
      hint: "",
    },
    { retryable: false },
  );
}

function firstPath(request: ReadRequest, schema: ObjectSchema): string {
  const { shape, filter, keyField, stampField, after, from, before } = request;
  const key = toName(keyField);
  const stamp = stampField === null ? null : toName(stampField);
  const start = stamp === null ? null : (after?.stamp ?? from);
  const $filter = joinConditions([
    adaptFilter(filter, schema),
    stamp !== null && start !== null ? `${stamp} ge ${start}` : null,
    stamp !== null && before !== null ? `${stamp} lt ${before}` : null,
    stamp === null && after !== null
      ? `${key} gt ${toLiteral(after.key, fieldOf(schema, keyField)) ?? "null"}`
      : null,
  ]);
  const options = toShapeOptions(shape, stampField === null ? [keyField] : [keyField, stampField]);
  return `${toName(shape.object)}${toQuery({ $filter, ...options, $orderby: stamp === null ? key : `${stamp},${key}` })}`;
}

function textCell(row: Row | undefined, name: string | null): string | null {
  const cell = name === null ? undefined : row?.[name];
  return typeof cell === "string" ? cell : null;
}

/** Leaves out the rows up to and including the last one read before, in the server's own order. */
function createResume(request: ReadRequest): (rows: readonly Row[], isLastPage: boolean) => readonly Row[] {
  const { after, keyField, stampField } = request;
  let isBehind = after === null || stampField === null || after.stamp === null;
  let waiting: Row[] = [];
  return (rows, isLastPage) => {
    const fresh: Row[] = [];
    for (const row of rows) {
      if (!isBehind && textCell(row, stampField) === after?.stamp) {
        if (textCell(row, keyField) !== after.key) waiting.push(row);
        else {
          waiting = [];
          isBehind = true;
        }
        continue;
      }
      isBehind = true;
      fresh.push(...waiting, row);
      waiting = [];
    }
    if (isLastPage) fresh.push(...waiting);
    return fresh;
  };
}

/** Where the last record read was changed or deleted since, the other rows of its stamp come once more. */
export async function readPage(
  api: BusinessCentralApi,
  schemas: SchemaCache,
  request: ReadRequest,
): Promise<ReadPage> {
  const { shape, keyField, stampField, limit, continuation } = request;
  const schema = await schemas.get(shape.object);
  const decode = await createDecoder(
    shape,
    schemas,
    stampField === null ? [keyField] : [keyField, stampField],
  );
  const resume = createResume(continuation === undefined ? request : { ...request, after: null });
  for (let path = continuation ?? firstPath(request, schema); ;) {
    const { entities, nextLink } = await api.getPage(path, limit);
    const rows = resume(entities.map(decode), nextLink === undefined);
    if (nextLink === undefined) return { rows, next: null };
    if (nextLink === path) throw notUnderstoodFault("Business Central sends the same page again and again.");
    const key = textCell(rows.at(-1), keyField);
    if (key !== null)
      return { rows, next: { key, stamp: textCell(rows.at(-1), stampField) }, continuation: nextLink };
    path = nextLink;
  }
}

/** Space for conditions in an address with this list of fields. */
export function roomForConditions(shape: ReadShape): number {
  return Math.max(500, LONGEST_PATH - toQuery({ $filter: "", ...toShapeOptions(shape) }).length - 300);
}

/** All rows for which `condition` holds. */
export async function readWhere(
  api: BusinessCentralApi,
  schemas: SchemaCache,
  shape: ReadShape,
  condition: string,
): Promise<readonly Row[]> {
  const decode = await createDecoder(shape, schemas);
  const path = `${toName(shape.object)}${toQuery({ $filter: condition, ...toShapeOptions(shape) })}`;
  return (await api.getAll(path)).map(decode);
}

/** Rows for the keys that exist, in as few calls as the length of an address allows. */
export async function readByKeys(
  api: BusinessCentralApi,
  schemas: SchemaCache,
  shape: ReadShape,
  keyField: string,
  keys: readonly string[],
): Promise<readonly Row[]> {
  const field = fieldOf(await schemas.get(shape.object), keyField);
  const withKey = { ...shape, fields: [...new Set([keyField, ...shape.fields])] };
  const conditions = [...new Set(keys)].flatMap((key) => {
    const literal = toLiteral(key, field);
    return literal === undefined ? [] : [`${toName(keyField)} eq ${literal}`];
  });
  const chunks = toChunks(conditions, {
    count: 1_000,
    space: roomForConditions(withKey),
    sizeOf: (condition) => encodeOption(`${condition} or `).length,
  });
  const rows: Row[] = [];
  for (const chunk of chunks) rows.push(...(await readWhere(api, schemas, withKey, chunk.join(" or "))));
  return rows;
}
