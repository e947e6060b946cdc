/**
 * A system in memory: a real implementation of `SystemPort` with keys, stamps, relations and documents, for
 * scenario tests. It behaves like the strictest of the real ones: nothing is unique but what the schema says.
 */
import { toIssue, type Cell, type Issue, type ObjectSchema, type Row } from "@fieldbridge/model";
import {
  etagField,
  Fault,
  type Clock,
  type FilterDialect,
  type LineWrite,
  type ReadRequest,
  type ReadShape,
  type SystemLimits,
  type SystemPort,
  type WriteAnswer,
  type WriteRequest,
} from "../ports.ts";
import { isSameValue } from "../values/compare-values.ts";
import { compareInstants } from "../values/instants.ts";
import { createFaultPoints, type FaultPoints } from "./fault-points.ts";
import { createMemoryFeed } from "./memory-feed.ts";

export interface MemorySystemOptions {
  readonly name: string;
  readonly objects: readonly ObjectSchema[];
  readonly rows?: Readonly<Record<string, readonly Row[]>>;
  readonly clock: Clock;
  readonly limits?: Partial<SystemLimits>;
  readonly faultPoints?: FaultPoints;
  readonly filterDialect?: FilterDialect | null;
  /** Whether the system promises that nothing appears before its clock's now. */
  readonly promisesUpperBound?: boolean;
  /** Values the system gives a new record, such as a number from a series. */
  readonly assign?: (object: string, values: Row, count: number) => Row;
  /** Refusals of single records. */
  readonly refuse?: (object: string, values: Row, op: WriteRequest["op"]) => Issue | null;
  /** True for an endpoint that takes a batch as a whole or not at all. */
  readonly allOrNothing?: boolean;
}

export interface MemorySystem extends SystemPort {
  /** Lets the change feed forget what happened so far. */
  readonly forgetFeed: () => void;
  /** The rows of an object as they are now. */
  readonly list: (object: string) => readonly Row[];
  /** A change made by somebody else; moves the stamp. Null removes the record. */
  readonly change: (object: string, key: string, values: Row | null) => void;
  /** Calls by name, such as `write`. */
  readonly calls: () => Readonly<Record<string, number>>;
  /** Records written through the port. */
  readonly writes: () => number;
}

const defaultLimits: SystemLimits = {
  readPage: 100,
  writeBatch: 50,
  findBatch: 50,
  parallelWrites: 2,
  settleMs: 2_000,
};

const textOf = (cell: Cell | undefined): string => (typeof cell === "string" ? cell : "");

