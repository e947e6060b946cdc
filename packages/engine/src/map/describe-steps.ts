/** How each mapping came to its value for one record: for the inspector of a held record and for the preview. */
import type { RecordTrail, Row } from "@fieldbridge/model";
import type { PlannedMapping } from "../plan/transfer-plan.ts";
import type { RecordState } from "../record-state.ts";
import type { RunContext } from "../run-context.ts";
import { showPlanned, withRoots, type EvaluationContext } from "./evaluate-planned.ts";
import { readLineRows } from "./map-record.ts";

type Steps = RecordTrail["steps"];

/** Steps of more lines than this tell a person nothing new. */
const mostLines = 20;

const describe = (
  mappings: readonly PlannedMapping[],
  row: Row,
  place: string,
  context: EvaluationContext,
): Steps =>
  mappings.map(({ field, formula }) => ({
    path: `${place}${field.name}`,
    formula: formula.text,
    value: showPlanned(formula, row, context),
  }));

/** In the order of the definition; lines as `salesInvoiceLines.0.quantity`. Empty where nothing was read. */
export function describeSteps(
  { source }: Pick<RecordState, "source">,
  context: EvaluationContext & Pick<RunContext, "plan">,
): Steps {
  if (source === null) return [];
  const { plan } = context;
  const lineContext = withRoots(context, { header: source });
  return [
    ...describe(plan.mappings, source, "", context),
    ...plan.lines.flatMap((lines) => {
      const read = readLineRows(lines, source, context);
      const rows = read.state === "rows" ? read.rows : [];
      return rows
        .slice(0, mostLines)
        .flatMap((row, index) => describe(lines.mappings, row, `${lines.to}.${index}.`, lineContext));
    }),
  ];
}
