/**
 * The HTTP contract: every route with its rights and schemas, shared by the server, the OpenAPI page and the web
 * client. Errors always have the body `problem`.
 */
import type * as z from "zod";
import { serverRoutes } from "./contract/server-routes.ts";
import { connectionRoutes } from "./contract/connection-routes.ts";
import { templateRoutes } from "./contract/template-routes.ts";
import { transferRoutes } from "./contract/transfer-routes.ts";
import { testRoutes } from "./contract/test-routes.ts";
import { sampleRoutes } from "./contract/sample-routes.ts";
import { memoryRoutes } from "./contract/memory-routes.ts";
import { runRoutes } from "./contract/run-routes.ts";
import { scheduleRoutes } from "./contract/schedule-routes.ts";
import { heldRoutes } from "./contract/held-routes.ts";
import { groupRoutes } from "./contract/group-routes.ts";
import { libraryRoutes } from "./contract/library-routes.ts";

export { problem, right, type Problem, type Right } from "./contract/route.ts";
export { home, type Home } from "./contract/server-routes.ts";
export { heldCounts, type HeldCounts } from "./contract/held-routes.ts";
export { fieldImpact, fieldUse, type FieldImpact, type FieldUse } from "./contract/connection-routes.ts";
export {
  checkResult,
  revision,
  transfer,
  type CheckResult,
  type Revision,
  type Transfer,
} from "./contract/transfer-routes.ts";
export {
  transferCursor,
  type TransferCursor,
  transferLink,
  type TransferLink,
  linkImport,
  type LinkImport,
  linkState,
  pendingRemovals,
  type PendingRemovals,
} from "./contract/memory-routes.ts";
export { group, suggestedOrder, type Group, type SuggestedOrder } from "./contract/group-routes.ts";
export { formulaInput } from "./contract/library-routes.ts";

export const routes = {
  ...serverRoutes,
  ...connectionRoutes,
  ...templateRoutes,
  ...transferRoutes,
  ...testRoutes,
  ...sampleRoutes,
  ...memoryRoutes,
  ...runRoutes,
  ...heldRoutes,
  ...groupRoutes,
  ...scheduleRoutes,
  ...libraryRoutes,
};

export type RouteName = keyof typeof routes;
type RouteOf<N extends RouteName> = (typeof routes)[N];
type Part<N extends RouteName, K extends string> =
  RouteOf<N> extends Record<K, infer S extends z.ZodType> ? S : never;

/** What a caller gives: only the parts that the route has. */
export type RouteInput<N extends RouteName> = (RouteOf<N> extends { params: z.ZodType }
  ? { params: z.input<Part<N, "params">> }
  : { params?: undefined }) &
  (RouteOf<N> extends { query: z.ZodType }
    ? { query?: Partial<z.input<Part<N, "query">>> }
    : { query?: undefined }) &
  (RouteOf<N> extends { body: z.ZodType } ? { body: z.input<Part<N, "body">> } : { body?: undefined });
export type RouteResponse<N extends RouteName> = z.output<RouteOf<N>["response"]>;

/** `GET /api/events`: server-sent events `run` with body `RunEvent`, at most one a second per run. */
export const eventsPath = "/api/events";
