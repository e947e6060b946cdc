/** The question a drop on an occupied or unfitting field asks, right where the work is; nothing happens unasked. */
import { Button, Code, Group, Text } from "@mantine/core";
import { useEffect, useRef } from "react";
import type { Choice, GestureResult } from "../graph/to-edit.ts";
import type { LiveResult } from "../samples/live-result.ts";
import classes from "./mapping-tab.module.css";

export interface LinkQuestionProps {
  readonly question: Extract<GestureResult, { kind: "choose" }>;
  readonly evaluate: (formula: string) => LiveResult;
  readonly onChoose: (choice: Choice) => void;
  readonly onCancel: () => void;
}

export function LinkQuestion({ question, evaluate, onChoose, onCancel }: LinkQuestionProps) {
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), [question]);
  useEffect(() => {
    const escape = (event: KeyboardEvent) => {
      if (event.key === "Escape") onCancel();
    };
    window.addEventListener("keydown", escape);
    return () => window.removeEventListener("keydown", escape);
  }, [onCancel]);
  return (
    <div className={classes.question} role="alertdialog" aria-label={question.question}>
      <Text size="sm" fw={600}>
        {question.question}
      </Text>
      <Group gap="xs">
        {question.choices.map((choice, index) => (
          <Button
            key={choice.id}
            ref={index === 0 ? first : null}
            size="compact-sm"
            variant={index === 0 ? "filled" : "default"}
            onClick={() => onChoose(choice)}
          >
            {choice.label}
          </Button>
        ))}
        <Button size="compact-sm" variant="default" onClick={onCancel}>
          Cancel
        </Button>
      </Group>
      <div className={classes.questionPreview}>
        {question.choices.map((choice) => (
          <Text key={choice.id} size="xs" c="dimmed">
            {choice.label}: <Code>{choice.formula}</Code> → {evaluate(choice.formula).text}
          </Text>
        ))}
      </div>
    </div>
  );
}
