/**
 * A write request as the inner requests of a `$batch`: one POST for a new document with its lines, or a PATCH of the
 * header followed by one request per line that changes.
 */
import type { LineWrite, WriteBatch, WriteRequest } from "@fieldbridge/engine";
import { toIssue, type FieldSchema, type Issue, type ObjectSchema, type Row } from "@fieldbridge/model";
import { encodeValues, type Encoded } from "../encode-values.ts";
import type { JsonBody } from "../http/json.ts";
import type { BatchPart } from "./business-central-api.ts";
import { encodeChoice } from "./choice-names.ts";
import { toName, toQuery } from "./odata.ts";

export interface WriteParts {
  readonly request: WriteRequest;
  readonly parts: readonly BatchPart[];
  /** The part whose answer describes the written record. */
  readonly answerId: string;
}

export type ToParts =
  | { readonly ok: true; readonly value: WriteParts }
  | { readonly ok: false; readonly issues: readonly Issue[] };

/** Business Central takes null for the blank of the type (empty text, no date, 0); a boolean has only false. */
function toBlank(field: FieldSchema): JsonBody {
  return field.type === "boolean" ? false : null;
}

function encode(schema: ObjectSchema, values: Row, path: string, op: "create" | "update"): Encoded {
  return encodeValues(schema, values, {
    path,
    toBlank: (field) => (op === "create" ? undefined : toBlank(field)),
    toChoice: (_field, code) => encodeChoice(code),
  });
}

interface Builder {
  readonly issues: Issue[];
  /** The body, or undefined with the issues noted. */
  body(
    schema: ObjectSchema,
    values: Row,
    path: string,
    op: "create" | "update",
  ): Readonly<Record<string, JsonBody>> | undefined;
}

function createBuilder(): Builder {
  const issues: Issue[] = [];
  return {
    issues,
    body(schema, values, path, op) {
      const encoded = encode(schema, values, path, op);
      if (encoded.ok) return encoded.body;
      issues.push(...encoded.issues);
      return undefined;
    },
  };
}

function lineSchemaOf(batch: WriteBatch, lines: LineWrite, issues: Issue[]): ObjectSchema | undefined {
  const schema = batch.lineSchemas[lines.object];
  const isWritable = batch.schema.relations.some((each) => each.name === lines.relation && each.writable);
  if (schema !== undefined && isWritable) return schema;
  issues.push(
    toIssue("LIN-401", lines.relation, `${batch.schema.label} takes no lines as ${lines.relation}.`),
  );
  return undefined;
}

function createParts(batch: WriteBatch, request: WriteRequest, id: string, builder: Builder): BatchPart[] {
  const header = builder.body(batch.schema, request.values, "", "create") ?? {};
  const lines: Record<string, JsonBody> = {};
  for (const list of request.lines) {
    const schema = lineSchemaOf(batch, list, builder.issues);
    if (schema === undefined) continue;
    lines[list.relation] = list.rows.map(
      (row, place) => builder.body(schema, row.values, `${list.relation}.${place}.`, "create") ?? {},
    );
  }
  return [{ id, method: "POST", url: toName(batch.schema.name), body: { ...header, ...lines } }];
}

function linePart(
  list: LineWrite,
  place: number,
  schema: ObjectSchema,
  context: {
    readonly request: WriteRequest;
    readonly set: string;
    readonly id: string;
    readonly after: readonly string[] | undefined;
  },
  builder: Builder,
): BatchPart | undefined {
  const row = list.rows[place];
  if (row === undefined) return undefined;
  const path = `${list.relation}.${place}.`;
  const common = { id: context.id, ...(context.after === undefined ? {} : { dependsOn: context.after }) };
  const url = `${toName(list.object)}(${row.key ?? ""})`;
  if (row.op === "delete") return { ...common, method: "DELETE", url, etag: "*" };
  const body = builder.body(schema, row.values, path, row.op);
  if (row.op === "update") return { ...common, method: "PATCH", url, etag: "*", body: body ?? {} };
  return {
    ...common,
    method: "POST",
    url: `${toName(context.set)}(${context.request.key ?? ""})/${toName(list.relation)}`,
    body: body ?? {},
  };
}

function updateParts(batch: WriteBatch, request: WriteRequest, id: string, builder: Builder): BatchPart[] {
  const set = batch.schema.name;
  const url = `${toName(set)}(${request.key ?? ""})`;
  const body = builder.body(batch.schema, request.values, "", "update") ?? {};
  const parts: BatchPart[] = [];
  const isHeaderChanged = Object.keys(body).length > 0;
  if (isHeaderChanged) parts.push({ id, method: "PATCH", url, body, etag: request.etag ?? "*" });
  for (const list of request.lines) {
    const schema = lineSchemaOf(batch, list, builder.issues);
    if (schema === undefined) continue;
    list.rows.forEach((_row, place) => {
      const context = {
        request,
        set,
        id: `${id}-${parts.length}`,
        after: isHeaderChanged ? [id] : undefined,
      };
      const part = linePart(list, place, schema, context, builder);
      if (part !== undefined) parts.push(part);
    });
  }
  return parts;
}

/** `index` makes the ids of the parts unique within the batch. */
export function toParts(batch: WriteBatch, request: WriteRequest, index: number): ToParts {
  const id = `r${index}`;
  const builder = createBuilder();
  const { schema, answerFields } = batch;
  const url = `${toName(schema.name)}(${request.key ?? ""})`;
  const parts: BatchPart[] =
    request.op === "create"
      ? createParts(batch, request, id, builder)
      : request.op === "update"
        ? updateParts(batch, request, id, builder)
        : [{ id, method: "DELETE", url, etag: request.etag ?? "*" }];
  if (builder.issues.length > 0) return { ok: false, issues: builder.issues };
  const isAnswered = request.op !== "update" || (parts.length === 1 && parts[0]?.id === id);
  if (isAnswered) return { ok: true, value: { request, parts, answerId: id } };
  // Lines change the totals and the version of their document, so it is read once more behind them.
  const answerId = `${id}-answer`;
  const $select = [...new Set(["id", ...answerFields])].map(toName).join(",");
  const read: BatchPart = { id: answerId, method: "GET", url: `${url}${toQuery({ $select })}` };
  return { ok: true, value: { request, parts: [...parts, read], answerId } };
}
