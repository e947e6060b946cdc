/** One issue as every screen shows it: what is wrong, where, what to do, with its code. */
import { Group, Stack, Text } from "@mantine/core";
import type { Issue } from "@fieldbridge/model";
import { CircleAlert, Lightbulb, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

const severities = {
  error: {
    icon: CircleAlert,
    word: "Error",
    color: "light-dark(var(--mantine-color-red-8), var(--mantine-color-red-4))",
  },
  warning: {
    icon: TriangleAlert,
    word: "Warning",
    color: "light-dark(var(--mantine-color-yellow-8), var(--mantine-color-yellow-4))",
  },
  hint: {
    icon: Lightbulb,
    word: "Hint",
    color: "light-dark(var(--mantine-color-blue-8), var(--mantine-color-blue-4))",
  },
} as const;

export function IssueText({ issue, action }: { issue: Issue; action?: ReactNode }) {
  const { icon: Icon, word, color } = severities[issue.severity];
  return (
    <Group align="flex-start" gap="xs" wrap="nowrap">
      <Icon size={18} aria-hidden style={{ color, flex: "none", marginTop: 2 }} />
      <Stack gap={2} style={{ minWidth: 0 }}>
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          <Text span fw={600}>
            {word}
          </Text>{" "}
          {issue.message}{" "}
          <Text span c="dimmed" size="xs">
            {issue.code}
          </Text>
        </Text>
        {issue.hint === "" ? null : (
          <Text size="sm" c="dimmed">
            {issue.hint}
          </Text>
        )}
        {action}
      </Stack>
    </Group>
  );
}
