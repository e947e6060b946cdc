/** Writes documents and records with JSON `$batch`: answers are matched by id, each document has its own outcome. */
import { etagField, type WriteAnswer, type WriteBatch } from "@fieldbridge/engine";
import { toIssue, type Cell, type Row } from "@fieldbridge/model";
import { isObject, stringifyJson, textOf, type Json } from "../http/json.ts";
import { toChunks } from "../values.ts";
import { createWriteAnswers, type WriteAnswers } from "../write-answers.ts";
import { toApiError } from "./api-error.ts";
import {
  BATCH_SIZE,
  type BatchAnswer,
  type BatchPart,
  type BusinessCentralApi,
} from "./business-central-api.ts";
import { decodeCell } from "./decode-rows.ts";
import { toRowIssue } from "./row-issues.ts";
import { toSentValues } from "./sent-values.ts";
import { toParts, type WriteParts } from "./write-parts.ts";

/** After these nobody knows whether the inner request was executed. */
const LOST = new Set([408, 502, 504]);
const FAILED_DEPENDENCY = 424;

function toAnswerRow(batch: WriteBatch, entity: Json): Row {
  if (!isObject(entity)) return {};
  const types = new Map(batch.schema.fields.map((field) => [field.name, field.type]));
  const row: Record<string, Cell> = {};
  for (const name of new Set(["id", ...batch.answerFields]))
    if (name in entity) row[name] = decodeCell(types.get(name), entity[name] ?? null);
  const etag = entity["@odata.etag"];
  return typeof etag === "string" ? { ...row, [etagField]: etag } : row;
}

function isWrite(part: BatchPart): boolean {
  return part.method !== "GET";
}

/** What the answers of its parts mean for one document. */
function settle(
  batch: WriteBatch,
  { request, parts, answerId }: WriteParts,
  got: ReadonlyMap<string, BatchAnswer>,
  answers: WriteAnswers,
): void {
  const writes = parts.filter(isWrite).map((part) => ({ part, answer: got.get(part.id) }));
  const refused = writes.filter(
    ({ answer }) =>
      answer !== undefined &&
      answer.status >= 400 &&
      answer.status !== FAILED_DEPENDENCY &&
      !LOST.has(answer.status),
  );
  if (refused.length > 0) {
    const sent = toSentValues(request, batch.schema, batch.lineSchemas);
    const issues = refused.map(({ answer }) =>
      toRowIssue(answer?.status ?? 0, toApiError(answer?.body), sent),
    );
    answers.refuse(request, issues, stringifyJson(refused.map(({ answer }) => answer?.body ?? null)));
    return;
  }
  if (writes.some(({ answer }) => answer === undefined || LOST.has(answer.status))) {
    answers.lose(request, "Business Central answered the batch, but not for this record.");
    return;
  }
  const entity = got.get(answerId)?.status === 204 ? null : (got.get(answerId)?.body ?? null);
  const key = textOf(entity, "id") ?? request.key;
  if (key === null)
    answers.lose(request, "Business Central answered without saying which record it created.");
  else if (request.key !== null && key.toLowerCase() !== request.key.toLowerCase())
    answers.lose(request, "Business Central answered with another record than the one written.");
  else answers.done(request, key, toAnswerRow(batch, entity));
}

/** A document with more parts than a batch takes goes out in several, as long as each of them works. */
async function sendParts(
  api: BusinessCentralApi,
  parts: readonly BatchPart[],
): Promise<ReadonlyMap<string, BatchAnswer>> {
  const got = new Map<string, BatchAnswer>();
  for (const chunk of toChunks(parts, { count: BATCH_SIZE })) {
    const here = new Set(chunk.map((part) => part.id));
    const answered = await api.batch(
      chunk.map((part) => ({ ...part, dependsOn: part.dependsOn?.filter((id) => here.has(id)) })),
      "write",
    );
    for (const [id, answer] of answered) got.set(id, answer);
    if (parts.length > BATCH_SIZE && chunk.some((part) => (answered.get(part.id)?.status ?? 500) >= 400))
      break;
  }
  return got;
}

function prepare(batch: WriteBatch, answers: WriteAnswers): WriteParts[] {
  const prepared: WriteParts[] = [];
  batch.requests.forEach((request, index) => {
    const parts = toParts(batch, request, index);
    if (!parts.ok) answers.refuse(request, parts.issues, "");
    else if (parts.value.parts.length === 0)
      answers.refuse(request, [toIssue("CON-610", "", "There is nothing to write.")], "");
    else prepared.push(parts.value);
  });
  return prepared;
}

/** Writes the batch; throws `Fault` only where nothing of it was sent. */
export async function writeRecords(
  api: BusinessCentralApi,
  batch: WriteBatch,
): Promise<readonly WriteAnswer[]> {
  const answers = createWriteAnswers(batch.requests);
  const calls = toChunks(prepare(batch, answers), {
    count: BATCH_SIZE,
    space: BATCH_SIZE,
    sizeOf: ({ parts }) => parts.length,
  });
  for (const call of calls) {
    try {
      const got = await sendParts(
        api,
        call.flatMap(({ parts }) => parts),
      );
      for (const each of call) settle(batch, each, got, answers);
    } catch (error) {
      answers.fail(
        call.map(({ request }) => request),
        error,
      );
    }
  }
  return answers.all();
}
