/** The HTTP server as an object: nothing listens yet, so tests send requests straight into it. */
import { randomUUID } from "node:crypto";
import Fastify, { type FastifyInstance, type FastifyServerOptions } from "fastify";
import { serializerCompiler, validatorCompiler } from "fastify-type-provider-zod";
import type { RunChanges } from "../runs/run-changes.ts";
import { registerErrorAnswers } from "./error-answers.ts";
import { registerEvents } from "./events.ts";
import type { Handlers } from "./handlers.ts";
import { registerJsonBody } from "./json-body.ts";
import { registerLoopbackOnly } from "./loopback-only.ts";
import { registerOpenApi } from "./openapi.ts";
import { registerRoutes } from "./register-routes.ts";
import { registerSecurityHeaders } from "./security-headers.ts";
import { readIndexHtml, registerWebFiles } from "./web-files.ts";

/** Value maps of 100,000 entries must fit; nothing else comes near. */
const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

export async function buildApp(options: {
  handlers: Handlers;
  changes: RunChanges;
  version: string;
  /** Folder of the built designer; it may be missing. */
  webFolder: string;
  logger: FastifyServerOptions["logger"];
}): Promise<FastifyInstance> {
  const app = Fastify({
    logger: options.logger ?? false,
    bodyLimit: BODY_LIMIT_BYTES,
    // Ids of our own only: one from outside could be used to confuse the log.
    requestIdHeader: false,
    genReqId: () => randomUUID().slice(0, 13),
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 400 },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  const indexHtml = readIndexHtml(options.webFolder);
  registerSecurityHeaders(app, indexHtml);
  registerLoopbackOnly(app);
  registerErrorAnswers(app);
  registerJsonBody(app);
  await registerOpenApi(app, options.version);
  registerRoutes(app, options.handlers);
  registerEvents(app, options.changes);
  await registerWebFiles(app, options.webFolder, indexHtml);
  return app;
}
