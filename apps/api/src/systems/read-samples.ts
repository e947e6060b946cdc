/** Sample records for the designer: some rows with the wanted paths, filtered where a filter is given. */
import { compileFormula, evaluateFormula, listFields, type Scope } from "@fieldbridge/formula";
import type { ReadShape, SystemPort } from "@fieldbridge/engine";
import type { ObjectSchema, Row } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { notValid, orNotFound } from "../problem.ts";
import { callSystem, loadSchema } from "./discover.ts";
import { toReadShape } from "./read-shape.ts";

type Context = Pick<AppContext, "db" | "systems">;

/** Records looked through for a filter that matches rarely; the designer must not wait for a whole table. */
const MOST_READ = 2_000;

export interface Samples {
  readonly rows: Row[];
  /** Records that match in all, where the system could count them. */
  readonly matching: number | null;
}

/** Says for a row whether the filter is TRUE; a row on which the filter fails does not match. */
function compileFilter(
  filter: string,
  schema: ObjectSchema,
  objects: Scope["objects"],
): (row: Row) => boolean {
  const compiled = compileFormula(filter, { record: schema, objects, allowLookups: false });
  if (!compiled.ok) throw notValid(compiled.issues.map((issue) => issue.message).join(" "));
  const evaluation = { now: new Date().toISOString(), timeZone: "UTC" };
  return (row) => {
    const result = evaluateFormula(compiled.formula, row, evaluation);
    return result.ok && result.value === true;
  };
}

async function readMatching(
  port: SystemPort,
  schema: ObjectSchema,
  shape: ReadShape,
  matches: (row: Row) => boolean,
  limit: number,
): Promise<Row[]> {
  const rows: Row[] = [];
  const first = {
    shape,
    filter: null,
    keyField: schema.keyField,
    stampField: null,
    from: null,
    before: null,
  };
  let page = await port.readPage({ ...first, after: null, limit });
  for (let read = page.rows.length; ; read += page.rows.length) {
    rows.push(...page.rows.filter(matches));
    if (rows.length >= limit || page.next === null || read >= MOST_READ) return rows.slice(0, limit);
    page = await port.readPage({ ...first, after: page.next, limit: 200, continuation: page.continuation });
  }
}

export async function readSamples(
  context: Context,
  connectionId: string,
  request: { object: string; paths: readonly string[]; filter?: string | undefined; limit: number },
): Promise<Samples> {
  const known: Record<string, ObjectSchema> = {};
  const load = async (object: string): Promise<ObjectSchema | undefined> => {
    const schema = known[object] ?? (await loadSchema(context, connectionId, object));
    if (schema !== undefined) known[object] = schema;
    return schema;
  };
  const schema = orNotFound(await load(request.object), `Object ${request.object}`);
  const filter = request.filter?.trim() ?? "";
  const filterPaths = listFields(filter).map((path) => path.join("."));
  const shape = await toReadShape(schema, [...request.paths, ...filterPaths], load);
  const matches = filter === "" ? () => true : compileFilter(filter, schema, known);
  return callSystem(context, connectionId, async (port) => ({
    rows: await readMatching(port, schema, shape, matches, request.limit),
    matching: filter === "" ? await port.countRows(schema.name, null) : null,
  }));
}
