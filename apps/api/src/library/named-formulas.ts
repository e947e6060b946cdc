/** Named formulas: stored only while they are sound and their tests pass, and followed to everyone who calls them. */
import { judgeNamedFormula } from "@fieldbridge/engine";
import {
  underAllNames,
  type FormulaUser,
  type FormulaVerdict,
  type Issue,
  type LibraryFormula,
  type NamedFormula,
  type StoredFormula,
} from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { checkDefinition } from "../definitions/check-definition.ts";
import { collectFormulas, collectNamedFormulas } from "../definitions/collect-formulas.ts";
import { changedMeanwhile, inUse, notReady, orNotFound } from "../problem.ts";
import {
  findNamedFormula,
  listNamedFormulas,
  removeNamedFormula,
  storeNamedFormula,
} from "../stores/named-formulas.store.ts";
import { listFrozenFormulas, listTransfers } from "../stores/transfers.store.ts";
import { listValueMaps } from "../stores/value-maps.store.ts";

type Context = Pick<AppContext, "db" | "systems">;

export async function testNamedFormula(context: Context, formula: LibraryFormula): Promise<FormulaVerdict> {
  const [namedFormulas, maps] = await Promise.all([listNamedFormulas(context.db), listValueMaps(context.db)]);
  const valueMaps = underAllNames(maps);
  return judgeNamedFormula(formula, { namedFormulas, valueMaps, now: new Date().toISOString() });
}

export async function saveNamedFormula(
  context: Context,
  formula: LibraryFormula,
  version: number,
): Promise<StoredFormula> {
  const { ok, issues } = await testNamedFormula(context, formula);
  if (!ok)
    throw notReady(
      `${formula.name} was not saved: it has errors, or a test does not pass.`,
      issues.filter((each) => each.severity === "error"),
    );
  const stored = await storeNamedFormula(context.db, formula, version);
  if (stored === undefined)
    throw changedMeanwhile(
      version === 0
        ? `There is a named formula ${formula.name} already.`
        : `${formula.name} was changed or deleted by somebody else since you opened it.`,
    );
  return stored;
}

const calls = (formulas: readonly string[], name: string, library: readonly NamedFormula[]): boolean =>
  collectNamedFormulas(formulas, library).some((each) => each.name === name);

const onlyErrors = (issues: readonly Issue[]): Issue[] => issues.filter((each) => each.severity === "error");

/** Everyone who calls `name`, also through other named formulas; `proposed` is judged in its place. */
export async function listFormulaUsers(
  context: Context,
  name: string,
  proposed?: NamedFormula,
): Promise<FormulaUser[]> {
  const { db } = context;
  const [stored, frozen, transfers, maps] = await Promise.all([
    listNamedFormulas(db),
    listFrozenFormulas(db),
    listTransfers(db, { limit: 10_000 }),
    listValueMaps(db),
  ]);
  const now = stored.find((each) => each.name === name);
  const library = proposed ? [...stored.filter((each) => each.name !== name), proposed] : stored;
  const users: FormulaUser[] = [];
  for (const formula of stored) {
    if (formula.name === name || !calls([formula.body], name, library)) continue;
    const given = { namedFormulas: library, valueMaps: underAllNames(maps), now: new Date().toISOString() };
    users.push({
      kind: "formula",
      id: formula.name,
      name: formula.name,
      inDraft: true,
      issues: onlyErrors(judgeNamedFormula(formula, given).issues),
      published: null,
    });
  }
  for (const { id, name: transferName, definition } of transfers.items) {
    const inDraft = calls(collectFormulas(definition), name, library);
    const published = frozen.get(id)?.find((each) => each.name === name);
    if (!inDraft && published === undefined) continue;
    const issues = inDraft ? await checkDefinition(context, definition, { namedFormulas: library }) : [];
    users.push({
      kind: "transfer",
      id,
      name: transferName,
      inDraft,
      issues: onlyErrors(issues),
      published: published === undefined ? null : isSameFormula(published, now) ? "same" : "earlier",
    });
  }
  return users;
}

const isSameFormula = (left: NamedFormula, right: NamedFormula | undefined): boolean =>
  right !== undefined &&
  left.body === right.body &&
  JSON.stringify(left.parameters) === JSON.stringify(right.parameters);

/** What is published has its own text of it, so that only drafts and other named formulas keep it. */
export async function deleteNamedFormula(context: Context, name: string): Promise<void> {
  orNotFound(await findNamedFormula(context.db, name), `Named formula ${name}`);
  const users = (await listFormulaUsers(context, name)).filter((each) => each.inDraft);
  if (users.length > 0) throw inUse(`${name} is called by ${users.map((each) => each.name).join(", ")}.`);
  await removeNamedFormula(context.db, name);
}
