/**
 * The fence that stands in for sign-in: only programs of this machine, and only our own pages among the browser's.
 * The `Host` check stops names that were re-bound to 127.0.0.1, the origin checks stop other sites' requests.
 */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { notAllowed } from "../problem.ts";

const loopbackNames = new Set(["127.0.0.1", "localhost", "[::1]"]);

const isLoopbackHost = (host: string): boolean => {
  const match = /^(\[[^\]]+\]|[^:]+)(:\d{1,5})?$/.exec(host.toLowerCase());
  return match?.[1] !== undefined && loopbackNames.has(match[1]);
};

/** Our own page, or a program that is no browser. `none` is an address typed by the user. */
function isOwnOrigin(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  const site = request.headers["sec-fetch-site"];
  if (origin !== undefined && origin !== `http://${host}`) return false;
  return site === undefined || site === "same-origin" || site === "none";
}

const isNavigation = (request: FastifyRequest): boolean =>
  request.method === "GET" &&
  request.headers["sec-fetch-mode"] === "navigate" &&
  !request.url.startsWith("/api/");

export function registerLoopbackOnly(app: FastifyInstance): void {
  app.addHook("onRequest", async (request) => {
    if (!isLoopbackHost(request.headers.host ?? ""))
      throw notAllowed("This server answers to 127.0.0.1 and localhost only.");
    // A link from another site (a sandbox page, a mail) may open a page; it may not call the API.
    if (!isOwnOrigin(request) && !isNavigation(request))
      throw notAllowed("Another site's page sent this request.");
  });
}
