/**
 * Live results for the studio: every mapping of a possibly unfinished definition on one sample record, at once and
 * without any system. Lookups come from a cache; what it does not have is shown as pending.
 */
import type { EvalContext } from "@fieldbridge/formula";
import type {
  Cell,
  Issue,
  Mappings,
  Row,
  RunParameters,
  TransferDefinition,
  ValueMap,
} from "@fieldbridge/model";
import { checkFormulaAt } from "./check/check-formula-at.ts";
import type { Lookups } from "./lookups.ts";
import { evaluateMapping, type MappedValue } from "./map/evaluate-mapping.ts";
import { withRoots, type EvaluationContext } from "./map/evaluate-planned.ts";
import { readLineRows } from "./map/map-record.ts";
import { planFormula, planMappings } from "./plan/compile-formulas.ts";
import type { PlannedLines, PlannedMapping, TransferContext } from "./plan/transfer-plan.ts";
import { findRelated, scopeForHeader, scopeForLines, toRunRoots, withOwnObjects } from "./scopes.ts";
import { indexValueMaps } from "./values/index-value-maps.ts";

/** `path` as in issues; `line` counts from 0 and is null for the header. */
export interface MappingResult {
  readonly path: string;
  readonly field: string;
  readonly line: number | null;
  /** `left` does not touch the field, `clear` blanks it, `invalid` is a formula that does not compile. */
  readonly state: MappedValue["state"] | "invalid";
  /** The value as the target would store it; null where there is none. */
  readonly value: Cell;
  /** Why a record is skipped, in the formula's words. */
  readonly reason: string | null;
  readonly issues: readonly Issue[];
}

export interface PreparedMappings {
  readonly header: PreparedPart;
  readonly lines: readonly { readonly from: PlannedLines["from"]; readonly part: PreparedPart }[];
}

interface PreparedPart {
  readonly place: string;
  readonly planned: readonly PlannedMapping[];
  readonly invalid: readonly MappingResult[];
}

const prepare = (
  place: string,
  mappings: Mappings,
  target: TransferContext["target"],
  scope: ReturnType<typeof scopeForHeader>,
  context: TransferContext,
): PreparedPart => {
  const planned = target ? planMappings(place, mappings, target, scope) : [];
  const known = new Set(planned.map(({ field }) => field.name));
  const invalid = Object.entries(mappings)
    .filter(([name]) => !known.has(name))
    .map(([name, mapping]): MappingResult => {
      const path = `${place}.${name}`;
      const issues = checkFormulaAt(path, mapping.value, scope, context);
      return { path, field: name, line: null, state: "invalid", value: null, reason: null, issues };
    });
  return { place, planned, invalid };
};

/** Compiles once what `evaluateMappings` then evaluates for every sample. */
export function prepareMappings(
  definition: Pick<TransferDefinition, "mappings" | "lines">,
  context: TransferContext,
): PreparedMappings {
  const { target } = context;
  const header = prepare("mappings", definition.mappings, target, scopeForHeader(context), context);
  const lines = (definition.lines ?? []).map((each): PreparedMappings["lines"][number] => {
    const object = findRelated(target, each.target, "many", withOwnObjects(target, context.targetObjects));
    const place = `lines.${each.target}.mappings`;
    const rows =
      each.rows === undefined ? null : planFormula(`${place}.rows`, each.rows, scopeForHeader(context));
    return {
      from: rows ? { kind: "values", formula: rows } : { kind: "relation", name: each.source ?? "" },
      part: prepare(place, each.mappings, object, scopeForLines(context, each), context),
    };
  });
  return { header, lines };
}

const evaluatePart = (
  part: PreparedPart,
  row: Row,
  line: number | null,
  context: EvaluationContext,
): MappingResult[] => [
  ...part.planned.map((mapping): MappingResult => {
    const result = evaluateMapping(mapping, row, context);
    return {
      path: mapping.formula.path,
      field: mapping.field.name,
      line,
      state: result.state,
      value: result.state === "value" ? result.cell : null,
      reason: result.state === "skipRecord" ? result.reason : null,
      issues: result.state === "value" || result.state === "failed" ? result.issues : [],
    };
  }),
  ...part.invalid.map((each) => ({ ...each, line })),
];

/** Results of header and lines in the author's order; lines row by row. */
export function evaluateMappings(
  prepared: PreparedMappings,
  source: Row,
  given: {
    readonly now: string;
    readonly timeZone?: string | undefined;
    readonly parameters?: RunParameters | undefined;
    readonly valueMaps: readonly ValueMap[];
    /** Answers known from earlier samples or the server. */
    readonly lookup?: Lookups["answer"] | undefined;
    readonly recordUrl?: EvalContext["recordUrl"];
  },
): MappingResult[] {
  const context: EvaluationContext = {
    evaluation: {
      now: given.now,
      timeZone: given.timeZone ?? "UTC",
      roots: toRunRoots(given.now, given.parameters),
      mapValue: indexValueMaps(given.valueMaps).read,
      recordUrl: given.recordUrl,
    },
    lookups: { answer: given.lookup ?? (() => ({ state: "pending" })) },
  };
  const lineContext = withRoots(context, { header: source });
  return [
    ...evaluatePart(prepared.header, source, null, context),
    ...prepared.lines.flatMap(({ from, part }) => {
      const read = readLineRows({ from }, source, context);
      const rows = read.state === "rows" ? read.rows : [];
      return rows.flatMap((row, index) => evaluatePart(part, row, index, lineContext));
    }),
  ];
}
