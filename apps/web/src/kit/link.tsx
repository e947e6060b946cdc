/** Mantine's anchor and button as typed router links. */
import {
  ActionIcon,
  Anchor,
  Button,
  type ActionIconProps,
  type AnchorProps,
  type ButtonProps,
} from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import type { ComponentPropsWithRef } from "react";

type LinkElement = Omit<ComponentPropsWithRef<"a">, "style" | "color" | "type">;

/** A link inside text or a table cell; its box is at least 24 px high. */
export const TextLink = createLink((props: AnchorProps & LinkElement) => (
  <Anchor {...props} inherit underline={props.underline ?? "always"} />
));

export const ButtonLink = createLink((props: ButtonProps & LinkElement) => (
  <Button component="a" {...props} />
));

export const IconLink = createLink((props: ActionIconProps & LinkElement) => (
  <ActionIcon component="a" {...props} />
));
