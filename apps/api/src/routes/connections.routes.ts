/** Connections: stored with sealed secrets, tested, and looked into. */
import type { SystemPort } from "@fieldbridge/engine";
import { Fault } from "@fieldbridge/engine";
import type { ConnectionCheck, ConnectionConfig, ConnectionSecrets } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { findImpact, listFieldUses } from "../definitions/find-drift.ts";
import type { Handlers } from "../http/handlers.ts";
import { inUse, notValid, orNotFound } from "../problem.ts";
import {
  findConnection,
  insertConnection,
  listConnections,
  readConnectionSecrets,
  removeConnection,
  setConnectionState,
  updateConnection,
} from "../stores/connections.store.ts";
import { listDefinitionsInForce } from "../stores/transfers.store.ts";
import { loadObjects, loadSchema } from "../systems/discover.ts";
import { readSamples } from "../systems/read-samples.ts";

/** Origins that receive the secrets or what is made from them. */
const originsOf = (config: ConnectionConfig): string =>
  (config.system === "salesforce" ? [config.instanceUrl] : [config.tokenUrl, config.apiUrl])
    .map((url) => new URL(url).origin)
    .join(" ");

interface TestResult {
  ok: boolean;
  checks: ConnectionCheck[];
  objects: number | null;
}

async function testPort(port: SystemPort): Promise<TestResult> {
  const checks = [...(await port.checkConnection())];
  if (!checks.every((check) => check.ok)) return { ok: false, checks, objects: null };
  try {
    return { ok: true, checks, objects: (await port.discoverObjects()).length };
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    checks.push({ name: "Objects", ok: false, message: error.issue.message, durationMs: 0 });
    return { ok: false, checks, objects: null };
  }
}

export const connectionHandlers = (
  context: AppContext,
): Pick<
  Handlers,
  | "listConnections"
  | "getConnection"
  | "createConnection"
  | "updateConnection"
  | "deleteConnection"
  | "testConnection"
  | "testConnectionInput"
  | "listObjects"
  | "getObject"
  | "getImpact"
  | "listFieldUses"
  | "readSamples"
> => {
  const { db, sealer, systems } = context;
  const getConnection = async (id: string) => orNotFound(await findConnection(db, id), `Connection ${id}`);

  /**
   * Given secrets over stored ones. Stored secrets are used for the address they were given for and no other:
   * else whoever may edit an address could have them sent anywhere.
   */
  const mergeSecrets = async (
    id: string,
    config: ConnectionConfig,
    given: ConnectionSecrets,
  ): Promise<ConnectionSecrets> => {
    const stored = await getConnection(id);
    if (stored.secretsSet.every((name) => name in given)) return given;
    if (originsOf(stored.config) !== originsOf(config))
      throw notValid("The address changed; enter the secrets again, they are sent to the new address.");
    return { ...(await readConnectionSecrets(db, sealer, id)), ...given };
  };

  return {
    listConnections: async () => {
      const items = await listConnections(db);
      return { items, next: null, total: items.length };
    },
    getConnection: ({ params }) => getConnection(params.id),
    createConnection: async ({ body }) => {
      if (!(await insertConnection(db, sealer, body))) throw inUse(`The id ${body.id} is taken.`);
      return getConnection(body.id);
    },
    updateConnection: async ({ params, body }) => {
      const secrets = await mergeSecrets(params.id, body.config, body.secrets);
      await updateConnection(db, sealer, params.id, { ...body, secrets });
      return getConnection(params.id);
    },
    deleteConnection: async ({ params }) => {
      await getConnection(params.id);
      const users = (await listDefinitionsInForce(db)).filter(
        ({ definition }) =>
          definition.source.connection === params.id || definition.target.connection === params.id,
      );
      if (users.length > 0)
        throw inUse(`The connection is used by ${[...new Set(users.map((user) => user.name))].join(", ")}.`);
      await removeConnection(db, params.id);
      return { ok: true };
    },
    testConnection: async ({ params }) => {
      const result = await testPort(await systems.openPort(params.id, { isTest: true }));
      const failed = result.checks.find((check) => !check.ok);
      await setConnectionState(
        db,
        params.id,
        failed === undefined ? "ok" : /address/i.test(failed.name) ? "unreachable" : "needs-sign-in",
      );
      return result;
    },
    testConnectionInput: async ({ body }) => {
      const secrets =
        body.id === undefined ? body.secrets : await mergeSecrets(body.id, body.config, body.secrets);
      return testPort(systems.openUnsaved(body.config, secrets));
    },
    listObjects: async ({ params, query }) => {
      await getConnection(params.id);
      const items = [...(await loadObjects(context, params.id, query))];
      return { items, next: null, total: items.length };
    },
    getObject: async ({ params, query }) => {
      await getConnection(params.id);
      return orNotFound(
        await loadSchema(context, params.id, params.object, query),
        `Object ${params.object}`,
      );
    },
    getImpact: async ({ params, query }) => {
      await getConnection(params.id);
      const items = await findImpact(context, params.id, query.refresh);
      return { items, next: null, total: items.length };
    },
    listFieldUses: async ({ params }) => {
      await getConnection(params.id);
      const items = await listFieldUses(db, params.id);
      return { items, next: null, total: items.length };
    },
    readSamples: async ({ params, body }) => {
      await getConnection(params.id);
      return readSamples(context, params.id, body);
    },
  };
};
