/** One step of the wizard: open with its content, or one line with its answer and a way back into it. */
import { Button, Group, Text, Title } from "@mantine/core";
import { Check } from "lucide-react";
import { useId, type ReactNode } from "react";
import classes from "./templates.module.css";

export interface StepFrameProps {
  readonly number: number;
  readonly title: string;
  readonly isOpen: boolean;
  readonly isDone: boolean;
  /** What was answered, for the closed step. */
  readonly summary: string;
  readonly onOpen: () => void;
  readonly children: ReactNode;
}

export function StepFrame(props: StepFrameProps) {
  const id = useId();
  return (
    <section
      className={classes.step}
      aria-labelledby={id}
      aria-current={props.isOpen ? "step" : undefined}
      data-open={props.isOpen || undefined}
    >
      <Group gap="sm" wrap="nowrap" className={classes.stepHead}>
        <span className={classes.stepNumber} data-done={props.isDone || undefined} aria-hidden>
          {props.isDone ? <Check size={16} /> : props.number}
        </span>
        <Title order={2} size="h4" id={id}>
          <span className="fb-hidden">
            Step {props.number}
            {props.isDone ? ", done" : ""}:{" "}
          </span>
          {props.title}
        </Title>
        {props.isDone ? (
          <>
            <Text span c="dimmed" size="sm" truncate style={{ flex: 1 }}>
              {props.summary}
            </Text>
            <Button
              variant="subtle"
              size="compact-sm"
              onClick={props.onOpen}
              aria-label={`Change step ${props.number}, ${props.title}`}
            >
              Change
            </Button>
          </>
        ) : null}
      </Group>
      {props.isOpen ? <div className={classes.stepBody}>{props.children}</div> : null}
    </section>
  );
}
