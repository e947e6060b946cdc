/** The left navigation: only what exists. `g` and the letter jump there. */
import { NavLink, Stack, Tooltip } from "@mantine/core";
import { createLink } from "@tanstack/react-router";
import {
  ArrowLeftRight,
  BookOpen,
  CalendarClock,
  CircleAlert,
  House,
  LayoutTemplate,
  LibraryBig,
  Play,
  Plug,
  SquareFunction,
  Workflow,
  type LucideIcon,
} from "lucide-react";
import type { ComponentPropsWithRef } from "react";
import type { NavLinkProps } from "@mantine/core";
import classes from "./shell.module.css";

const RouterNavLink = createLink(
  (props: NavLinkProps & Omit<ComponentPropsWithRef<"a">, "style" | "color">) => (
    <NavLink component="a" {...props} />
  ),
);

export const places = [
  { to: "/", label: "Home", icon: House, letter: "h" },
  { to: "/templates", label: "Templates", icon: LayoutTemplate, letter: "e" },
  { to: "/transfers", label: "Transfers", icon: ArrowLeftRight, letter: "t" },
  { to: "/groups", label: "Groups", icon: Workflow, letter: "o" },
  { to: "/runs", label: "Runs", icon: Play, letter: "r" },
  { to: "/schedules", label: "Schedules", icon: CalendarClock, letter: "s" },
  { to: "/held", label: "Held records", icon: CircleAlert, letter: "d" },
  { to: "/connections", label: "Connections", icon: Plug, letter: "c" },
  { to: "/library/value-maps", label: "Value maps", icon: LibraryBig, letter: "v" },
  { to: "/library/formulas", label: "Formulas", icon: SquareFunction, letter: "f", words: "Named formulas" },
  { to: "/help/functions", label: "Help", icon: BookOpen, letter: "p", words: "Formula functions" },
] as const satisfies readonly {
  to: string;
  label: string;
  icon: LucideIcon;
  letter: string;
  /** What the place holds, for the search, where its label does not say it. */
  words?: string;
}[];

export function Navigation({ narrow, onNavigate }: { narrow: boolean; onNavigate: () => void }) {
  return (
    <Stack gap={2} component="ul" className={classes.nav}>
      {places.map((place) => (
        <li key={place.to}>
          <Tooltip label={place.label} position="right" disabled={!narrow}>
            <RouterNavLink
              to={place.to}
              activeOptions={{ exact: place.to === "/", includeSearch: false }}
              activeProps={{ "aria-current": "page", "data-here": true } as object}
              className={classes.navLink}
              label={narrow ? <span className="fb-hidden">{place.label}</span> : place.label}
              leftSection={<place.icon size={18} aria-hidden />}
              onClick={onNavigate}
            />
          </Tooltip>
        </li>
      ))}
    </Stack>
  );
}
