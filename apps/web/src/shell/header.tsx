/** The bar above every page: where this is (environment), what is running, what is held, search, help and theme. */
import { ActionIcon, Burger, Button, Kbd, Menu, Tooltip, useMantineColorScheme } from "@mantine/core";
import { createLink, Link } from "@tanstack/react-router";
import { CircleAlert, Keyboard, LoaderCircle, Moon, Search, Sun, SunMoon } from "lucide-react";
import type { ComponentPropsWithRef } from "react";
import { useApi } from "../api/index.ts";
import { formatCount } from "../format/number.ts";
import { EnvironmentBadge } from "./environment-badge.tsx";
import classes from "./shell.module.css";

const CounterLink = createLink(
  ({ children, ...props }: ComponentPropsWithRef<"a"> & { "data-alert"?: boolean | undefined }) => (
    <a {...props} className={classes.counter}>
      {children}
    </a>
  ),
);

function Counters() {
  const home = useApi("getHome");
  if (!home.data) return null;
  const running = home.data.running.length;
  const held = home.data.openHeld.reduce((sum, each) => sum + each.count, 0);
  return (
    <>
      <CounterLink to="/runs" search={{ state: "running" }}>
        <LoaderCircle size={16} aria-hidden />
        <span>
          {formatCount(running)} <span className={classes.words}>running</span>
        </span>
      </CounterLink>
      <CounterLink to="/held" data-alert={held > 0 || undefined}>
        <CircleAlert size={16} aria-hidden />
        <span>
          {formatCount(held)} <span className={classes.words}>held</span>
        </span>
      </CounterLink>
    </>
  );
}

const schemes = [
  { value: "light", label: "Light", icon: Sun },
  { value: "dark", label: "Dark", icon: Moon },
  { value: "auto", label: "As the system", icon: SunMoon },
] as const;

function ThemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const Icon = schemes.find((scheme) => scheme.value === colorScheme)?.icon ?? SunMoon;
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label="Theme">
          <Icon size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {schemes.map((scheme) => (
          <Menu.Item
            key={scheme.value}
            leftSection={<scheme.icon size={16} aria-hidden />}
            rightSection={colorScheme === scheme.value ? "✓" : null}
            onClick={() => setColorScheme(scheme.value)}
          >
            {scheme.label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

export interface HeaderProps {
  readonly navigationOpen: boolean;
  readonly onNavigation: () => void;
  readonly onSearch: () => void;
  readonly onHelp: () => void;
}

export function Header(props: HeaderProps) {
  return (
    <div className={classes.header}>
      <Burger
        hiddenFrom="navigation"
        size="sm"
        opened={props.navigationOpen}
        onClick={props.onNavigation}
        aria-label={props.navigationOpen ? "Close navigation" : "Open navigation"}
        aria-expanded={props.navigationOpen}
      />
      <Link to="/" className={classes.brand} aria-label="Fieldbridge">
        <img src="/icon.svg" alt="" width={26} height={26} />
        <span className={classes.tabletOnly}>Fieldbridge</span>
      </Link>
      <EnvironmentBadge />
      <div style={{ flex: 1 }} />
      <Button
        variant="default"
        className={`${classes.search} ${classes.wideOnly}`}
        leftSection={<Search size={16} aria-hidden />}
        rightSection={<Kbd size="xs">Ctrl K</Kbd>}
        onClick={props.onSearch}
      >
        Search or jump to
      </Button>
      <ActionIcon
        hiddenFrom="search"
        variant="subtle"
        color="gray"
        size={32}
        aria-label="Search or jump to"
        onClick={props.onSearch}
      >
        <Search size={18} aria-hidden />
      </ActionIcon>
      <Counters />
      <Tooltip label="Keyboard shortcuts (?)">
        <ActionIcon
          variant="subtle"
          color="gray"
          size={32}
          aria-label="Help: keyboard shortcuts"
          onClick={props.onHelp}
          className={classes.tabletOnly}
        >
          <Keyboard size={18} aria-hidden />
        </ActionIcon>
      </Tooltip>
      <ThemeMenu />
    </div>
  );
}
