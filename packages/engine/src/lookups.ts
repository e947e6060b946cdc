/**
 * Lookups of a run: formulas ask, what is not known yet is collected for the whole page, fetched once per object
 * and key field, and remembered. LOOKUP reads the target where it knows the object, else the source.
 */
import type { FieldType, LinkRequest, LookupAnswer, LookupRequest } from "@fieldbridge/formula";
import type { LookupUse, ObjectSchema, Row } from "@fieldbridge/model";
import { createLookupTally } from "./lookup-tally.ts";
import type { TransferContext } from "./plan/transfer-plan.ts";
import { readPatiently, toChunks, type Patience } from "./port-calls.ts";
import type { RunStore, SystemPort } from "./ports.ts";
import { toShownText } from "./values/compare-values.ts";

/** Answers kept before the oldest are forgotten; bounds the memory of long runs. */
const mostRemembered = 200_000;

export interface Lookups {
  /** What is known; an unknown request is remembered for the next `fetch`. */
  readonly answer: (request: LookupRequest | LinkRequest) => LookupAnswer;
  /** Asks the systems for everything that was unknown since the last call. */
  readonly fetch: () => Promise<void>;
  /** What was looked up so far, by object and field. */
  readonly uses: () => readonly LookupUse[];
}

type SystemSide = "source" | "target";

/** The side whose system a LOOKUP reads: the target where it has such an object, else the source. */
export const findLookupSide = (
  context: Pick<TransferContext, "sourceObjects" | "targetObjects">,
  object: string,
): { readonly side: SystemSide; readonly schema: ObjectSchema } | null => {
  const target = context.targetObjects[object];
  if (target) return { side: "target", schema: target };
  const source = context.sourceObjects[object];
  return source ? { side: "source", schema: source } : null;
};

/** Equal for equal questions. */
export const requestText = (request: LookupRequest | LinkRequest): string =>
  request.kind === "linked"
    ? JSON.stringify([request.kind, request.object, request.recordId])
    : JSON.stringify([
        request.kind,
        request.object,
        request.keyField,
        request.key,
        request.resultField,
        request.sortField ?? null,
      ]);

const bySortField =
  (field: string) =>
  (left: Row, right: Row): number => {
    const [a, b] = [toShownText(left[field]) ?? "", toShownText(right[field]) ?? ""];
    return a < b ? -1 : a > b ? 1 : 0;
  };

const toAnswer = (
  request: LookupRequest,
  rows: readonly Row[],
  type: FieldType | undefined,
): LookupAnswer => {
  if (request.kind === "exists") return { state: "found", value: rows.length > 0, type: "boolean" };
  const { sortField } = request;
  const sorted = sortField === undefined ? rows : [...rows].sort(bySortField(sortField));
  const [first] = sorted;
  if (first === undefined) return { state: "missing" };
  if (rows.length > 1 && request.kind === "lookup") return { state: "many", count: rows.length };
  return { state: "found", value: first[request.resultField] ?? null, type };
};

const groupBy = <T>(items: readonly T[], keyOf: (item: T) => string): T[][] => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return [...groups.values()];
};

/** Lookups that read through the ports of a run. */
export function createLookups(
  context: Pick<TransferContext, "sourceObjects" | "targetObjects">,
  ports: { readonly source: SystemPort; readonly target: SystemPort },
  findLinked: RunStore["findLinked"],
  patience: Patience,
): Lookups {
  const known = new Map<string, LookupAnswer>();
  const wanted = new Map<string, LookupRequest | LinkRequest>();
  const tally = createLookupTally();

  const remember = (request: LookupRequest | LinkRequest, answer: LookupAnswer): void => {
    const [oldest] = known.size >= mostRemembered ? known.keys() : [];
    if (oldest !== undefined) known.delete(oldest);
    known.set(requestText(request), answer);
  };

  const fetchRows = async (requests: readonly LookupRequest[]): Promise<void> => {
    const [first] = requests;
    if (first === undefined) return;
    const { side, schema } = findLookupSide(context, first.object) ?? { side: "target", schema: undefined };
    const port = ports[side];
    const names = requests.flatMap((each) => [each.resultField, each.sortField ?? each.resultField]);
    const fields = [...new Set([first.keyField, ...names])];
    const shape = { object: first.object, fields, one: {}, many: {} };
    const keys = [...new Set(requests.map((each) => each.key))];
    for (const chunk of toChunks(keys, port.limits.findBatch)) {
      tally.noteRequest(first);
      const found = await readPatiently(patience, () =>
        port.find({ shape, keyFields: [first.keyField], values: chunk.map((key) => [key]) }),
      );
      const rowsOf = new Map(chunk.map((key, index) => [key, found[index] ?? []]));
      for (const request of requests) {
        const rows = rowsOf.get(request.key);
        const type = schema?.fields.find((field) => field.name === request.resultField)?.type;
        if (rows) remember(request, toAnswer(request, rows, type));
      }
    }
  };

  const fetchLinks = async (requests: readonly LinkRequest[]): Promise<void> => {
    const [first] = requests;
    if (first === undefined) return;
    const found = await findLinked(
      first.object,
      requests.map((each) => each.recordId),
    );
    for (const request of requests) {
      const [key, ...others] = found[request.recordId] ?? [];
      remember(
        request,
        key === undefined
          ? { state: "missing" }
          : others.length > 0
            ? { state: "many", count: others.length + 1 }
            : { state: "found", value: key, type: "id" },
      );
    }
  };

  return {
    answer: (request) => {
      const text = requestText(request);
      const answer = known.get(text);
      if (answer) {
        tally.noteQuestion(request);
        return answer;
      }
      if (!wanted.has(text)) tally.noteDifferent(request);
      wanted.set(text, request);
      return { state: "pending" };
    },
    fetch: async () => {
      const requests = [...wanted.values()];
      wanted.clear();
      const lookups = requests.filter((each) => each.kind !== "linked");
      const links = requests.filter((each) => each.kind === "linked");
      for (const group of groupBy(lookups, (each) => JSON.stringify([each.object, each.keyField])))
        await fetchRows(group);
      for (const group of groupBy(links, (each) => each.object)) await fetchLinks(group);
    },
    uses: tally.uses,
  };
}
