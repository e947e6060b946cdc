/** A titled part of a page on its own surface. */
import { Box, Group, Paper, Title, type PaperProps } from "@mantine/core";
import { useId, type ReactNode } from "react";

export interface PanelProps extends Omit<PaperProps, "title"> {
  readonly title?: string;
  /** Beside the title, at the end of its line. */
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

export function Panel({ title, actions, children, ...rest }: PanelProps) {
  const id = useId();
  return (
    <Paper
      component="section"
      withBorder
      p="md"
      radius="md"
      bg="var(--fb-panel)"
      style={{ borderColor: "var(--fb-border)" }}
      {...(title === undefined ? {} : { "aria-labelledby": id })}
      {...rest}
    >
      {title === undefined ? null : (
        <Group justify="space-between" mb="sm" gap="xs">
          <Title order={2} size="h4" id={id}>
            {title}
          </Title>
          {actions}
        </Group>
      )}
      <Box>{children}</Box>
    </Paper>
  );
}
