/** Sample records for the designer: some rows with the wanted paths, filtered where a filter is given. */
import {
  compileFormula,
  evaluateFormula,
  listFields,
  odataDialect,
  soqlDialect,
  toSourceFilter,
  type Scope,
} from "@fieldbridge/formula";
import type { ReadRequest, SystemPort } from "@fieldbridge/engine";
import type { ObjectSchema, Row } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { notValid, orNotFound } from "../problem.ts";
import { callSystem, loadSchema, openOnce } from "./discover.ts";
import { toReadShape } from "./read-shape.ts";

type Context = Pick<AppContext, "db" | "systems">;

/** Records looked through for a filter that the system cannot evaluate; the designer must not wait for a table. */
const MOST_READ = 2_000;

export interface Samples {
  readonly rows: Row[];
  /** Records that match in all, where the system could count them. */
  readonly matching: number | null;
}

interface SampleFilter {
  /** Condition in the system's own language. */
  readonly pushed: string | null;
  /** True where the system's condition says all of it. */
  readonly exact: boolean;
  readonly matches: (row: Row) => boolean;
}

const noFilter: SampleFilter = { pushed: null, exact: true, matches: () => true };

/** A row on which the filter fails does not match. Throws a 400 problem where the filter has a mistake. */
function readFilter(filter: string, scope: Scope, port: SystemPort): SampleFilter {
  if (filter === "") return noFilter;
  const compiled = compileFormula(filter, scope);
  if (!compiled.ok) throw notValid(compiled.issues.map((issue) => issue.message).join(" "));
  const moment = { now: new Date().toISOString(), timeZone: "UTC" };
  const { filterDialect: dialect } = port;
  const split =
    dialect === null
      ? { pushed: null, remainder: filter }
      : toSourceFilter(
          filter,
          scope,
          dialect.name === "soql" ? soqlDialect : { ...odataDialect, orAcrossFields: dialect.orAcrossFields },
          moment,
        );
  return {
    pushed: split.pushed,
    exact: split.remainder === null,
    matches: (row) => {
      const result = evaluateFormula(compiled.formula, row, moment);
      return result.ok && result.value === true;
    },
  };
}

async function readMatching(port: SystemPort, request: ReadRequest, filter: SampleFilter): Promise<Row[]> {
  const rows: Row[] = [];
  let page = await port.readPage(request);
  for (let read = page.rows.length; ; read += page.rows.length) {
    rows.push(...page.rows.filter(filter.matches));
    if (rows.length >= request.limit || page.next === null || read >= MOST_READ)
      return rows.slice(0, request.limit);
    page = await port.readPage({
      ...request,
      limit: port.limits.readPage,
      after: page.next,
      continuation: page.continuation,
    });
  }
}

/** The records of the keys that exist, in the order of the keys. */
async function readWanted(
  port: SystemPort,
  shape: ReadRequest["shape"],
  keyField: string,
  keys: readonly string[],
): Promise<Row[]> {
  if (keys.length === 0) return [];
  const rows = new Map((await port.readByKeys(shape, keyField, keys)).map((row) => [row[keyField], row]));
  return keys.map((key) => rows.get(key)).filter((row) => row !== undefined);
}

export async function readSamples(
  context: Context,
  connectionId: string,
  request: {
    object: string;
    paths: readonly string[];
    filter?: string | undefined;
    limit: number;
    /** Read first, in this order, whether the filter takes them or not. */
    keys?: readonly string[] | undefined;
  },
): Promise<Samples> {
  const known: Record<string, ObjectSchema> = {};
  const open = openOnce(context, connectionId);
  const load = async (object: string): Promise<ObjectSchema | undefined> => {
    const schema = known[object] ?? (await loadSchema(context, connectionId, object, { open }));
    if (schema !== undefined) known[object] = schema;
    return schema;
  };
  const schema = orNotFound(await load(request.object), `Object ${request.object}`);
  const text = request.filter?.trim() ?? "";
  const filterPaths = listFields(text).map((path) => path.join("."));
  const shape = await toReadShape(schema, [...request.paths, ...filterPaths], load);
  const readAll = async (port: SystemPort): Promise<Samples> => {
    const filter = readFilter(text, { record: schema, objects: known, allowLookups: false }, port);
    const wanted = await readWanted(port, shape, schema.keyField, request.keys ?? []);
    const others = await readMatching(
      port,
      {
        shape,
        filter: filter.pushed,
        keyField: schema.keyField,
        stampField: null,
        after: null,
        from: null,
        before: null,
        limit: request.limit,
      },
      filter,
    );
    const matching = filter.exact ? await port.countRows(schema.name, filter.pushed) : null;
    const read = new Set(wanted.map((row) => row[schema.keyField]));
    const rows = [...wanted, ...others.filter((row) => !read.has(row[schema.keyField]))];
    return { rows: rows.slice(0, Math.max(request.limit, wanted.length)), matching };
  };
  return callSystem(context, connectionId, readAll, open);
}
