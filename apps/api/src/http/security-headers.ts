/** Headers that keep the designer's pages to themselves: own scripts only, no framing, no guessing of types. */
import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";

/** CSP sources for the inline scripts of a page, by their hash. */
export const hashInlineScripts = (html: string): string[] =>
  [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(
    ([, script = ""]) => `'sha256-${createHash("sha256").update(script).digest("base64")}'`,
  );

export function registerSecurityHeaders(app: FastifyInstance, indexHtml: string | undefined): void {
  const policy = [
    "default-src 'none'",
    ["script-src 'self'", ...hashInlineScripts(indexHtml ?? "")].join(" "),
    // The component library and the formula editor set styles at run time.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "connect-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
  app.addHook("onRequest", async (_request, reply) => {
    reply.headers({
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "x-frame-options": "DENY",
      "referrer-policy": "no-referrer",
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-resource-policy": "same-origin",
      "permissions-policy": "camera=(), geolocation=(), microphone=()",
    });
  });
  app.addHook("onSend", async (request, reply) => {
    reply.header("x-request-id", request.id);
    if (request.url.startsWith("/api/")) reply.header("cache-control", "no-store");
  });
}
