/** Frame of every page: title in the tab and as the one heading, which takes the focus after a change of route. */
import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { useLocation } from "@tanstack/react-router";
import { createContext, use, useEffect, useRef, type ReactNode } from "react";

export interface PageProps {
  readonly title: string;
  /** Text of the browser tab where it says more than the title, such as a percentage. */
  readonly tabTitle?: string;
  /** What stands above the title, usually a link back to the list. */
  readonly above?: ReactNode;
  /** Beside the title, such as a state badge. */
  readonly beside?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  /** Pages with panes use the whole width. */
  readonly wide?: boolean;
  /** Another key moves the focus to the heading again; the path unless given. */
  readonly focusKey?: string;
  readonly children?: ReactNode;
}

/** Sets the tab title while mounted. */
export function useTabTitle(title: string): void {
  useEffect(() => {
    document.title = `${title} · Fieldbridge`;
  }, [title]);
}

/** Answers true once, for the first page of a browser tab; the shell provides it. */
export const FirstPageContext = createContext<() => boolean>(() => false);

/** Focuses the heading on every navigation but the first page load, whose focus belongs to the browser. */
export function useHeadingFocus(key?: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef<string | null>(null);
  const takeFirstPage = use(FirstPageContext);
  const path = useLocation({ select: (location) => location.pathname });
  const target = key ?? path;
  useEffect(() => {
    if (shown.current === target) return;
    shown.current = target;
    if (takeFirstPage() || document.activeElement?.closest("[role=dialog]")) return;
    heading.current?.focus({ preventScroll: true });
  }, [target, takeFirstPage]);
  return heading;
}

export function Page(props: PageProps) {
  useTabTitle(props.tabTitle ?? props.title);
  const heading = useHeadingFocus(props.focusKey);
  return (
    <Stack gap="md" maw={props.wide ? undefined : 1320} mx={props.wide ? 0 : "auto"} w="100%">
      <Box component="header">
        {props.above === undefined ? null : <Box mb={4}>{props.above}</Box>}
        <Group justify="space-between" align="flex-start" gap="sm">
          <Group gap="sm" align="center" style={{ minWidth: 0 }}>
            <Title order={1} ref={heading} tabIndex={-1} style={{ overflowWrap: "anywhere" }}>
              {props.title}
            </Title>
            {props.beside}
          </Group>
          {props.actions === undefined ? null : <Group gap="xs">{props.actions}</Group>}
        </Group>
        {props.description === undefined ? null : (
          <Text c="dimmed" mt={4} maw={780}>
            {props.description}
          </Text>
        )}
      </Box>
      {props.children}
    </Stack>
  );
}
