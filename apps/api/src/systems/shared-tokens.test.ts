/** Two processes, each with systems of its own, on one database: one expiry leads to one token request in all. */
import { createServer, type Server } from "node:http";
import type { SystemPort } from "@fieldbridge/engine";
import { connectionInput } from "@fieldbridge/model";
import { startSalesforceSandbox } from "@fieldbridge/sandbox";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Database } from "../db/database.ts";
import { openSealer } from "../secrets/open-key.ts";
import {
  findConnection,
  insertConnection,
  readConnectionSecrets,
  updateConnection,
} from "../stores/connections.store.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-server.ts";
import { createSystems } from "./create-systems.ts";

const sealer = openSealer("", Buffer.alloc(32, 7).toString("base64"));

let database: TestDatabase;
let processes: ReturnType<typeof createSystems>[] = [];
let errors: unknown[] = [];
const servers: Server[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(processes.map((each) => each.close()));
  [processes, errors] = [[], []];
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => database.drop());

/** A Salesforce that hands out tokens canary-1, canary-2, …; each of its refresh tokens R1, R2, … works once. */
async function startOrg() {
  const sent: string[] = [];
  const taken = new Set<string>();
  let tokens = 0;

  function signIn(refreshToken: string | null): { status: number; body: object } {
    if (refreshToken !== null) sent.push(refreshToken);
    if (refreshToken !== null && refreshToken !== `R${tokens + 1}`)
      return { status: 400, body: { error: "invalid_grant" } };
    tokens += 1;
    taken.add(`Bearer canary-${tokens}`);
    const rotated = refreshToken === null ? {} : { refresh_token: `R${tokens + 1}` };
    return { status: 200, body: { access_token: `canary-${tokens}`, ...rotated } };
  }
  function count(authorization: string): { status: number; body: object } {
    if (taken.has(authorization)) return { status: 200, body: { totalSize: 7, done: true, records: [] } };
    return { status: 401, body: [{ errorCode: "INVALID_SESSION_ID", message: "Session expired" }] };
  }

  const server = createServer((request, response) => {
    let form = "";
    request.on("data", (part: Buffer) => (form += part.toString()));
    request.on("end", () => {
      const { status, body } =
        request.url === "/services/oauth2/token"
          ? signIn(new URLSearchParams(form).get("refresh_token"))
          : request.url === "/services/data"
            ? { status: 200, body: [] }
            : count(request.headers.authorization ?? "");
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  /** `sent` are the refresh tokens it received. */
  return { url: `http://127.0.0.1:${port}`, sent, expire: () => taken.clear(), tokens: () => tokens };
}

const CLIENT = { clientId: "fieldbridge-demo", clientSecret: "fieldbridge-demo-secret" };

let connections = 0;
async function addConnection(instanceUrl: string, refreshToken?: string): Promise<string> {
  connections += 1;
  const id = `crm-${connections}`;
  const grant = refreshToken === undefined ? "client_credentials" : "refresh_token";
  const config = { system: "salesforce", instanceUrl, clientId: CLIENT.clientId, grant };
  const secrets = { clientSecret: CLIENT.clientSecret, refreshToken };
  const input = connectionInput.parse({ id, name: id, config, secrets });
  await insertConnection(database.db, sealer, { ...input, builtIn: true });
  return id;
}

/** A port of the connection in one process more. */
async function openPort(connection: string, db = database.db): Promise<SystemPort> {
  const addresses = { loopback: true, privateNetworks: false };
  const systems = createSystems({ db, sealer }, addresses, (error) => errors.push(error));
  processes.push(systems);
  return systems.openPort(connection);
}

const callAll = (ports: readonly SystemPort[], calls = 8): Promise<(number | null)[]> =>
  Promise.all(ports.flatMap((port) => Array.from({ length: calls }, () => port.countRows("Account", null))));

const storedTokens = async (): Promise<string> => {
  const { rows } = await database.db.pool.query("select * from connection_tokens");
  return JSON.stringify(rows);
};

test("of two processes with eight calls each, one signs in, and one renews the token each time it expires", async () => {
  const sandbox = await startSalesforceSandbox({ port: 0 });
  const countTokens = async () => {
    const { byRoute } = (await (await fetch(`${sandbox.url}/_sandbox/calls`)).json()) as {
      byRoute: Record<string, number>;
    };
    return byRoute["POST /services/oauth2/token"];
  };
  const connection = await addConnection(sandbox.url);
  const ports = [await openPort(connection), await openPort(connection)];
  for (let expiries = 0; expiries < 4; expiries += 1) {
    expect(new Set(await callAll(ports))).toEqual(new Set([40]));
    expect(await countTokens()).toBe(1 + expiries);
    await fetch(`${sandbox.url}/_sandbox/expire-tokens`, { method: "POST" });
  }
  await sandbox.close();
});

test("a process that starts takes the token that is there", async () => {
  const org = await startOrg();
  const connection = await addConnection(org.url);
  await callAll([await openPort(connection)]);
  await callAll([await openPort(connection)]);
  expect(org.tokens()).toBe(1);
});

test("a process that was idle while tokens came and went loses no call to an outdated one", async () => {
  const org = await startOrg();
  const connection = await addConnection(org.url);
  const [idle, busy] = [await openPort(connection), await openPort(connection)];
  await callAll([idle, busy]);
  org.expire();
  await callAll([busy]);
  org.expire();
  expect(await callAll([idle], 1)).toEqual([7]);
  expect(org.tokens()).toBe(3);
});

test("two processes never send one refresh token twice, and store the newest", async () => {
  const org = await startOrg();
  const connection = await addConnection(org.url, "R1");
  const ports = [await openPort(connection), await openPort(connection)];
  for (let expiries = 0; expiries < 4; expiries += 1) {
    await callAll(ports);
    org.expire();
  }
  expect(org.sent).toEqual(["R1", "R2", "R3", "R4"]);
  expect(await readConnectionSecrets(database.db, sealer, connection)).toMatchObject({ refreshToken: "R5" });
});

test("a person's test of a connection takes its turn among the refresh tokens", async () => {
  const org = await startOrg();
  const connection = await addConnection(org.url, "R1");
  const [one, other] = [await openPort(connection), await openPort(connection)];
  await Promise.all([callAll([one, other]), one.checkConnection(), other.checkConnection()]);
  expect(org.sent.length).toBeGreaterThanOrEqual(2);
  expect(org.sent).toEqual(org.sent.map((_, place) => `R${place + 1}`));
});

test("the token lies in the database sealed, and is gone when the connection's settings or secrets change", async () => {
  const org = await startOrg();
  const connection = await addConnection(org.url);
  await callAll([await openPort(connection)]);
  expect(org.tokens()).toBe(1);
  const stored = await storedTokens();
  expect(stored).toContain(connection);
  expect(stored).not.toContain("canary");
  expect(stored).not.toContain(Buffer.from("canary").toString("base64url").slice(0, 7));
  const before = await findConnection(database.db, connection);
  if (before === undefined) throw new Error("the connection is gone");
  const secrets = { clientSecret: "another" };
  await updateConnection(database.db, sealer, connection, { ...before, secrets });
  expect(await storedTokens()).not.toContain(`"${connection}"`);
  await callAll([await openPort(connection)]);
  expect(org.tokens()).toBe(2);
});

test("a token that was shared under other settings is not opened", async () => {
  const org = await startOrg();
  const connection = await addConnection(org.url);
  const old = await openPort(connection);
  const before = await findConnection(database.db, connection);
  if (before === undefined) throw new Error("the connection is gone");
  await updateConnection(database.db, sealer, connection, {
    ...before,
    secrets: { clientSecret: "another" },
  });
  await callAll([old]);
  await callAll([await openPort(connection)]);
  expect(org.tokens()).toBe(2);
});

test("while the database is away, a process renews the token for itself", async () => {
  const org = await startOrg();
  const connection = await addConnection(org.url);
  let isAway = false;
  const nowhere = { host: "127.0.0.1", port: 9 };
  const db: Database = {
    ...database.db,
    get address() {
      return isAway ? nowhere : database.address;
    },
  };
  const port = await openPort(connection, db);
  await callAll([port]);
  org.expire();
  isAway = true;
  expect(await callAll([port], 2)).toEqual([7, 7]);
  expect(org.tokens()).toBe(2);
  isAway = false;
  org.expire();
  expect(await callAll([port, await openPort(connection)], 2)).toEqual([7, 7, 7, 7]);
  expect(org.tokens()).toBe(3);
  expect(errors.join(" ")).toContain("ECONNREFUSED");
  expect(errors.join(" ")).not.toContain("canary");
});
