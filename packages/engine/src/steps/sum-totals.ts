/**
 * Totals: what this page adds to the sums of both sides that must be equal. Records that were created, updated or are
 * unchanged count; one whose sides cannot both be computed is counted as missing, never left out in silence.
 */
import { add, decimalFromInteger, formatDecimal, parseDecimal, type Decimal } from "@fieldbridge/formula";
import type { Cell, FieldSchema, Row } from "@fieldbridge/model";
import { evaluatePlanned, fitPlanned, withRoots, type EvaluationContext } from "../map/evaluate-planned.ts";
import { settleLookups } from "../map/settle-lookups.ts";
import type { PlannedFormula, PlannedTotal } from "../plan/transfer-plan.ts";
import { readPatiently, toChunks } from "../port-calls.ts";
import { Fault, type TotalDraft } from "../ports.ts";
import type { RecordState } from "../record-state.ts";
import type { RunContext } from "../run-context.ts";
import { toShownText } from "../values/compare-values.ts";

const counted = new Set(["created", "updated", "unchanged"]);

/** A record with both its sides; `target` is null where the target did not show it. */
interface Pair {
  readonly source: Row;
  readonly target: Row | null;
}

interface Amounts {
  readonly by: string | null;
  readonly source: Decimal;
  readonly target: Decimal;
}

const toField = (type: "number" | "text"): FieldSchema => ({
  name: type,
  label: type,
  type,
  nullable: true,
  creatable: false,
  updatable: false,
  filterable: false,
  unique: false,
  required: false,
  custom: false,
});

const numberField = toField("number");
const textField = toField("text");

const targetFieldsOf = (totals: readonly PlannedTotal[]): string[] => [
  ...new Set(
    totals
      .flatMap(({ source, target, by }) => (by ? [source, target, by] : [source, target]))
      .flatMap(({ compiled }) => compiled.fields)
      .flatMap(([root, name]) => (root === "target" && name !== undefined ? [name] : [])),
  ),
];

/** Rows for the records that are known by their links alone; those the target does not show stay missing. */
const readMissing = async (
  keys: readonly string[],
  fields: readonly string[],
  { plan, target, ...context }: RunContext,
): Promise<ReadonlyMap<string, Row>> => {
  const found = new Map<string, Row>();
  const { keyField, name } = plan.target;
  const shape = { object: name, fields: [...new Set([keyField, ...fields])], one: {}, many: {} };
  try {
    for (const chunk of toChunks(keys, target.limits.findBatch))
      for (const row of await readPatiently(context, () => target.readByKeys(shape, keyField, chunk)))
        found.set(toShownText(row[keyField]) ?? "", row);
  } catch (error) {
    // What was written stands, whether its total can be read or not.
    if (!(error instanceof Fault)) throw error;
  }
  return found;
};

const toPairs = async (page: readonly RecordState[], context: RunContext): Promise<Pair[]> => {
  const fields = targetFieldsOf(context.plan.totals);
  const isShown = (row: Row | null | undefined): row is Row =>
    row !== null && row !== undefined && fields.every((name) => row[name] !== undefined);
  const records = page.flatMap((state) =>
    state.action !== null && counted.has(state.action) && state.source !== null
      ? {
          source: state.source,
          row: state.target?.row,
          key: state.target?.key ?? state.link?.targetKey ?? "",
        }
      : [],
  );
  const unknown = records.filter(({ row, key }) => !isShown(row) && key !== "").map(({ key }) => key);
  const read = await readMissing([...new Set(unknown)], fields, context);
  return records.map(({ source, row, key }) => ({
    source,
    target: isShown(row) ? row : (read.get(key) ?? null),
  }));
};

/** Undefined while a lookup is not answered; null where there is no value, or none that fits. */
const evaluateCell = (
  formula: PlannedFormula,
  field: FieldSchema,
  source: Row,
  context: EvaluationContext,
): Cell | undefined => {
  const result = evaluatePlanned(formula, source, context);
  if (result.state === "pending") return undefined;
  if (result.state !== "value") return null;
  const fitted = fitPlanned(result.value, field, formula.path);
  return fitted.ok ? fitted.cell : null;
};

const toDecimal = (cell: Cell): Decimal | null => (typeof cell === "string" ? parseDecimal(cell) : null);

/** Null while a lookup is not answered; `amounts` is null where one side cannot be computed. */
const toAmounts = (
  { source, target }: Pair,
  total: PlannedTotal,
  context: RunContext,
): { readonly by: string | null; readonly amounts: Amounts | null } | null => {
  const rooted = withRoots(context, { target });
  const cells = [
    evaluateCell(total.source, numberField, source, rooted),
    target === null ? null : evaluateCell(total.target, numberField, source, rooted),
    total.by === null ? null : evaluateCell(total.by, textField, source, rooted),
  ] as const;
  const [ours, theirs, group] = cells;
  if (ours === undefined || theirs === undefined || group === undefined) return null;
  const by = typeof group === "string" && group !== "" ? group : null;
  const [left, right] = [toDecimal(ours), toDecimal(theirs)];
  return { by, amounts: left && right ? { by, source: left, target: right } : null };
};

/** Null where the exact sum would need more digits than a decimal has. */
const tryAdd = (left: Decimal, right: Decimal): Decimal | null => {
  try {
    return add(left, right);
  } catch {
    return null;
  }
};

const zero = decimalFromInteger(0);

/** One draft per total and value of `by` on this page. */
export async function sumTotals(page: readonly RecordState[], context: RunContext): Promise<TotalDraft[]> {
  const { totals } = context.plan;
  if (totals.length === 0) return [];
  const pairs = await toPairs(page, context);
  const drafts: TotalDraft[] = [];
  for (const [place, total] of totals.entries()) {
    const results = await settleLookups(pairs, context, (pair) => toAmounts(pair, total, context));
    for (const by of new Set(results.map((each) => each.by))) {
      const ofGroup = results.filter((each) => each.by === by);
      let [source, target, records] = [zero, zero, 0];
      for (const { amounts } of ofGroup) {
        const left = amounts && tryAdd(source, amounts.source);
        const right = amounts && tryAdd(target, amounts.target);
        if (left === null || right === null) continue;
        [source, target] = [left, right];
        records += 1;
      }
      drafts.push({
        total: place,
        by,
        source: formatDecimal(source),
        target: formatDecimal(target),
        records,
        missing: ofGroup.length - records,
      });
    }
  }
  return drafts;
}