export function createMemorySystem(options: MemorySystemOptions): MemorySystem {
  const { clock, name } = options;
  const points = options.faultPoints ?? createFaultPoints();
  const limits = { ...defaultLimits, ...options.limits };
  const schemas = new Map(options.objects.map((object) => [object.name, object]));
  const tables = new Map<string, Map<string, Row>>();
  const feed = createMemoryFeed();
  const calls: Record<string, number> = {};
  let count = 0;
  let written = 0;
  let version = 0;

  const schemaOf = (object: string): ObjectSchema => {
    const schema = schemas.get(object);
    if (!schema)
      throw new Fault(toIssue("CON-610", "", `${name} has no object ${object}.`), { retryable: false });
    return schema;
  };
  const tableOf = (object: string): Map<string, Row> => {
    const table = tables.get(object) ?? new Map<string, Row>();
    tables.set(object, table);
    return table;
  };
  const put = (object: string, key: string, values: Row): Row => {
    const { keyField, stampField } = schemaOf(object);
    version += 1;
    const stamp = stampField === undefined ? {} : { [stampField]: clock.now() };
    const row = {
      ...tableOf(object).get(key),
      ...stamp,
      ...values,
      [keyField]: key,
      [etagField]: `v${version}`,
    };
    tableOf(object).set(key, row);
    feed.note(object, key, false);
    return row;
  };
  const remove = (object: string, key: string): void => {
    tableOf(object).delete(key);
    feed.note(object, key, true);
  };
  for (const [object, rows] of Object.entries(options.rows ?? {}))
    for (const row of rows) put(object, textOf(row[schemaOf(object).keyField]), row);

  /** The field of child rows that points to a parent. */
  const parentField = (child: ObjectSchema, parent: string): string =>
    child.fields.find((field) => field.refersTo === parent)?.name ?? "";

  const shapeRow = (row: Row, shape: ReadShape): Row => {
    const schema = schemaOf(shape.object);
    const result: Record<string, Cell> = { [etagField]: row[etagField] ?? null };
    for (const field of shape.fields) result[field] = row[field] ?? null;
    for (const [relation, nested] of Object.entries(shape.one)) {
      const keyField = schema.relations.find((each) => each.name === relation)?.keyField ?? "";
      const related = tableOf(nested.object).get(textOf(row[keyField]));
      result[relation] = related ? shapeRow(related, nested) : null;
    }
    for (const [relation, nested] of Object.entries(shape.many)) {
      const field = parentField(schemaOf(nested.object), shape.object);
      const children = [...tableOf(nested.object).values()].filter(
        (child) => child[field] === row[schema.keyField],
      );
      result[relation] = children.map((child) => shapeRow(child, nested));
    }
    return result;
  };

  /** Counts the call and lets tests fail it before or after its effect. */
  const call = async <T>(what: string, effect: () => T): Promise<T> => {
    calls[what] = (calls[what] ?? 0) + 1;
    await Promise.resolve();
    points.pass(`${name}.${what}`, "before");
    const result = effect();
    await Promise.resolve();
    points.pass(`${name}.${what}`, "after");
    return result;
  };

  const isBehind = (row: Row, request: ReadRequest): boolean => {
    const { after, keyField, stampField } = request;
    if (after === null) return true;
    const key = textOf(row[keyField]);
    if (stampField === null || after.stamp === null) return key > after.key;
    const order = compareInstants(textOf(row[stampField]), after.stamp);
    return order > 0 || (order === 0 && key > after.key);
  };
  const isInWindow = (row: Row, { stampField, from, before }: ReadRequest): boolean => {
    if (stampField === null) return true;
    const stamp = textOf(row[stampField]);
    return (
      (from === null || compareInstants(stamp, from) >= 0) &&
      (before === null || compareInstants(stamp, before) < 0)
    );
  };
  const inOrder =
    ({ stampField, keyField }: ReadRequest) =>
    (left: Row, right: Row): number => {
      const order =
        stampField === null ? 0 : compareInstants(textOf(left[stampField]), textOf(right[stampField]));
      return order === 0 ? (textOf(left[keyField]) < textOf(right[keyField]) ? -1 : 1) : order;
    };

  const checkWrite = (object: string, values: Row, op: WriteRequest["op"]): Issue | null => {
    const refused = options.refuse?.(object, values, op) ?? null;
    if (refused || op !== "create") return refused;
    const doubled = schemaOf(object).fields.find(
      (field) =>
        field.unique &&
        (values[field.name] ?? null) !== null &&
        [...tableOf(object).values()].some((row) => row[field.name] === values[field.name]),
    );
    return doubled ? toIssue("WRT-306", doubled.name, `${doubled.label} exists already.`) : null;
  };
  const create = (object: string, values: Row): Row => {
    count += 1;
    const assigned = options.assign?.(object, values, count) ?? {};
    return put(object, `${object}-${count}`, { ...values, ...assigned });
  };
  const writeLines = (parent: ObjectSchema, parentKey: string, lines: readonly LineWrite[]): void => {
    for (const { object, rows } of lines)
      for (const { op, key, values } of rows) {
        const field = parentField(schemaOf(object), parent.name);
        if (op === "create") create(object, { ...values, [field]: parentKey });
        else if (op === "delete") tableOf(object).delete(key ?? "");
        else put(object, key ?? "", values);
      }
  };
  const refusalOf = (schema: ObjectSchema, request: WriteRequest): Issue | null => {
    if (request.op !== "create") {
      const row = tableOf(schema.name).get(request.key ?? "");
      if (!row) return toIssue("WRT-309", "", `${schema.label} ${request.key ?? ""} is gone.`);
      if (request.etag !== null && request.etag !== row[etagField])
        return toIssue("WRT-308", "", `${schema.label} ${request.key ?? ""} was changed meanwhile.`);
    }
    const own = checkWrite(schema.name, request.values, request.op);
    const ofLines = request.lines.flatMap(({ object, rows }) =>
      rows.flatMap(({ op, values }) => checkWrite(object, values, op) ?? []),
    );
    return own ?? ofLines[0] ?? null;
  };
  const writeOne = (schema: ObjectSchema, request: WriteRequest, fields: readonly string[]): WriteAnswer => {
    const issue = refusalOf(schema, request);
    if (issue) return { ref: request.ref, state: "refused", issues: [issue], answer: issue.message };
    written += 1;
    const row =
      request.op === "create"
        ? create(schema.name, request.values)
        : put(schema.name, request.key ?? "", request.values);
    const key = textOf(row[schema.keyField]);
    if (request.op === "delete") remove(schema.name, key);
    else writeLines(schema, key, request.lines);
    return {
      ref: request.ref,
      state: "done",
      key,
      row: Object.fromEntries(fields.map((field) => [field, row[field] ?? null])),
    };
  };

  return {
    limits,
    filterDialect: options.filterDialect ?? null,
    checkConnection: () => call("checkConnection", () => [{ name, ok: true, message: "up", durationMs: 0 }]),
    discoverObjects: () =>
      call("discoverObjects", () =>
        options.objects.map(({ name: object, label, creatable }) => ({
          name: object,
          label,
          creatable,
          custom: false,
        })),
      ),
    discoverObject: (object) => call("discoverObject", () => schemaOf(object)),
    readUpperBound: () =>
      call("readUpperBound", () => (options.promisesUpperBound === false ? null : clock.now())),
    readFeed: (object, token) => call("readFeed", () => feed.read(object, token)),
    forgetFeed: feed.forget,
    countRows: (object) => call("countRows", () => tableOf(object).size),
    readPage: (request) =>
      call("readPage", () => {
        const rows = [...tableOf(request.shape.object).values()]
          .filter((row) => isInWindow(row, request) && isBehind(row, request))
          .sort(inOrder(request));
        const page = rows.slice(0, request.limit);
        const last = page.at(-1);
        const stamp = request.stampField === null ? null : textOf(last?.[request.stampField]);
        return {
          rows: page.map((row) => shapeRow(row, request.shape)),
          next: rows.length > page.length && last ? { stamp, key: textOf(last[request.keyField]) } : null,
        };
      }),
    readByKeys: (shape, keyField, keys) =>
      call("readByKeys", () =>
        [...tableOf(shape.object).values()]
          .filter((row) => keys.includes(textOf(row[keyField])))
          .map((row) => shapeRow(row, shape)),
      ),
    find: ({ shape, keyFields, values }) =>
      call("find", () => {
        const { fields } = schemaOf(shape.object);
        const typeOf = (field: string) => fields.find((each) => each.name === field)?.type ?? "text";
        return values.map((tuple) =>
          [...tableOf(shape.object).values()]
            .filter((row) =>
              keyFields.every((field, index) => isSameValue(typeOf(field), row[field], tuple[index])),
            )
            .map((row) => shapeRow(row, shape)),
        );
      }),
    write: (batch) =>
      call("write", () => {
        const issues = batch.requests.flatMap((request) => refusalOf(batch.schema, request) ?? []);
        const [first] = issues;
        if (options.allOrNothing && first) throw new Fault(first, { retryable: false });
        return batch.requests.map((request) => {
          points.pass(`${name}.write`, "during");
          return writeOne(batch.schema, request, batch.answerFields);
        });
      }),
    recordUrl: (object, key) => `https://${name}.example/${object}/${key}`,
    callCount: () => Object.values(calls).reduce((sum, each) => sum + each, 0),
    list: (object) => [...tableOf(object).values()],
    change: (object, key, values) => {
      if (values === null) remove(object, key);
      else put(object, key, values);
    },
    calls: () => ({ ...calls }),
    writes: () => written,
  };
}
