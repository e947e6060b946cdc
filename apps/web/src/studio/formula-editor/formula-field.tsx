/** A formula as one field of a form: label, editor, live result and findings with Fix. */
import { Button, Group, Text } from "@mantine/core";
import type { FormulaIssue } from "@fieldbridge/formula";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { useId, useState } from "react";
import { FormulaText } from "../../kit/index.ts";
import { replaceSpan } from "../graph/replace-span.ts";
import type { LiveResult } from "../samples/live-result.ts";
import { FormulaInput, usePreloadedEditor } from "./formula-input.tsx";
import { tidyFormula } from "./tidy-formula.ts";
import { useNamesAsText } from "./use-names-as-text.ts";
import type { FormulaVocabulary } from "./vocabulary.ts";
import classes from "./formula-field.module.css";

export interface FormulaFieldProps {
  readonly label: string;
  /** True hides the label from the eye, for cells of a table. */
  readonly labelHidden?: boolean;
  readonly value: string;
  readonly placeholder: string;
  readonly vocabulary: FormulaVocabulary;
  readonly check: (formula: string) => readonly FormulaIssue[];
  readonly evaluate?: (formula: string) => LiveResult;
  /** Called when the formula is applied, not with every key. */
  readonly onApply: (formula: string) => void;
}

const looks = { error: CircleAlert, warning: TriangleAlert, hint: Info } as const;

export function FormulaField(props: FormulaFieldProps) {
  const { label, value, onApply } = props;
  const [draft, setDraft] = useState<{ readonly of: string; readonly text: string } | null>(null);
  const text = draft?.of === value ? draft.text : null;
  const setText = (next: string | null) => setDraft(next === null ? null : { of: value, text: next });
  const id = useId();
  const [namesAsText] = useNamesAsText();
  usePreloadedEditor();
  const shown = text ?? value;
  const issues = shown.trim() === "" ? [] : props.check(shown);
  const result = shown.trim() === "" ? null : (props.evaluate?.(shown) ?? null);
  const apply = (formula: string) => {
    setText(null);
    const tidy = tidyFormula(formula);
    if (tidy !== value) onApply(tidy);
  };
  return (
    <div>
      <Text size="sm" fw={600} mb={4} id={id} className={props.labelHidden ? "fb-hidden" : undefined}>
        {label}
      </Text>
      {text === null ? (
        <button type="button" className={classes.open} aria-describedby={id} onClick={() => setText(value)}>
          {value === "" ? (
            <Text span size="sm" c="dimmed">
              {props.placeholder}
            </Text>
          ) : (
            <FormulaText formula={value} />
          )}
        </button>
      ) : (
        <FormulaInput
          label={label}
          text={text}
          vocabulary={props.vocabulary}
          expects={null}
          namesAsText={namesAsText}
          check={props.check}
          onChange={setText}
          onApply={apply}
          onCancel={() => setText(null)}
        />
      )}
      {result ? (
        <Text size="xs" c={result.kind === "error" ? "var(--mantine-color-error)" : "dimmed"} mt={4}>
          Sample: {result.text}
        </Text>
      ) : null}
      {issues.map((issue) => {
        const Icon = looks[issue.severity];
        return (
          <Group key={`${issue.code} ${issue.message}`} gap={6} mt={4} wrap="nowrap" align="flex-start">
            <Icon size={15} aria-hidden className={classes.icon} data-severity={issue.severity} />
            <Text size="xs">
              {issue.message}. {issue.hint}
            </Text>
            {issue.fix ? (
              <Button
                size="compact-xs"
                variant="default"
                style={{ flex: "none", minHeight: 24 }}
                onClick={() => {
                  if (issue.fix) apply(replaceSpan(shown, issue.fix.span, issue.fix.text));
                }}
              >
                {issue.fix.label}
              </Button>
            ) : null}
          </Group>
        );
      })}
    </div>
  );
}
