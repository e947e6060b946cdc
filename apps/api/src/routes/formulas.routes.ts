/** Formulas checked and evaluated without a transfer, for the editor and for other programs. */
import {
  checkFormula,
  compileFormula,
  evaluateFormula,
  toCell,
  type EvalContext,
  type FormulaIssue,
  type Scope,
  type Value,
} from "@fieldbridge/formula";
import {
  formulaInput,
  toIssue,
  underAllNames,
  type Issue,
  type NamedFormula,
  type ValueMap,
} from "@fieldbridge/model";
import * as z from "zod";
import type { AppContext } from "../app-context.ts";
import { givenField, readRecord } from "../formulas/read-record.ts";
import type { Handlers } from "../http/handlers.ts";
import { notValid } from "../problem.ts";
import { listNamedFormulas } from "../stores/named-formulas.store.ts";
import { listValueMaps } from "../stores/value-maps.store.ts";

type FormulaInput = z.output<typeof formulaInput>;

const toModelIssue = (found: FormulaIssue): Issue => ({
  code: found.code,
  severity: found.severity,
  path: "formula",
  message: found.message,
  hint: found.hint,
  ...(found.span && { span: found.span }),
  ...(found.fix && { fix: found.fix }),
  ...(found.valueMap && { valueMap: found.valueMap }),
});

interface Library {
  readonly valueMaps: readonly ValueMap[];
  readonly namedFormulas: readonly NamedFormula[];
}

async function loadLibrary({ db }: AppContext): Promise<Library> {
  const [maps, namedFormulas] = await Promise.all([listValueMaps(db), listNamedFormulas(db)]);
  return { valueMaps: underAllNames(maps), namedFormulas };
}

function readInput(body: FormulaInput, { valueMaps, namedFormulas }: Library) {
  const fields = z.array(givenField).optional().safeParse(body.fields);
  if (!fields.success)
    throw notValid(
      "Each field needs at least a name and a type.",
      fields.error.issues.map((each) => toIssue("API-902", ["fields", ...each.path].join("."), each.message)),
    );
  const record = readRecord(body.record ?? {}, fields.data);
  const scope: Scope = {
    record: record.shape,
    objects: record.objects,
    valueMaps: valueMaps.map((map) => map.name),
    namedFormulas,
  };
  return { record, scope };
}

function readTimeZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    throw notValid(`"${timeZone}" is not a time zone; write it like Europe/Copenhagen.`);
  }
}

function readNow(now: string | undefined): string {
  if (now === undefined) return new Date().toISOString();
  if (!z.iso.datetime({ offset: true }).safeParse(now).success)
    throw notValid(`"${now}" is not an instant; write it like 2026-11-20T09:30:00Z.`);
  return now.endsWith("Z") ? now : new Date(now).toISOString();
}

const toMapReader =
  (maps: readonly ValueMap[]): NonNullable<EvalContext["mapValue"]> =>
  (name, key) => {
    const map = maps.find((each) => each.name === name);
    return map?.entries.find((entry) => entry.from === key)?.to ?? map?.default;
  };

const toAnswer = (value: Value): unknown =>
  value !== null && typeof value === "object" && value.kind === "list"
    ? value.items.map(toAnswer)
    : toCell(value);

/** The value's own type, where the formula alone does not tell. */
function toTypeName(value: Value): string {
  if (value === null) return "unknown";
  if (typeof value === "boolean") return "boolean";
  return typeof value === "string" ? "text" : value.kind;
}

export const formulaHandlers = (context: AppContext): Pick<Handlers, "checkFormula" | "evaluateFormula"> => ({
  checkFormula: async ({ body }) => {
    const { scope } = readInput(body, await loadLibrary(context));
    const { ok, type, canBeBlank, issues } = checkFormula(body.formula, scope);
    return { ok, type: type.name, canBeBlank, issues: issues.map(toModelIssue) };
  },

  evaluateFormula: async ({ body }) => {
    const library = await loadLibrary(context);
    const timeZone = readTimeZone(body.timeZone ?? "UTC");
    const now = readNow(body.now);
    const { record, scope } = readInput(body, library);
    const compiled = compileFormula(body.formula, scope);
    if (!compiled.ok) return { ok: false, issues: compiled.issues.map(toModelIssue) };
    const result = evaluateFormula(compiled.formula, record.row, {
      now,
      timeZone,
      mapValue: toMapReader(library.valueMaps),
    });
    if (result.ok) {
      const known = compiled.formula.type.name;
      const type = known === "unknown" ? toTypeName(result.value) : known;
      return { ok: true, value: toAnswer(result.value), type };
    }
    switch (result.kind) {
      case "issue":
        return { ok: false, issues: [toModelIssue(result.issue)] };
      case "pending":
        return {
          ok: false,
          issues: [toIssue("API-905", "formula", "Looking something up needs a transfer; preview it there.")],
        };
      case "special":
        if (result.special.kind === "fail")
          return { ok: false, issues: [toIssue("RUN-703", "formula", result.special.message)] };
        return { ok: true, value: result.special, type: "special" };
    }
  },
});
