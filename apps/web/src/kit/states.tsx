/** The empty and error states of a block of data, in its place on the page. */
import { Button, Group, Stack, Text, ThemeIcon, Title } from "@mantine/core";
import { Inbox, RotateCw, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { describeError } from "../api/problem.ts";
import { Banner } from "./banner.tsx";
import { CopyButton } from "./copy-button.tsx";

export interface EmptyStateProps {
  readonly title: string;
  /** What belongs here and why it is empty. */
  readonly children?: ReactNode;
  /** Exactly one primary action. */
  readonly action?: ReactNode;
  readonly icon?: LucideIcon;
}

export function EmptyState({ title, children, action, icon: Icon = Inbox }: EmptyStateProps) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <ThemeIcon size={48} radius="xl" variant="light" color="gray" aria-hidden>
        <Icon size={24} />
      </ThemeIcon>
      <Title order={2} size="h3">
        {title}
      </Title>
      {children === undefined ? null : (
        <Text c="dimmed" maw={520}>
          {children}
        </Text>
      )}
      {action === undefined ? null : <Group mt="xs">{action}</Group>}
    </Stack>
  );
}

export interface ErrorStateProps {
  readonly error: unknown;
  /** What could not be shown or done, as a noun: "Runs", "The preview". */
  readonly what: string;
  readonly onRetry?: () => void;
}

/** What failed, why, and Retry; the details can be copied for support. */
export function ErrorState({ error, what, onRetry }: ErrorStateProps) {
  const { message, code, details } = describeError(error);
  return (
    <Banner
      kind="error"
      title={`${what} could not be loaded`}
      code={code}
      actions={
        <>
          {onRetry === undefined ? null : (
            <Button
              variant="default"
              size="compact-sm"
              leftSection={<RotateCw size={14} aria-hidden />}
              onClick={onRetry}
            >
              Retry
            </Button>
          )}
          <CopyButton text={details} label="Copy details" />
        </>
      }
    >
      <Text size="sm">{message}</Text>
    </Banner>
  );
}

/** A refused action (save, run, test) with its reason and its issues. */
export function ActionError({ error, what }: { error: unknown; what: string }) {
  const { message, code, details } = describeError(error);
  return (
    <Banner
      kind="error"
      title={what}
      code={code}
      actions={<CopyButton text={details} label="Copy details" />}
    >
      <Text size="sm">{message}</Text>
    </Banner>
  );
}
