/** Scattered lines only: the formula whose values become lines, above their mappings. */
import { FormulaField } from "../formula-editor/formula-field.tsx";
import { useApply } from "../session/studio-context.tsx";
import type { MappingScreen } from "./use-mapping-screen.ts";
import classes from "./mapping-tab.module.css";

export function LinesRows({ screen }: { readonly screen: MappingScreen }) {
  const apply = useApply();
  const { lines, headerLive, headerVocabulary } = screen;
  if (lines?.rows === undefined) return null;
  return (
    <div className={classes.linesRows}>
      <FormulaField
        label="One line for each value of"
        value={lines.rows}
        placeholder='A list of values, such as SPLIT(Tags, ";")'
        vocabulary={headerVocabulary}
        check={(formula) => headerLive.check(formula, null).issues}
        onApply={(rows) =>
          void apply("Change what lines are made of", [
            { type: "set-lines", target: lines.target, lines: { ...lines, rows } },
          ])
        }
      />
    </div>
  );
}
