/** The values of a write request as a flat list with paths and labels, to find out which one an error is about. */
import type { WriteRequest } from "@fieldbridge/engine";
import type { FieldSchema, ObjectSchema, Row } from "@fieldbridge/model";
import { foldText } from "../values.ts";

export interface SentValue {
  readonly path: string;
  readonly field: FieldSchema;
  /** "Line 2: " where the value is on a line, else empty. */
  readonly where: string;
  readonly value: string;
}

function flatten(row: Row, schema: ObjectSchema, path: string, where: string): SentValue[] {
  return schema.fields.flatMap((field) => {
    const cell = row[field.name];
    if (cell === undefined || typeof cell === "object") return [];
    return [{ path: path + field.name, field, where, value: String(cell) }];
  });
}

export function toSentValues(
  request: WriteRequest,
  schema: ObjectSchema,
  lineSchemas: Readonly<Record<string, ObjectSchema>>,
): readonly SentValue[] {
  const lines = request.lines.flatMap((list) => {
    const lineSchema = lineSchemas[list.object];
    return lineSchema === undefined
      ? []
      : list.rows.flatMap((row, place) =>
          flatten(row.values, lineSchema, `${list.relation}.${place}.`, `Line ${place + 1}: `),
        );
  });
  return [...flatten(request.values, schema, "", ""), ...lines];
}

function wordsOf(text: string): Set<string> {
  return new Set(foldText(text).match(/[a-z0-9]+/g) ?? []);
}

/** The sent value an error names by property, or by its text; among equal texts the one whose label fits best. */
export function findSentValue(
  sent: readonly SentValue[],
  named: {
    readonly property?: string | undefined;
    readonly value?: string | undefined;
    readonly caption?: string | undefined;
  },
): SentValue | undefined {
  const { property, value, caption } = named;
  const byName = property === undefined ? [] : sent.filter((each) => each.field.name === property);
  const candidates = byName.length > 0 ? byName : value === undefined ? [] : sent;
  const fitting =
    value === undefined ? candidates : candidates.filter((each) => foldText(each.value) === foldText(value));
  const captionWords = wordsOf(caption ?? "");
  const score = (each: SentValue): number =>
    [...wordsOf(each.field.label)].filter((word) => captionWords.has(word)).length;
  return fitting.toSorted((one, other) => score(other) - score(one))[0] ?? byName[0];
}
