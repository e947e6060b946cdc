/** Ports as the product opens them: where they may lead, and where a person sees what they wrote. */
import { connectionInput } from "@fieldbridge/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openSealer } from "../secrets/open-key.ts";
import { insertConnection } from "../stores/connections.store.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-server.ts";
import { createSystems } from "./create-systems.ts";

const KEY = Buffer.alloc(32, 7).toString("base64");

let database: TestDatabase;
let systems: ReturnType<typeof createSystems>;
beforeAll(async () => {
  database = await createTestDatabase();
  const sealer = openSealer("", KEY);
  systems = createSystems({ db: database.db, sealer }, { loopback: false, privateNetworks: false });
  const add = (id: string, instanceUrl: string, builtIn: boolean) => {
    const config = { system: "salesforce", instanceUrl, clientId: "client" };
    const input = connectionInput.parse({ id, name: id, config, secrets: { clientSecret: "secret" } });
    return insertConnection(database.db, sealer, { ...input, builtIn });
  };
  // Port 9 of this machine: nobody listens there.
  await add("sandbox", "http://127.0.0.1:9", true);
  await add("local", "http://127.0.0.1:9", false);
  await add("metadata", "http://169.254.169.254", true);
});
afterAll(async () => {
  await systems.close();
  await database.drop();
});

const REFUSED = "an address this installation does not call";

const ask = async (id: string): Promise<unknown> =>
  (await systems.openPort(id, { clock: { sleep: async () => {} } })).discoverObjects();

test("a connection of a person is not led to an address the policy refuses", async () => {
  await expect(ask("local")).rejects.toThrow(REFUSED);
});

test("a built-in connection reaches this machine under the strictest policy, but never a metadata service", async () => {
  await expect(ask("sandbox")).rejects.toThrow("the connection was refused");
  await expect(ask("metadata")).rejects.toThrow(REFUSED);
});

test("settings that are not stored are judged like stored ones", async () => {
  const config = connectionInput.shape.config.parse({
    system: "salesforce",
    instanceUrl: "http://[::ffff:169.254.169.254]",
    clientId: "client",
  });
  const port = systems.openUnsaved(config, { clientSecret: "secret" });
  await expect(port.discoverObjects()).rejects.toThrow(REFUSED);
  expect((await port.checkConnection()).every((check) => check.ok)).toBe(false);
});

test("a record of a built-in sandbox has a page there; one of another system the page of that system", async () => {
  const sandbox = await systems.openPort("sandbox");
  expect(sandbox.recordUrl("salesInvoices", "a b")).toBe("http://127.0.0.1:9/records/salesInvoices/a%20b");
  const local = await systems.openPort("local");
  expect(local.recordUrl("Account", "1")).toBe("http://127.0.0.1:9/lightning/r/Account/1/view");
});
