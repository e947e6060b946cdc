/**
 * Every address of the designer with its typed path and search parameters. Pages are lazy chunks; the address holds
 * every filter, tab and selected row, so each state can be linked and reloaded.
 */
import type { QueryClient } from "@tanstack/react-query";
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { NotFoundPage } from "./shell/not-found-page.tsx";
import { PageError } from "./shell/page-error.tsx";
import { RootError } from "./shell/root-error.tsx";
import { Shell } from "./shell/shell.tsx";
import { PagePending } from "./shell/page-pending.tsx";
import { parseSearch, readSearch, stringifySearch } from "./state/search.ts";

const root = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  component: Shell,
  notFoundComponent: NotFoundPage,
  errorComponent: RootError,
});

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("./pages/home/home-page.tsx"), "HomePage"),
});

const templates = createRoute({
  getParentRoute: () => root,
  path: "/templates",
  validateSearch: readSearch("q"),
  component: lazyRouteComponent(() => import("./pages/templates/templates-page.tsx"), "TemplatesPage"),
});

const template = createRoute({
  getParentRoute: () => root,
  path: "/templates/$id",
  validateSearch: readSearch("step", "record"),
  component: lazyRouteComponent(() => import("./pages/templates/template-page.tsx"), "TemplatePage"),
});

const transfers = createRoute({
  getParentRoute: () => root,
  path: "/transfers",
  validateSearch: readSearch("q", "state", "sort", "new"),
  component: lazyRouteComponent(() => import("./pages/transfers/transfers-page.tsx"), "TransfersPage"),
});

const transfer = createRoute({
  getParentRoute: () => root,
  path: "/transfers/$id",
  beforeLoad: ({ params }) => {
    throw redirect({ to: "/transfers/$id/$tab", params: { ...params, tab: "map" }, replace: true });
  },
});

const transferLinks = createRoute({
  getParentRoute: () => root,
  path: "/transfers/$id/links",
  validateSearch: readSearch("q"),
  component: lazyRouteComponent(() => import("./pages/memory/memory-page.tsx"), "MemoryPage"),
});

/** The studio; its tabs are `filter`, `map`, `writeback`, `behaviour`, `preview`, `history`. */
const studio = createRoute({
  getParentRoute: () => root,
  path: "/transfers/$id/$tab",
  validateSearch: readSearch("field", "record", "lines", "view", "show", "group", "q", "revision"),
  component: lazyRouteComponent(() => import("./studio/studio-page.tsx"), "StudioPage"),
});

const groups = createRoute({
  getParentRoute: () => root,
  path: "/groups",
  validateSearch: readSearch("new"),
  component: lazyRouteComponent(() => import("./pages/groups/groups-page.tsx"), "GroupsPage"),
});

/** `run` is the group run whose members are listed. */
const group = createRoute({
  getParentRoute: () => root,
  path: "/groups/$id",
  validateSearch: readSearch("run"),
  component: lazyRouteComponent(() => import("./pages/groups/group-page.tsx"), "GroupPage"),
});

const runs = createRoute({
  getParentRoute: () => root,
  path: "/runs",
  validateSearch: readSearch("transfer", "state", "failed"),
  component: lazyRouteComponent(() => import("./pages/runs/runs-page.tsx"), "RunsPage"),
});

/** `tab` is the inspector's; `view=all` shows all outcomes, `view=drift` what a compare found, instead of the causes. */
const run = createRoute({
  getParentRoute: () => root,
  path: "/runs/$id",
  validateSearch: readSearch("view", "action", "drift", "q", "cause", "record", "tab"),
  component: lazyRouteComponent(() => import("./pages/runs/run-page.tsx"), "RunPage"),
});

/** `edit` is the schedule in the dialog; `new=1` opens it for another one, of `transfer`. */
const schedules = createRoute({
  getParentRoute: () => root,
  path: "/schedules",
  validateSearch: readSearch("new", "edit", "transfer"),
  component: lazyRouteComponent(() => import("./pages/schedules/schedules-page.tsx"), "SchedulesPage"),
});

const held = createRoute({
  getParentRoute: () => root,
  path: "/held",
  validateSearch: readSearch("transfer", "state", "class", "cause", "age", "who", "record", "tab"),
  component: lazyRouteComponent(() => import("./pages/held/held-page.tsx"), "HeldPage"),
});

const connections = createRoute({
  getParentRoute: () => root,
  path: "/connections",
  component: lazyRouteComponent(() => import("./pages/connections/connections-page.tsx"), "ConnectionsPage"),
});

const newConnection = createRoute({
  getParentRoute: () => root,
  path: "/connections/new",
  validateSearch: readSearch("system"),
  component: lazyRouteComponent(
    () => import("./pages/connections/new-connection-page.tsx"),
    "NewConnectionPage",
  ),
});

const connection = createRoute({
  getParentRoute: () => root,
  path: "/connections/$id",
  validateSearch: readSearch("tab", "object", "q"),
  component: lazyRouteComponent(() => import("./pages/connections/connection-page.tsx"), "ConnectionPage"),
});

const valueMaps = createRoute({
  getParentRoute: () => root,
  path: "/library/value-maps",
  component: lazyRouteComponent(() => import("./pages/library/value-maps-page.tsx"), "ValueMapsPage"),
});

const valueMap = createRoute({
  getParentRoute: () => root,
  path: "/library/value-maps/$name",
  validateSearch: readSearch("q", "add"),
  component: lazyRouteComponent(() => import("./pages/library/value-map-page.tsx"), "ValueMapPage"),
});

const formulas = createRoute({
  getParentRoute: () => root,
  path: "/library/formulas",
  component: lazyRouteComponent(() => import("./pages/library/formulas-page.tsx"), "FormulasPage"),
});

/** `new` is the page of one that is not saved yet: names are written in capitals. */
const formula = createRoute({
  getParentRoute: () => root,
  path: "/library/formulas/$name",
  component: lazyRouteComponent(() => import("./pages/library/formula-page.tsx"), "FormulaPage"),
});

/** `f` is the function that is shown. */
const functionReference = createRoute({
  getParentRoute: () => root,
  path: "/help/functions",
  validateSearch: readSearch("f", "q"),
  component: lazyRouteComponent(() => import("./pages/help/functions-page.tsx"), "FunctionsPage"),
});

const routeTree = root.addChildren([
  home,
  templates,
  template,
  transfers,
  transfer,
  transferLinks,
  studio,
  groups,
  group,
  runs,
  run,
  schedules,
  held,
  connections,
  newConnection,
  connection,
  valueMaps,
  valueMap,
  formulas,
  formula,
  functionReference,
]);

/** The router; pages are loaded when their link is hovered or focused. */
export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: "intent",
    defaultPendingMs: 200,
    defaultErrorComponent: PageError,
    defaultPendingComponent: PagePending,
    defaultNotFoundComponent: NotFoundPage,
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
  });

declare module "@tanstack/react-router" {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
