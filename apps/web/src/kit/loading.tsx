/** Loading in the shape of what comes: nothing for 200 ms, then a skeleton, after 5 s a sentence, after 20 s a way out. */
import { Button, Group, Skeleton, Stack, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { ErrorState } from "./states.tsx";

/** Seconds since mount, counted in the three steps that change what is shown. */
function useWaiting(): "start" | "skeleton" | "sentence" | "long" {
  const [stage, setStage] = useState<"start" | "skeleton" | "sentence" | "long">("start");
  useEffect(() => {
    const timers = [
      setTimeout(() => setStage("skeleton"), 200),
      setTimeout(() => setStage("sentence"), 5_000),
      setTimeout(() => setStage("long"), 20_000),
    ];
    return () => timers.forEach(clearTimeout);
  }, []);
  return stage;
}

export interface LoadingProps {
  /** What is being waited for: "Reading fields of WorkOrder from Field service sandbox". */
  readonly what: string;
  readonly skeleton?: ReactNode;
  readonly onCancel?: () => void;
}

export function Loading({ what, skeleton = <RowsSkeleton />, onCancel }: LoadingProps) {
  const stage = useWaiting();
  return (
    <div aria-busy="true">
      <div style={{ visibility: stage === "start" ? "hidden" : "visible" }} aria-hidden>
        {skeleton}
      </div>
      <output style={{ display: "block" }}>
        {stage === "sentence" || stage === "long" ? (
          <Group mt="sm" gap="sm">
            <Text size="sm" c="dimmed">
              {what}…
            </Text>
            {stage === "long" && onCancel ? (
              <Button variant="default" size="compact-sm" onClick={onCancel}>
                Cancel
              </Button>
            ) : null}
          </Group>
        ) : null}
      </output>
    </div>
  );
}

/** Rows of a table. */
export function RowsSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <Stack gap={8} py={8}>
      {Array.from({ length: rows }, (_, index) => (
        <Skeleton key={index} height={32} radius="sm" />
      ))}
    </Stack>
  );
}

/** A few cards side by side. */
export function CardsSkeleton({ cards = 3, height = 140 }: { cards?: number; height?: number }) {
  return (
    <Group grow align="stretch">
      {Array.from({ length: cards }, (_, index) => (
        <Skeleton key={index} height={height} radius="md" />
      ))}
    </Group>
  );
}

export interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  /** What is shown, as a noun for the error sentence: "Runs". */
  readonly what: string;
  readonly skeleton?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/** The four states of one query. Data that is already there stays on screen above a later error. */
export function Loaded<T>({ query, what, skeleton, children }: LoadedProps<T>) {
  const retry = (): void => void query.refetch();
  if (query.data !== undefined)
    return (
      <>
        {query.isError ? (
          <ErrorState error={query.error} what={`Newer data (${what})`} onRetry={retry} />
        ) : null}
        {children(query.data)}
      </>
    );
  if (query.isError) return <ErrorState error={query.error} what={what} onRetry={retry} />;
  return <Loading what={`Loading ${what.toLowerCase()}`} {...(skeleton === undefined ? {} : { skeleton })} />;
}
