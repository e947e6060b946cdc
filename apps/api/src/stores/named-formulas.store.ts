/** Named formulas of the library; every change counts their version up. */
import {
  libraryFormula,
  namedFormula,
  type LibraryFormula,
  type NamedFormula,
  type StoredFormula,
} from "@fieldbridge/model";
import type pg from "pg";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import { readJson, writeJson } from "./json-text.ts";

const about = libraryFormula.pick({ description: true, tests: true });

interface FormulaRow {
  readonly formula: string;
  readonly about: string;
  readonly version: number;
}

const columns = "formula, about, version";

const toFormula = (row: FormulaRow): StoredFormula => ({
  ...readJson(namedFormula, row.formula),
  ...readJson(about, row.about),
  version: row.version,
});

/** Equal formulas have equal texts: a schema writes its keys in one order. */
const writeFormula = (formula: NamedFormula): string => writeJson(namedFormula.strip().parse(formula));

/** The texts a revision keeps of the formulas it calls. */
export const writeFrozen = (formulas: readonly NamedFormula[]): string =>
  writeJson(formulas.map(writeFormula));

export const readFrozen = (text: string): NamedFormula[] =>
  readJson(z.array(z.string()), text).map((each) => readJson(namedFormula, each));

export async function listNamedFormulas(db: Database): Promise<StoredFormula[]> {
  const { rows } = await db.pool.query<FormulaRow>(`select ${columns} from named_formulas order by name`);
  return rows.map(toFormula);
}

export async function findNamedFormula(db: Database, name: string): Promise<StoredFormula | undefined> {
  const { rows } = await db.pool.query<FormulaRow>(`select ${columns} from named_formulas where name = $1`, [
    name,
  ]);
  return rows.map(toFormula)[0];
}

/** Undefined where the formula is not at `version` any more; 0 means that there must be none yet. */
export async function storeNamedFormula(
  db: Database,
  formula: LibraryFormula,
  version: number,
): Promise<StoredFormula | undefined> {
  const statement =
    version === 0
      ? `insert into named_formulas (name, formula, about, updated_at) values ($1, $2, $3, now())
         on conflict (name) do nothing returning ${columns}`
      : `update named_formulas set formula = $2, about = $3, version = version + 1, updated_at = now()
         where name = $1 and version = $4 returning ${columns}`;
  const { rows } = await db.pool.query<FormulaRow>(statement, [
    formula.name,
    writeFormula(formula),
    writeJson(about.strip().parse(formula)),
    ...(version === 0 ? [] : [version]),
  ]);
  return rows.map(toFormula)[0];
}

/** Changes the body of every formula that `change` makes something else of. */
export async function rewriteBodies(client: pg.ClientBase, change: (body: string) => string): Promise<void> {
  const { rows } = await client.query<{ name: string; formula: string }>(
    "select name, formula from named_formulas order by name for update",
  );
  for (const { name, formula } of rows) {
    const before = readJson(namedFormula, formula);
    const body = change(before.body);
    if (body === before.body) continue;
    await client.query(
      "update named_formulas set formula = $2, version = version + 1, updated_at = now() where name = $1",
      [name, writeFormula({ ...before, body })],
    );
  }
}

export async function removeNamedFormula(db: Database, name: string): Promise<void> {
  await db.prisma.namedFormula.deleteMany({ where: { name } });
}
