/** The formula bar filled with the field that has the attention: its result on the pinned record and on all samples. */
import { useCallback } from "react";
import type { Lines, Row } from "@fieldbridge/model";
import type { TargetRow } from "../graph/rows.ts";
import type { Live } from "../samples/live.ts";
import { sampleText } from "../samples/use-samples.ts";
import type { SampleResult } from "./all-samples.tsx";
import { FormulaBar, type FormulaBarProps } from "./formula-bar.tsx";
import type { MappingScreen } from "./use-mapping-screen.ts";
import { describeChange, usePreviewedSamples } from "./use-previewed-samples.ts";

export interface FieldFormulaProps extends Pick<
  FormulaBarProps,
  "editing" | "onEditing" | "seed" | "onApply" | "onLeave" | "showAll" | "onShowAll" | "onPickRecord"
> {
  readonly screen: MappingScreen;
  readonly current: TargetRow | null;
}

const firstLineOf = ({ source = "", rows }: Lines, record: Row, headerLive: Live): Row | null => {
  const cell = rows === undefined ? record[source] : headerLive.scatter(rows, record);
  const [first] = Array.isArray(cell) ? cell : [];
  return first ?? null;
};

export function FieldFormula({ screen, current, ...bar }: FieldFormulaProps) {
  const { live, headerLive, row, header, lines, samples, vocabulary } = screen;
  const field = current?.field ?? null;
  const evaluate = useCallback(
    (formula: string) => live.evaluate(formula, row, header, field),
    [live, row, header, field],
  );
  const previews = usePreviewedSamples(screen, bar.showAll);
  const evaluateAll = (formula: string): SampleResult[] => {
    const { fields } = live.check(formula, field);
    return samples.records.map((record) => {
      const own = lines ? firstLineOf(lines, record.row, headerLive) : record.row;
      const parent = lines ? record.row : null;
      const result = live.evaluate(formula, own, parent, field);
      return {
        record,
        result,
        inputs: fields.map((path) => ({
          label: vocabulary.findPath(path)?.label ?? path.join("."),
          value: sampleText(own, parent, path) ?? "(not read)",
        })),
        change: describeChange(previews.get(record.key), current, lines?.target ?? null, result),
      };
    });
  };
  return (
    <FormulaBar
      {...bar}
      row={current}
      vocabulary={vocabulary}
      evaluate={evaluate}
      evaluateAll={evaluateAll}
      typeOf={(formula) => live.check(formula, field).type.name}
      explain={(formula) => live.explain(formula, row, header)}
      record={screen.record?.label ?? "the sample"}
      recordKey={screen.record?.key ?? null}
      check={(formula) => live.check(formula, field).issues}
    />
  );
}
