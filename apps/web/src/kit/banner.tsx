/** A message in the page: what is wrong or done, where, and what to do. Kind is shape, word and colour at once. */
import { Box, Group, Text } from "@mantine/core";
import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import classes from "./banner.module.css";

export type BannerKind = "error" | "warning" | "info" | "success";

const looks = {
  error: { icon: CircleAlert, word: "Error" },
  warning: { icon: TriangleAlert, word: "Warning" },
  info: { icon: Info, word: "Note" },
  success: { icon: CircleCheck, word: "Done" },
} as const;

export interface BannerProps {
  readonly kind: BannerKind;
  readonly title: ReactNode;
  /** Message code such as `MAP-104`. */
  readonly code?: string | null;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** Errors are announced at once, the others politely. */
export function Banner({ kind, title, code, actions, children }: BannerProps) {
  const { icon: Icon, word } = looks[kind];
  return (
    <div className={classes.banner} data-kind={kind} role={kind === "error" ? "alert" : "status"}>
      <Icon size={20} aria-hidden className={classes.icon} />
      <Box style={{ flex: "1 1 220px", minWidth: 0 }}>
        <Text fw={600} style={{ overflowWrap: "anywhere" }}>
          <span className="fb-hidden">{word}: </span>
          {title}
          {code ? (
            <Text span c="dimmed" fw={400} size="sm">
              {" "}
              {code}
            </Text>
          ) : null}
        </Text>
        {children === undefined ? null : <Box mt={2}>{children}</Box>}
      </Box>
      {actions === undefined ? null : <Group gap="xs">{actions}</Group>}
    </div>
  );
}
