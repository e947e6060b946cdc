/** The formula bar filled with the field that has the attention: its result on the pinned record and on all samples. */
import { useCallback } from "react";
import type { TargetRow } from "../graph/rows.ts";
import { FormulaBar, type FormulaBarProps } from "./formula-bar.tsx";
import type { MappingScreen } from "./use-mapping-screen.ts";

export interface FieldFormulaProps extends Pick<
  FormulaBarProps,
  "editing" | "onEditing" | "seed" | "onApply" | "onLeave" | "showAll" | "onShowAll"
> {
  readonly screen: MappingScreen;
  readonly current: TargetRow | null;
}

const firstOf = (cell: unknown) => (Array.isArray(cell) ? (cell[0] ?? null) : null);

export function FieldFormula({ screen, current, ...bar }: FieldFormulaProps) {
  const { live, row, header, lines, samples } = screen;
  const field = current?.field ?? null;
  const evaluate = useCallback(
    (formula: string) => live.evaluate(formula, row, header, field),
    [live, row, header, field],
  );
  return (
    <FormulaBar
      {...bar}
      row={current}
      vocabulary={screen.vocabulary}
      evaluate={evaluate}
      evaluateAll={(formula) =>
        samples.records.map((record) => ({
          record,
          result: lines
            ? live.evaluate(formula, firstOf(record.row[lines.source]), record.row, field)
            : live.evaluate(formula, record.row, null, field),
        }))
      }
      explain={(formula) => live.explain(formula, row, header)}
      record={screen.record?.label ?? "the sample"}
      check={(formula) => live.check(formula, field).issues}
    />
  );
}
