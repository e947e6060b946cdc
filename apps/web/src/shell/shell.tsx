/** The frame of the designer: skip link, header, navigation, stale bar and the page. */
import { ActionIcon, AppShell, Tooltip } from "@mantine/core";
import { useDisclosure, useHotkeys, useLocalStorage, useMediaQuery } from "@mantine/hooks";
import { Outlet, useNavigate } from "@tanstack/react-router";
import { PanelLeftClose, PanelLeftOpen } from "lucide-react";
import { lazy, Suspense, useCallback, useRef, useState } from "react";
import { FirstPageContext, useSingleKeys } from "../kit/index.ts";
import { Header } from "./header.tsx";
import { Navigation, places } from "./navigation.tsx";
import classes from "./shell.module.css";
import { StaleBar } from "./stale-bar.tsx";

const CommandPalette = lazy(() =>
  import("./command-palette.tsx").then((module) => ({ default: module.CommandPalette })),
);
const ShortcutsDialog = lazy(() =>
  import("./shortcuts-dialog.tsx").then((module) => ({ default: module.ShortcutsDialog })),
);

const RunToasts = lazy(() => import("./run-toasts.tsx").then((module) => ({ default: module.RunToasts })));

/** After `g` the next letter names the place, within this time. */
const chordMs = 1_500;

export function Shell() {
  const navigate = useNavigate();
  const [menuOpen, menu] = useDisclosure(false);
  // What somebody chose holds everywhere; until then the navigation gives way where room is scarce.
  const [chosen, setNarrow] = useLocalStorage<boolean | null>({
    key: "fieldbridge-narrow-navigation",
    defaultValue: null,
    getInitialValueInEffect: false,
  });
  const isScarce = useMediaQuery("(width < 1200px)", false, { getInitialValueInEffect: false });
  const narrow = chosen ?? isScarce;
  const [helpOpen, help] = useDisclosure(false);
  const [paletteTimes, setPaletteTimes] = useState(0);
  const chordAt = useRef(0);
  const isFirstPage = useRef(true);
  const takeFirstPage = useCallback((): boolean => {
    const isFirst = isFirstPage.current;
    isFirstPage.current = false;
    return isFirst;
  }, []);

  const openPalette = (): void => setPaletteTimes((times) => times + 1);
  useHotkeys([["mod+K", openPalette]], []);
  const goTo = (letter: string) => (): boolean => {
    const place = places.find((each) => each.letter === letter);
    const isChord = place !== undefined && Date.now() - chordAt.current < chordMs;
    if (isChord) void navigate({ to: place.to });
    chordAt.current = 0;
    return isChord;
  };
  useSingleKeys({
    "?": help.open,
    g: () => {
      chordAt.current = Date.now();
    },
    ...Object.fromEntries(places.map((place) => [place.letter, goTo(place.letter)])),
  });

  return (
    <AppShell
      header={{ height: 52 }}
      navbar={{ width: narrow ? 64 : 208, breakpoint: "navigation", collapsed: { mobile: !menuOpen } }}
    >
      <a className="fb-skip" href="#main">
        Skip to main content
      </a>
      <AppShell.Header>
        <Header
          navigationOpen={menuOpen}
          onNavigation={menu.toggle}
          onSearch={openPalette}
          onHelp={help.open}
        />
      </AppShell.Header>
      <AppShell.Navbar aria-label="Main" style={{ background: "var(--fb-panel)" }}>
        <Navigation narrow={narrow && !menuOpen} onNavigate={menu.close} />
        <div style={{ flex: 1 }} />
        <Tooltip label={narrow ? "Wide navigation" : "Narrow navigation"} position="right">
          <ActionIcon
            visibleFrom="navigation"
            variant="subtle"
            color="gray"
            size={36}
            m={12}
            aria-label={narrow ? "Wide navigation" : "Narrow navigation"}
            onClick={() => setNarrow(!narrow)}
          >
            {narrow ? <PanelLeftOpen size={18} aria-hidden /> : <PanelLeftClose size={18} aria-hidden />}
          </ActionIcon>
        </Tooltip>
      </AppShell.Navbar>
      <AppShell.Main id="main" tabIndex={-1} className={classes.main}>
        <StaleBar />
        <div className={classes.content}>
          <FirstPageContext value={takeFirstPage}>
            <Outlet />
          </FirstPageContext>
        </div>
        <Suspense fallback={null}>
          <RunToasts />
        </Suspense>
      </AppShell.Main>
      <Suspense fallback={null}>
        {paletteTimes > 0 ? <CommandPalette key={paletteTimes} onHelp={help.open} /> : null}
        {helpOpen ? <ShortcutsDialog opened onClose={help.close} /> : null}
      </Suspense>
    </AppShell>
  );
}
