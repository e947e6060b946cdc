/**
 * The formula of the focused target field, always in the same place: text, live result, type and what is wrong with
 * it. Reading needs no editor; the editor is loaded when somebody starts to type.
 */
import { Button, Text, UnstyledButton } from "@mantine/core";
import type { Explanation, FormulaIssue } from "@fieldbridge/formula";
import { CircleCheck, Pencil } from "lucide-react";
import { useDeferredValue, useId, useRef, useState } from "react";
import { FormulaText } from "../../kit/index.ts";
import { FormulaInput, usePreloadedEditor } from "../formula-editor/formula-input.tsx";
import type { TextSelection } from "../formula-editor/plain-formula-input.tsx";
import { tidyFormula } from "../formula-editor/tidy-formula.ts";
import { useNamesAsText } from "../formula-editor/use-names-as-text.ts";
import type { FormulaVocabulary } from "../formula-editor/vocabulary.ts";
import type { TargetRow } from "../graph/rows.ts";
import type { LiveResult } from "../samples/live-result.ts";
import { AllSamples, type SampleResult } from "./all-samples.tsx";
import { ExplainPanel } from "./explain-panel.tsx";
import { FormulaIssueLine } from "./formula-issue.tsx";
import { describeFieldType, typeText } from "./row-words.ts";
import { UnknownMapValues } from "./unknown-map-values.tsx";
import { useKeptFocus } from "./use-kept-focus.ts";
import classes from "./formula-bar.module.css";
import { replaceSpan } from "../graph/replace-span.ts";

export interface FormulaBarProps {
  readonly row: TargetRow | null;
  readonly vocabulary: FormulaVocabulary;
  readonly editing: boolean;
  readonly onEditing: (editing: boolean) => void;
  /** Text to start with instead of the stored formula: a constant to type. */
  readonly seed: string | null;
  readonly evaluate: (formula: string) => LiveResult;
  /** The same on all sample records. */
  readonly evaluateAll: (formula: string) => readonly SampleResult[];
  /** Type of the result in words. */
  readonly typeOf: (formula: string) => string;
  readonly onPickRecord: (key: string) => void;
  /** The value of every part for the pinned record. */
  readonly explain: (formula: string) => readonly Explanation[];
  /** The record shown, as people call it. */
  readonly record: string;
  readonly recordKey: string | null;
  readonly check: (formula: string) => readonly FormulaIssue[];
  readonly onApply: (formula: string) => void;
  /** `toRow` says that the focus goes back to the row; else it is elsewhere already. */
  readonly onLeave: (toRow: boolean) => void;
  readonly showAll: boolean;
  readonly onShowAll: (shown: boolean) => void;
}

