/** The built designer: files with hashed names stay cached for ever, its one page never, every other path is that page. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import staticFiles from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { notFound } from "../problem.ts";

/** Undefined where the designer was not built. */
export const readIndexHtml = (folder: string): string | undefined => {
  const file = path.join(folder, "index.html");
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
};

/**
 * A path that can only mean a file: one of the built files, or one beside the page such as `/robots.txt`. Deeper paths
 * are pages, whatever dots the names in them have.
 */
const isFilePath = (pathname: string): boolean =>
  pathname.startsWith("/assets/") || /^\/[^/]*\.[^/]*$/.test(pathname);

const sendPage = (reply: FastifyReply, indexHtml: string) =>
  reply.header("cache-control", "no-cache").type("text/html; charset=utf-8").send(indexHtml);

export async function registerWebFiles(
  app: FastifyInstance,
  folder: string,
  indexHtml: string | undefined,
): Promise<void> {
  if (indexHtml !== undefined) {
    app.get("/", { schema: { hide: true } }, (_request, reply) => sendPage(reply, indexHtml));
    await app.register(staticFiles, {
      root: folder,
      index: false,
      wildcard: true,
      cacheControl: false,
      setHeaders: (response, file) => {
        const hashed = path.relative(folder, file).startsWith(`assets${path.sep}`);
        void response.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
      },
    });
  }
  app.setNotFoundHandler((request, reply) => {
    const isPage = request.method === "GET" || request.method === "HEAD";
    const pathname = request.url.split("?")[0] ?? "";
    if (!isPage || pathname.startsWith("/api/") || indexHtml === undefined || isFilePath(pathname))
      throw notFound(`${request.method} ${pathname} does not exist.`);
    return sendPage(reply, indexHtml);
  });
}
