/**
 * Reads of the Salesforce port: pages by (stamp, Id), rows by key, counts. Pages are keyset queries and not cursors
 * of the server, because a cursor shows newer values of rows that changed meanwhile and would move the position.
 */
import type { Position, ReadPage, ReadRequest, ReadShape } from "@fieldbridge/engine";
import type { Cell, FieldSchema, Row } from "@fieldbridge/model";
import type { Json } from "../http/json.ts";
import type { SchemaCache } from "../schema-cache.ts";
import { toChunks } from "../values.ts";
import { createDecoder, fieldOf } from "./decode-rows.ts";
import { encodeQuery, quoteText, toLiteral, toName, toSelectList, toWhere } from "./soql.ts";
import { LONGEST_PATH, type SalesforceApi } from "./salesforce-api.ts";

/** A literal for a value that came from a record of this field before. */
function keyLiteral(cell: string, type: FieldSchema["type"]): string {
  return toLiteral(cell, type) ?? quoteText(cell);
}

function behind(
  after: Position,
  stampField: string | null,
  keyField: string,
  keyLiteralText: string,
): string {
  const key = toName(keyField);
  if (stampField === null || after.stamp === null) return `${key} > ${keyLiteralText}`;
  const stamp = toName(stampField);
  const at = keyLiteral(after.stamp, "datetime");
  return `${stamp} > ${at} OR (${stamp} = ${at} AND ${key} > ${keyLiteralText})`;
}

function pageQuery(request: ReadRequest, keyType: FieldSchema["type"]): string {
  const { shape, filter, keyField, stampField, after, from, before, limit } = request;
  const stamp = stampField === null ? null : toName(stampField);
  const order = stamp === null ? toName(keyField) : `${stamp},${toName(keyField)}`;
  const where = toWhere([
    filter,
    after === null ? null : behind(after, stampField, keyField, keyLiteral(after.key, keyType)),
    stamp !== null && from !== null ? `${stamp} >= ${keyLiteral(from, "datetime")}` : null,
    stamp !== null && before !== null ? `${stamp} < ${keyLiteral(before, "datetime")}` : null,
  ]);
  const list = toSelectList(shape, stampField === null ? [keyField] : [keyField, stampField]);
  return `SELECT ${list} FROM ${toName(shape.object)}${where} ORDER BY ${order} LIMIT ${limit + 1}`;
}

function textCell(row: Row | undefined, name: string): string | null {
  const cell: Cell | undefined = row?.[name];
  return typeof cell === "string" ? cell : null;
}

function toPosition(row: Row | undefined, request: ReadRequest): Position | null {
  const key = textCell(row, request.keyField);
  if (key === null) return null;
  return { key, stamp: request.stampField === null ? null : textCell(row, request.stampField) };
}

/** One page; the limit is one more than asked for, so that the last page is known without a further call. */
export async function readPage(
  api: SalesforceApi,
  schemas: SchemaCache,
  request: ReadRequest,
): Promise<ReadPage> {
  const { shape, keyField, stampField, limit } = request;
  const schema = await schemas.get(shape.object);
  const keyType = fieldOf(schema, keyField)?.type ?? "text";
  const positionFields = stampField === null ? [keyField] : [keyField, stampField];
  const decode = await createDecoder(shape, schemas, api.allOf, positionFields);
  const records: Json[] = [];
  let isMore = false;
  for await (const batch of api.query(pageQuery(request, keyType), limit)) {
    records.push(...batch.records);
    isMore = batch.hasMore || records.length > limit;
    if (records.length >= limit) break;
  }
  const rows = await Promise.all(records.slice(0, limit).map(decode));
  return { rows, next: isMore ? toPosition(rows.at(-1), request) : null };
}

/** All rows for which `condition` holds. */
export async function readWhere(
  api: SalesforceApi,
  schemas: SchemaCache,
  shape: ReadShape,
  condition: string,
): Promise<readonly Row[]> {
  const decode = await createDecoder(shape, schemas, api.allOf);
  const rows: Row[] = [];
  const soql = `SELECT ${toSelectList(shape)} FROM ${toName(shape.object)}${toWhere([condition])}`;
  for await (const batch of api.query(soql)) rows.push(...(await Promise.all(batch.records.map(decode))));
  return rows;
}

/** Space for conditions in a query with this list of fields. */
export function roomForConditions(shape: ReadShape): number {
  const fixed = encodeQuery(`SELECT ${toSelectList(shape)} FROM ${shape.object} WHERE ()`).length + 60;
  return Math.max(500, LONGEST_PATH - fixed);
}

/** Rows for the keys that exist, in as few calls as the length of an address allows. */
export async function readByKeys(
  api: SalesforceApi,
  schemas: SchemaCache,
  shape: ReadShape,
  keyField: string,
  keys: readonly string[],
): Promise<readonly Row[]> {
  const type = fieldOf(await schemas.get(shape.object), keyField)?.type ?? "text";
  const literals = [...new Set(keys)]
    .map((key) => toLiteral(key, type))
    .filter((literal): literal is string => literal !== undefined);
  const withKey = shape.fields.includes(keyField) ? shape : { ...shape, fields: [keyField, ...shape.fields] };
  const rows: Row[] = [];
  const chunks = toChunks(literals, {
    count: 2000,
    space: roomForConditions(withKey),
    sizeOf: (literal) => encodeQuery(literal).length + 1,
  });
  for (const chunk of chunks)
    rows.push(...(await readWhere(api, schemas, withKey, `${toName(keyField)} IN (${chunk.join(",")})`)));
  return rows;
}
