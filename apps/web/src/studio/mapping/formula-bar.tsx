/**
 * The formula of the focused target field, always in the same place: text, live result, type and what is wrong with
 * it. Reading needs no editor; the editor is loaded when somebody starts to type.
 */
import { Button, Group, Text } from "@mantine/core";
import type { Explanation, FormulaIssue } from "@fieldbridge/formula";
import { CircleAlert, CircleCheck, Info, Pencil, TriangleAlert } from "lucide-react";
import { lazy, Suspense, useId, useState } from "react";
import { FormulaText } from "../../kit/index.ts";
import type { FormulaVocabulary } from "../formula-editor/vocabulary.ts";
import type { TargetRow } from "../graph/rows.ts";
import type { LiveResult } from "../samples/live-result.ts";
import type { SampleRecord } from "../samples/use-samples.ts";
import { ExplainPanel } from "./explain-panel.tsx";
import { typeText } from "./row-words.ts";
import classes from "./formula-bar.module.css";
import { replaceSpan } from "../graph/replace-span.ts";

const FormulaEditor = lazy(() => import("../formula-editor/formula-editor.tsx"));

export interface FormulaBarProps {
  readonly row: TargetRow | null;
  readonly vocabulary: FormulaVocabulary;
  readonly editing: boolean;
  readonly onEditing: (editing: boolean) => void;
  /** Text to start with instead of the stored formula: a constant to type. */
  readonly seed: string | null;
  readonly evaluate: (formula: string) => LiveResult;
  /** The same on all sample records. */
  readonly evaluateAll: (
    formula: string,
  ) => readonly { readonly record: SampleRecord; readonly result: LiveResult }[];
  /** The value of every part for the pinned record. */
  readonly explain: (formula: string) => readonly Explanation[];
  /** The pinned record as people call it. */
  readonly record: string;
  readonly check: (formula: string) => readonly FormulaIssue[];
  readonly onApply: (formula: string) => void;
  /** Focus goes back to the row. */
  readonly onLeave: () => void;
  readonly showAll: boolean;
  readonly onShowAll: (shown: boolean) => void;
}

const looks = { error: CircleAlert, warning: TriangleAlert, hint: Info } as const;

function IssueLine({ issue, onFix }: { issue: FormulaIssue; onFix: (() => void) | null }) {
  const Icon = looks[issue.severity];
  return (
    <Group gap={6} wrap="nowrap" className={classes.issue} data-severity={issue.severity}>
      <Icon size={15} aria-hidden style={{ flex: "none" }} />
      <Text size="sm" truncate title={`${issue.message}\n${issue.hint}`}>
        {issue.message}{" "}
        <Text span c="dimmed" size="xs">
          {issue.code}
        </Text>
      </Text>
      {issue.fix && onFix ? (
        <Button size="compact-sm" variant="default" onClick={onFix} style={{ flex: "none" }}>
          {issue.fix.label}
        </Button>
      ) : null}
    </Group>
  );
}

export function FormulaBar(props: FormulaBarProps) {
  const { row, editing, onEditing, onApply, onLeave } = props;
  const stored = row?.mapping?.value ?? "";
  const labelId = useId();
  const [explained, setExplained] = useState(false);
  /** What was typed, and for which state of which row; anything else starts anew. */
  const origin = `${row?.id ?? ""} ${stored} ${editing ? (props.seed ?? "") : ""}`;
  const [typed, setTyped] = useState<{ readonly of: string; readonly text: string } | null>(null);
  const text = typed?.of === origin ? typed.text : (props.seed ?? stored);
  const setText = (next: string) => setTyped({ of: origin, text: next });
  const isField = row !== null && row.kind === "field";
  const shown = editing ? text : stored;
  const hasText = shown.trim() !== "";
  const issues = isField && hasText ? props.check(shown) : [];
  const isBroken = issues.some((each) => each.severity === "error");
  const result = isField && hasText && !(editing && isBroken) ? props.evaluate(shown) : null;
  const worst = issues.find((each) => each.severity === "error") ?? issues[0] ?? null;
  const leave = () => {
    setTyped(null);
    onEditing(false);
    onLeave();
  };
  const apply = (formula: string) => {
    if (formula !== stored) onApply(formula);
    leave();
  };
  return (
    <section className={classes.bar} aria-label="Formula" data-pane="formula">
      <div className={classes.line}>
        <span className={classes.label} id={labelId}>
          {isField ? row.label : "No field selected"}
          {isField ? <span aria-hidden> =</span> : null}
        </span>
        <div className={classes.editor}>
          {isField && editing ? (
            <Suspense fallback={<span className={classes.text}>{text}</span>}>
              <FormulaEditor
                label={`Formula of ${row.label}`}
                text={text}
                vocabulary={props.vocabulary}
                check={props.check}
                onChange={setText}
                onApply={apply}
                onCancel={leave}
              />
            </Suspense>
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
        {isField && hasText && worst === null ? (
          <span className={classes.ok}>
            <CircleCheck size={15} aria-hidden /> OK
          </span>
        ) : null}
        <Button
          size="xs"
          variant={explained ? "filled" : "default"}
          aria-pressed={explained}
          disabled={!isField}
          onClick={() => setExplained(!explained)}
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
      {worst === null && !editing ? null : (
        <div className={classes.issues} data-editing={editing}>
          {worst === null ? (
            <Text size="xs" c="dimmed">
              Enter or Ctrl+Enter applies, Shift+Enter breaks the line, Ctrl+Space lists fields and functions,
              Esc leaves.
            </Text>
          ) : null}
          {issues.slice(0, editing ? 1 : 3).map((issue) => (
            <IssueLine
              key={`${issue.code}${issue.span?.start ?? ""}${issue.message}`}
              issue={issue}
              onFix={
                issue.fix
                  ? () => {
                      if (!issue.fix) return;
                      const fixed = replaceSpan(shown, issue.fix.span, issue.fix.text);
                      if (editing) setText(fixed);
                      else onApply(fixed);
                    }
                  : null
              }
            />
          ))}
        </div>
      )}
      {explained && isField && hasText ? (
        <ExplainPanel parts={props.explain(shown)} record={props.record} />
      ) : null}
      {props.showAll && isField && hasText ? (
        <section className={classes.all} aria-label="Result for all sample records">
          <table>
            <tbody>
              {[...props.evaluateAll(shown)]
                .sort((a, b) => Number(b.result.kind === "error") - Number(a.result.kind === "error"))
                .map(({ record, result: each }) => (
                  <tr key={record.key} data-kind={each.kind}>
                    <th scope="row">{record.label}</th>
                    <td>
                      {each.text}
                      {each.message ? <span className={classes.message}> {each.message}</span> : null}
                    </td>
                  </tr>
                ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </section>
  );
}
