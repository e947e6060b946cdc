/** The typed shape of a handler for each route of the contract; a route without one does not compile. */
import { routes, type RouteName, type RouteResponse } from "@fieldbridge/model";
import type * as z from "zod";

type Part<N extends RouteName, K extends string> =
  (typeof routes)[N] extends Record<K, infer S extends z.ZodType> ? z.output<S> : undefined;

/** What arrived, already judged by the route's schemas. */
export interface RouteRequest<N extends RouteName> {
  readonly params: Part<N, "params">;
  readonly query: Part<N, "query">;
  readonly body: Part<N, "body">;
}

export type Handler<N extends RouteName> = (request: RouteRequest<N>) => Promise<RouteResponse<N>>;
export type Handlers = { readonly [N in RouteName]: Handler<N> };