export function FormulaBar(props: FormulaBarProps) {
  const { row, editing, onEditing, onApply, onLeave } = props;
  const stored = row?.mapping?.value ?? "";
  const labelId = useId();
  const [explained, setExplained] = useState(false);
  const [namesAsText, setNamesAsText] = useNamesAsText();
  const [replacement, setReplacement] = useState<{ readonly text: string } | null>(null);
  const [selected, setSelected] = useState<TextSelection | null>(null);
  const bar = useRef<HTMLElement>(null);
  useKeptFocus(bar, editing);
  usePreloadedEditor();
  /** What was typed, and for which state of which row; anything else starts anew. */
  const origin = `${row?.id ?? ""} ${stored} ${editing ? (props.seed ?? "") : ""}`;
  const [typed, setTyped] = useState<{ readonly of: string; readonly text: string } | null>(null);
  const text = typed?.of === origin ? typed.text : (props.seed ?? stored);
  const setText = (next: string) => setTyped({ of: origin, text: next });
  const isField = row !== null && row.kind === "field";
  // What is computed from the formula may come a moment later; the next key may not.
  const shown = useDeferredValue(editing ? text : stored);
  const hasText = shown.trim() !== "";
  const issues = isField && hasText ? [...props.check(shown)].sort(bySeverity) : [];
  const [worst = null] = issues;
  const isBroken = worst?.severity === "error";
  const result = isField && hasText && !(editing && isBroken) ? props.evaluate(shown) : null;
  // Only these can miss a value that the record on the screen does not have.
  const usesMap = isField && !isBroken && /\bMAPVALUE\s*\(/i.test(shown);
  const mapped = usesMap ? props.evaluateAll(shown).map((each) => each.result) : [];
  const hasUnknown = mapped.some((each) => each.valueMap !== null);
  const leave = (toRow: boolean) => {
    setTyped(null);
    setSelected(null);
    setReplacement(null);
    onEditing(false);
    onLeave(toRow);
  };
  const apply = (formula: string, by: "key" | "focus") => {
    const tidy = tidyFormula(formula);
    if (tidy !== stored) onApply(tidy);
    leave(by === "key");
  };
  const fix = (issue: FormulaIssue) => {
    if (!issue.fix) return;
    const fixed = replaceSpan(shown, issue.fix.span, issue.fix.text);
    if (!editing) return onApply(fixed);
    setText(fixed);
    setReplacement({ text: fixed });
  };
  return (
    <section className={classes.bar} aria-label="Formula" data-pane="formula" ref={bar}>
      <div className={classes.line}>
        <span className={classes.label} id={labelId}>
          {isField ? row.label : "No field selected"}
          {isField ? <span aria-hidden> =</span> : null}
        </span>
        <div className={classes.editor}>
          {isField && editing ? (
            <FormulaInput
              key={origin}
              label={`Formula of ${row.label}`}
              text={text}
              vocabulary={props.vocabulary}
              expects={row.field?.type ?? null}
              namesAsText={namesAsText}
              select={selected}
              replacement={replacement}
              check={props.check}
              onChange={setText}
              onApply={apply}
              onCancel={() => leave(true)}
            />
          ) : (
            <button
              type="button"
              className={classes.open}
              disabled={!isField || (row.readOnly && row.mapping === null)}
              aria-describedby={labelId}
              onClick={() => onEditing(true)}
            >
              {stored === "" ? (
                <Text span size="sm" c="dimmed">
                  {!isField
                    ? "Select a target field to see and edit its formula"
                    : row.readOnly
                      ? "Read-only in the target"
                      : "Not mapped. Type a formula, drag a field here or press L to link."}
                </Text>
              ) : (
                <FormulaText formula={stored} />
              )}
              {isField && !row.readOnly ? <Pencil size={14} aria-hidden className={classes.pencil} /> : null}
            </button>
          )}
        </div>
        <div className={classes.result} data-kind={result?.kind} title={result?.message ?? undefined}>
          {result ? (
            <>
              <span aria-hidden>→ </span>
              <span className="fb-hidden">Result </span>
              {result.text}
            </>
          ) : null}
        </div>
        <span className={classes.type}>{isField && row.field ? typeText(row.field) : ""}</span>
        {isField && hasText && worst === null && result?.kind !== "error" ? (
          <span className={classes.ok}>
            <CircleCheck size={15} aria-hidden /> OK
          </span>
        ) : null}
        <Button
          size="xs"
          variant={explained && !props.showAll ? "filled" : "default"}
          aria-pressed={explained && !props.showAll}
          disabled={!isField}
          onClick={() => {
            // One panel at a time: both would leave no room for the fields.
            setExplained(props.showAll || !explained);
            props.onShowAll(false);
          }}
          title="The value of every part of the formula"
        >
          Explain
        </Button>
        <Button
          size="xs"
          variant={props.showAll ? "filled" : "default"}
          aria-pressed={props.showAll}
          disabled={!isField}
          onClick={() => props.onShowAll(!props.showAll)}
          title="Result for all sample records (Alt+V)"
        >
          All samples
        </Button>
      </div>
      {worst === null && !editing && !hasUnknown ? null : (
        <div className={classes.issues} data-editing={editing}>
          {issues.slice(0, editing ? 1 : 3).map((issue) => (
            <FormulaIssueLine
              key={`${issue.code}${issue.span?.start ?? ""}${issue.message}`}
              issue={issue}
              onFix={issue.fix ? () => fix(issue) : null}
            />
          ))}
          {hasUnknown ? <UnknownMapValues results={mapped} /> : null}
          {editing ? (
            <div className={classes.hint}>
              <span>
                {row?.field ? `${describeFieldType(row.field)}. ` : ""}Enter applies, Shift+Enter breaks the
                line, Ctrl+Space lists fields and functions, Esc leaves.
              </span>
              <UnstyledButton aria-pressed={namesAsText} onClick={() => setNamesAsText(!namesAsText)}>
                Show names as text
              </UnstyledButton>
            </div>
          ) : null}
        </div>
      )}
      {explained && !props.showAll && isField && hasText ? (
        <ExplainPanel
          parts={props.explain(shown)}
          record={props.record}
          onSelect={(part) => {
            setSelected({ start: part.start, end: part.end });
            onEditing(true);
          }}
        />
      ) : null}
      {props.showAll && isField && hasText ? (
        <AllSamples
          results={props.evaluateAll(shown)}
          type={props.typeOf(shown)}
          pinned={props.recordKey}
          onPick={props.onPickRecord}
        />
      ) : null}
    </section>
  );
}

const severities = ["error", "warning", "hint"];
const bySeverity = (a: FormulaIssue, b: FormulaIssue): number =>
  severities.indexOf(a.severity) - severities.indexOf(b.severity);
