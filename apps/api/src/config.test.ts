import path from "node:path";
import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

test("without any setting it is the product of the README", () => {
  expect(readConfig({})).toMatchObject({
    host: "127.0.0.1",
    port: 4400,
    dataDir: path.resolve(".fieldbridge"),
    databaseUrl: undefined,
    worker: true,
    sandboxes: { salesforcePort: 4401, businessCentralPort: 4402 },
    allowPrivateAddresses: false,
  });
  expect(readConfig({ FIELDBRIDGE_ALLOW_PRIVATE_ADDRESSES: "on" }).allowPrivateAddresses).toBe(true);
});

test("an empty variable is an absent one, and off turns off", () => {
  const config = readConfig({
    DATABASE_URL: "",
    FIELDBRIDGE_PORT: "4500",
    FIELDBRIDGE_WORKER: "off",
    FIELDBRIDGE_SANDBOXES: "off",
  });
  expect(config).toMatchObject({ databaseUrl: undefined, port: 4500, worker: false, sandboxes: undefined });
});

test.each([
  ["FIELDBRIDGE_HOST", "0.0.0.0", "this machine only"],
  ["FIELDBRIDGE_HOST", "192.168.1.4", "this machine only"],
  ["FIELDBRIDGE_PORT", "port", "must be a port"],
  ["FIELDBRIDGE_PORT", "70000", "must be a port"],
  ["FIELDBRIDGE_WORKER", "maybe", "must be on or off"],
])("%s=%s is refused in one sentence", (name, value, sentence) => {
  expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name} .*${sentence}.*\\.$`));
});
