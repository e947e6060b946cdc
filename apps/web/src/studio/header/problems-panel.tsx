/** Beside the tabs: the checklist until the first publish, and every finding with a way to its place and its repair. */
import { ActionIcon, Button, Stack, Text, Title, UnstyledButton } from "@mantine/core";
import type { Issue, TransferEdit } from "@fieldbridge/model";
import { CircleCheck, CircleDashed, X } from "lucide-react";
import { IssueText } from "../../kit/index.ts";
import { tabOfIssue } from "../data/use-issues.ts";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";
import { readFieldPlace, type StudioTab } from "../session/studio-url.ts";
import type { ChecklistEntry } from "./checklist.ts";
import { fixIssue } from "./fix-issue.ts";
import classes from "./problems-panel.module.css";

export interface ProblemsPanelProps {
  readonly checklist: readonly ChecklistEntry[];
  readonly onTab: (tab: StudioTab) => void;
  readonly onClose: () => void;
}

const order: Record<Issue["severity"], number> = { error: 0, warning: 1, hint: 2 };

export function ProblemsPanel({ checklist, onTab, onClose }: ProblemsPanelProps) {
  const { issues, goTo } = useStudio();
  const definition = useDefinition();
  const apply = useApply();
  const sorted = [...issues].sort((a, b) => order[a.severity] - order[b.severity]);
  const show = (issue: Issue) => {
    const { scope, target } = readFieldPlace(definition, issue.path, null);
    const tab = tabOfIssue(issue);
    goTo({ tab, scope: tab === "map" ? scope : null, target: tab === "map" ? target : null });
  };
  const repair = (name: string, edit: TransferEdit) => apply(name, [edit]);
  return (
    <aside className={classes.panel} aria-label="Checklist and problems">
      <div className={classes.head}>
        <Title order={2} size="h5">
          Checklist
        </Title>
        <ActionIcon variant="subtle" color="gray" size={28} aria-label="Close checklist" onClick={onClose}>
          <X size={16} aria-hidden />
        </ActionIcon>
      </div>
      <ul className={classes.list}>
        {checklist.map((entry) => (
          <li key={entry.id}>
            <UnstyledButton className={classes.entry} onClick={() => onTab(entry.tab)}>
              {entry.done ? (
                <CircleCheck size={16} aria-hidden className={classes.done} />
              ) : (
                <CircleDashed size={16} aria-hidden className={classes.open} />
              )}
              <span>{entry.text}</span>
              <span className="fb-hidden">{entry.done ? "done" : "open"}</span>
            </UnstyledButton>
          </li>
        ))}
      </ul>
      <Title order={2} size="h5" px="md" pt="sm">
        Problems ({issues.length})
      </Title>
      {issues.length === 0 ? (
        <Text size="sm" c="dimmed" px="md" py={6}>
          Nothing to repair.
        </Text>
      ) : (
        <ul className={classes.list}>
          {sorted.map((issue) => {
            const fix = fixIssue(issue, definition);
            return (
              <li key={`${issue.code} ${issue.path} ${issue.message}`} className={classes.issue}>
                <IssueText
                  issue={issue}
                  action={
                    <Stack gap={4} align="flex-start" mt={2}>
                      <Button size="compact-sm" variant="default" onClick={() => show(issue)}>
                        Show
                      </Button>
                      {fix ? (
                        <Button size="compact-sm" variant="light" onClick={() => repair(fix.name, fix.edit)}>
                          {fix.label}
                        </Button>
                      ) : null}
                    </Stack>
                  }
                />
              </li>
            );
          })}
        </ul>
      )}
    </aside>
  );
}
