/** One finding of the formula bar with its Fix. */
import { Button, Group, Text } from "@mantine/core";
import type { FormulaIssue } from "@fieldbridge/formula";
import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import classes from "./formula-bar.module.css";

const looks = { error: CircleAlert, warning: TriangleAlert, hint: Info } as const;

export function FormulaIssueLine({ issue, onFix }: { issue: FormulaIssue; onFix: (() => void) | null }) {
  const Icon = looks[issue.severity];
  return (
    <Group gap={6} wrap="nowrap" className={classes.issue} data-severity={issue.severity}>
      <Icon size={15} aria-hidden style={{ flex: "none" }} />
      <Text size="sm" lineClamp={2} title={`${issue.message}\n${issue.hint}`}>
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
