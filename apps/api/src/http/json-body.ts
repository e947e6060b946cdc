/** Reading of JSON bodies. JSON is the only media type, so that no plain form of another site is ever read. */
import type { FastifyInstance } from "fastify";
import { LosslessNumber, parse } from "lossless-json";
import { notValid } from "../problem.ts";

/** A number of the request with every digit it had, told apart from text. */
export const isExactNumber = (value: unknown): value is LosslessNumber => value instanceof LosslessNumber;

const forbidden = /"(?:__proto__|constructor)"\s*:/;

function parseExact(text: string): unknown {
  if (forbidden.test(text)) throw notValid("The body names a property that is not allowed.");
  try {
    return parse(text);
  } catch (error) {
    throw notValid(`The body is not valid JSON: ${error instanceof Error ? error.message : "unreadable"}`);
  }
}

export function registerJsonBody(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  const parsePlain = app.getDefaultJsonParser("error", "error");
  app.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = String(body);
    // A client that always sets the header may send no body where the route takes none.
    if (text === "") return done(null, undefined);
    if (request.routeOptions.config.exactNumbers !== true) return parsePlain(request, text, done);
    try {
      return done(null, parseExact(text));
    } catch (error) {
      return done(error instanceof Error ? error : new Error(String(error)));
    }
  });
}
