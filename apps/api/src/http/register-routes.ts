/** Turns the contract's route table into Fastify routes: method, path and schemas come from there alone. */
import { problem, routes, type RouteName } from "@fieldbridge/model";
import type { FastifyInstance } from "fastify";
import type { Handler, Handlers, RouteRequest } from "./handlers.ts";

/** Numbers in these bodies are kept as the exact text that was sent. */
const exactNumberRoutes: readonly RouteName[] = ["checkFormula", "evaluateFormula"];

declare module "fastify" {
  interface FastifyContextConfig {
    exactNumbers?: boolean;
  }
}

function registerRoute<N extends RouteName>(app: FastifyInstance, name: N, handler: Handler<N>): void {
  const route: {
    method: string;
    path: string;
    summary: string;
    right: string;
    params?: unknown;
    query?: unknown;
    body?: unknown;
    response: unknown;
  } = routes[name];
  app.route({
    method: route.method,
    url: `/api${route.path}`,
    config: { exactNumbers: exactNumberRoutes.includes(name) },
    schema: {
      operationId: name,
      summary: route.summary,
      tags: [route.path.split("/")[1] ?? ""],
      ...(route.params === undefined ? {} : { params: route.params }),
      ...(route.query === undefined ? {} : { querystring: route.query }),
      ...(route.body === undefined ? {} : { body: route.body }),
      response: { 200: route.response, "4xx": problem, "5xx": problem },
    },
    // The type provider cannot follow a table; the schemas above are the ones `Handler<N>` is made from.
    handler: (request) =>
      handler({
        params: request.params,
        query: request.query,
        body: request.body,
      } as RouteRequest<N>),
  });
}

export function registerRoutes(app: FastifyInstance, handlers: Handlers): void {
  const register = <N extends RouteName>(name: N): void => registerRoute(app, name, handlers[name]);
  for (const name of Object.keys(routes) as RouteName[]) register(name);
}
