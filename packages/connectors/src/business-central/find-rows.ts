/**
 * Finds Business Central records by keys: OR over one field in one call; for composite keys a `$batch` of single
 * filters, because this API refuses OR over distinct fields.
 */
import type { FindRequest, ReadShape } from "@fieldbridge/engine";
import { Fault } from "@fieldbridge/engine";
import { toIssue, type Cell, type Row } from "@fieldbridge/model";
import { findGroups, type AskedTuple } from "../find-groups.ts";
import { listOf, textOf } from "../http/json.ts";
import type { SchemaCache } from "../schema-cache.ts";
import { toChunks, toComparable } from "../values.ts";
import { toApiError } from "./api-error.ts";
import { BATCH_SIZE, type BusinessCentralApi } from "./business-central-api.ts";
import { createDecoder } from "./decode-rows.ts";
import { encodeOption, toLiteral, toName, toQuery, toShapeOptions } from "./odata.ts";
import { fieldOf, readWhere, roomForConditions } from "./read-rows.ts";

async function askInBatch(
  api: BusinessCentralApi,
  schemas: SchemaCache,
  shape: ReadShape,
  tuples: readonly AskedTuple[],
): Promise<readonly Row[]> {
  const decode = await createDecoder(shape, schemas);
  const rows: Row[] = [];
  for (const chunk of toChunks(tuples, { count: BATCH_SIZE })) {
    const parts = chunk.map((tuple, place) => ({
      id: String(place),
      method: "GET" as const,
      url: `${toName(shape.object)}${toQuery({ $filter: tuple.condition, ...toShapeOptions(shape) })}`,
    }));
    const answers = await api.batch(parts, "read");
    for (const part of parts) {
      const answer = answers.get(part.id);
      if (answer?.status !== 200) {
        const said = toApiError(answer?.body)?.message ?? "It gave no answer.";
        throw new Fault(toIssue("CON-610", "", `Business Central could not search: ${said}`), {
          retryable: answer === undefined || answer.status >= 500,
        });
      }
      rows.push(...listOf(answer.body, "value").map(decode));
      const more = textOf(answer.body, "@odata.nextLink");
      if (more !== undefined) rows.push(...(await api.getAll(more)).map(decode));
    }
  }
  return rows;
}

export async function findRows(
  api: BusinessCentralApi,
  schemas: SchemaCache,
  request: FindRequest,
): Promise<readonly (readonly Row[])[]> {
  const { keyFields, values } = request;
  const shape = { ...request.shape, fields: [...new Set([...request.shape.fields, ...keyFields])] };
  const schema = await schemas.get(shape.object);
  const fields = keyFields.map((name) => fieldOf(schema, name));
  const isSingle = fields.length === 1;

  function toCondition(tuple: readonly Cell[]): string | undefined {
    const parts = fields.map((field, place) => {
      const literal = toLiteral(tuple[place] ?? null, field);
      return literal === undefined ? undefined : `${toName(field.name)} eq ${literal}`;
    });
    return parts.includes(undefined) ? undefined : parts.join(" and ");
  }

  return findGroups({
    values,
    types: fields.map((field) => field.type),
    toCondition,
    maxTuples: isSingle ? 1_000 : BATCH_SIZE,
    space: isSingle ? roomForConditions(shape) : Number.POSITIVE_INFINITY,
    sizeOf: (condition) => encodeOption(`${condition} or `).length,
    fold: toComparable,
    keyOf: (row) => keyFields.map((name) => row[name]),
    ask: (tuples) =>
      isSingle
        ? readWhere(api, schemas, shape, tuples.map((tuple) => tuple.condition).join(" or "))
        : askInBatch(api, schemas, shape, tuples),
  });
}
