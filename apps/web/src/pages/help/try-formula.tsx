/** A formula to play with, on the record that the examples use; it runs here with the code that a transfer runs. */
import { Text, Title } from "@mantine/core";
import {
  checkFormula,
  compileFormula,
  evaluateFormula,
  exampleContext,
  exampleRecord,
  exampleScope,
  formatSegment,
  showResult,
} from "@fieldbridge/formula";
import { useState } from "react";
import { FormulaField } from "../../studio/formula-editor/formula-field.tsx";
import { toVocabulary } from "../../studio/formula-editor/vocabulary.ts";
import type { LiveResult } from "../../studio/samples/live-result.ts";
import classes from "./help.module.css";

/** Fields of the example record as people read them; its lines are told of in words. */
const fields = exampleScope.record.fields.map(({ name }) => {
  const cell = exampleRecord[name];
  return [name, typeof cell === "string" ? cell : cell === true ? "TRUE" : "(blank)"] as const;
});

const sampleOf = (path: readonly string[]): string | null => {
  const cell = path.length === 1 ? exampleRecord[path[0] ?? ""] : undefined;
  return typeof cell === "string" ? cell : null;
};
const vocabulary = toVocabulary(exampleScope, sampleOf, formatSegment);

const check = (formula: string) => checkFormula(formula, exampleScope).issues;

function evaluate(formula: string): LiveResult {
  const compiled = compileFormula(formula, exampleScope);
  if (!compiled.ok) return { kind: "error", text: "not a valid formula", message: null, valueMap: null };
  const result = evaluateFormula(compiled.formula, exampleRecord, exampleContext);
  const isError = !result.ok && result.kind === "issue";
  return {
    kind: isError ? "error" : "value",
    text: isError ? result.issue.message : showResult(result),
    message: null,
    valueMap: null,
  };
}

export function TryFormula({ formula }: { formula: string }) {
  const [text, setText] = useState(formula);
  return (
    <section>
      <Title order={3} size="h5" mb={4}>
        Try it
      </Title>
      <FormulaField
        label="Formula on the example record"
        value={text}
        placeholder="Type a formula"
        vocabulary={vocabulary}
        check={check}
        evaluate={evaluate}
        onApply={setText}
      />
      <details className={classes.record}>
        <summary>The example record</summary>
        <dl>
          {fields.map(([name, cell]) => (
            <div key={name}>
              <dt className="fb-mono">{name}</dt>
              <dd>{cell}</dd>
            </div>
          ))}
        </dl>
        <Text size="sm">
          It has three Lines with Quantity, UnitPrice, Discount, Unit and Product. The run started on 19
          November 2026 at 11:15:30 in Copenhagen.
        </Text>
      </details>
    </section>
  );
}
