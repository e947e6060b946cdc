/** "Edit and re-run": the corrections of a person are judged, stored with who and when, and tried once. */
import { findOwnSource, type CorrectedValue } from "@fieldbridge/engine";
import type { Cell, FieldSchema, FieldTypeName, HeldRecordDetail, Row, Run } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { notReady, notValid, orNotFound } from "../problem.ts";
import { insertEdit } from "../stores/held-edits.store.ts";
import { findHeld } from "../stores/held.store.ts";
import { findRevision, findTransfer } from "../stores/transfers.store.ts";
import { loadSchema } from "../systems/discover.ts";
import { rerunHeld } from "./start-run.ts";

const isRow = (cell: Cell | undefined): cell is Row =>
  typeof cell === "object" && cell !== null && !Array.isArray(cell);

/** Undefined where the record has no such place. */
const findValue = (source: Row, path: readonly string[]): Cell | undefined =>
  path.reduce<Cell | undefined>((cell, name) => {
    if (Array.isArray(cell)) return /^\d+$/.test(name) ? cell[Number(name)] : undefined;
    return isRow(cell) && Object.hasOwn(cell, name) ? cell[name] : undefined;
  }, source);

const texts: Partial<Record<FieldTypeName, { readonly pattern: RegExp; readonly words: string }>> = {
  number: { pattern: /^-?\d{1,60}(\.\d{1,60})?$/, words: "a number such as 1250.50" },
  date: { pattern: /^\d{4}-\d{2}-\d{2}$/, words: "a date such as 2026-11-20" },
  datetime: {
    pattern: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/,
    words: "an instant such as 2026-11-20T08:00:00Z",
  },
  time: { pattern: /^\d{2}:\d{2}:\d{2}(\.\d{1,9})?$/, words: "a time such as 08:30:00" },
};

function checkType(path: string, type: FieldTypeName, value: Cell): void {
  if (value === null) return;
  if ((type === "boolean") !== (typeof value === "boolean"))
    throw notValid(`${path} takes ${type === "boolean" ? "true or false" : "text"}.`);
  const rule = texts[type];
  if (rule === undefined || typeof value !== "string") return;
  const isReal = type === "number" || type === "time" || !Number.isNaN(Date.parse(value));
  if (!rule.pattern.test(value) || !isReal) throw notValid(`${path} takes ${rule.words}.`);
}

type Context = Pick<AppContext, "db" | "queue" | "systems">;

/** The field a path leads to, over relations and places of lines. */
async function findField(
  context: Context,
  { connection, object }: { readonly connection: string; readonly object: string },
  path: readonly string[],
): Promise<FieldSchema | undefined> {
  const [head, ...rest] = path.filter((name) => !/^\d+$/.test(name));
  const schema = await loadSchema(context, connection, object);
  if (rest.length === 0) return schema?.fields.find((field) => field.name === head);
  const relation = schema?.relations.find((each) => each.name === head);
  return relation && findField(context, { connection, object: relation.object }, rest);
}

async function toCorrection(
  context: Context,
  end: { readonly connection: string; readonly object: string },
  source: Row,
  path: string,
  after: Cell,
): Promise<CorrectedValue> {
  const names = path.split(".");
  const before = findValue(source, names);
  const field = before === undefined ? undefined : await findField(context, end, names);
  if (before === undefined || field === undefined) throw notValid(`The record has no value at ${path}.`);
  checkType(path, field.type, after);
  return { path, before, after };
}

export async function editHeld(
  context: Context,
  id: string,
  edit: { readonly values: Readonly<Record<string, string | boolean | null>>; readonly by: string },
): Promise<{ held: HeldRecordDetail; runs: Run[] }> {
  const { db } = context;
  const held = orNotFound(await findHeld(db, id), `Held record ${id}`);
  if (held.state !== "open") throw notValid(`The record is ${held.state} already.`);
  // A correction counts against the value of the source, not against the one it was tried with last.
  const { source } = findOwnSource(held);
  if (held.step !== "record" || source === null)
    throw notValid("There is no source record to correct; only its write-back or its reading failed.");
  const { name, published } = orNotFound(
    await findTransfer(db, held.transferId),
    `Transfer ${held.transferId}`,
  );
  if (published === null) throw notReady(`"${name}" is not published.`);
  const { definition } = orNotFound(
    await findRevision(db, held.transferId, published),
    `Revision ${published}`,
  );
  const values: CorrectedValue[] = [];
  for (const [path, after] of Object.entries(edit.values))
    values.push(await toCorrection(context, definition.source, source, path, after));
  await insertEdit(db, id, { by: edit.by, values });
  const runs = await rerunHeld(context, [id]);
  return { held: orNotFound(await findHeld(db, id), `Held record ${id}`), runs };
}
