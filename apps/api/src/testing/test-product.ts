/** The HTTP server of a test: the real handlers on a real database; only the outside systems are stand-ins. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { SystemPort } from "@fieldbridge/engine";
import { routes, type RouteName, type RouteResponse, type Template } from "@fieldbridge/model";
import { templates } from "@fieldbridge/templates";
import type { FastifyInstance } from "fastify";
import type { AppContext } from "../app-context.ts";
import { buildApp } from "../http/build-app.ts";
import { orNotFound } from "../problem.ts";
import { allHandlers } from "../routes/all-routes.ts";
import { watchRuns } from "../runs/run-changes.ts";
import { openRunQueue } from "../runs/run-queue.ts";
import { openSealer } from "../secrets/open-key.ts";
import { findConnection } from "../stores/connections.store.ts";
import { createTestDatabase } from "./test-server.ts";

export interface Answer<T> {
  readonly status: number;
  readonly body: T;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface TestProduct {
  readonly app: FastifyInstance;
  readonly context: AppContext;
  /** Sends a request of the contract; `path` fills the parameters. */
  call<N extends RouteName>(
    name: N,
    parts?: { params?: Record<string, string>; query?: Record<string, string>; body?: unknown },
  ): Promise<Answer<RouteResponse<N>>>;
  stop(): Promise<void>;
}

const noFolder = path.join(tmpdir(), "fieldbridge-no-such-folder");

export async function startTestProduct(
  options: {
    ports?: Readonly<Record<string, SystemPort>>;
    templates?: readonly Template[];
    webFolder?: string;
    logLine?: (line: string) => void;
  } = {},
): Promise<TestProduct> {
  const dataDir = mkdtempSync(path.join(tmpdir(), "fieldbridge-test-data-"));
  const database = await createTestDatabase();
  const { db } = database;
  const sealer = openSealer(dataDir, undefined);
  const queue = await openRunQueue(db, { supervise: false, onError: () => {} });
  const changes = await watchRuns(db, () => {});
  const openPort = (id: string) => orNotFound(options.ports?.[id], `Connection ${id}`);
  const context: AppContext = {
    db,
    sealer,
    systems: {
      openPort: async (id, { company } = {}) => {
        orNotFound(await findConnection(db, id), `Connection ${id}`);
        return openPort(company === undefined ? id : `${id}/${company}`);
      },
      openUnsaved: (config) => openPort(config.system),
    },
    queue,
    templates: options.templates ?? templates,
    version: "0.0.0-test",
    sandboxes: [],
    isWorking: () => false,
  };
  const app = await buildApp({
    handlers: allHandlers(context),
    changes,
    version: context.version,
    webFolder: options.webFolder ?? noFolder,
    // What goes wrong inside belongs in the output of a failing test.
    logger: { level: "error", stream: { write: options.logLine ?? ((line) => console.error(line)) } },
  });
  return {
    app,
    context,
    call: async (name, parts = {}) => {
      const { method, path: template } = routes[name];
      const url = template.replaceAll(/:(\w+)/g, (_match, key: string) =>
        encodeURIComponent(parts.params?.[key] ?? ""),
      );
      const answer = await app.inject({
        method,
        url: `/api${url}`,
        headers: { host: "127.0.0.1:4400" },
        ...(parts.query && { query: parts.query }),
        ...(parts.body !== undefined && { payload: parts.body as object }),
      });
      return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
    },
    stop: async () => {
      await app.close();
      await changes.close();
      await queue.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
