/** The lines of a connection test: what was tried, whether it worked, and what the server answered where it did not. */
import { Code, Stack, Text } from "@mantine/core";
import type { ConnectionCheck } from "@fieldbridge/model";
import { CircleCheck, CircleX } from "lucide-react";
import { formatDuration } from "../../format/time.ts";
import { MarkIcon } from "../../kit/index.ts";
import classes from "./connections.module.css";

export function CheckLines({ checks }: { checks: readonly ConnectionCheck[] }) {
  return (
    <ul className={classes.checks}>
      {checks.map((check) => (
        <li key={check.name}>
          {check.ok ? (
            <MarkIcon icon={CircleCheck} label="Passed" size={18} className={classes.good} />
          ) : (
            <MarkIcon icon={CircleX} label="Failed" size={18} className={classes.bad} />
          )}
          <Stack gap={2} style={{ minWidth: 0 }}>
            <Text size="sm">
              <strong>{check.name}</strong>: {check.message}{" "}
              <Text span c="dimmed" size="xs">
                {formatDuration(check.durationMs)}
              </Text>
            </Text>
            {check.ok || check.answer === undefined ? null : (
              <Code block style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
                {check.answer}
              </Code>
            )}
          </Stack>
        </li>
      ))}
    </ul>
  );
}
