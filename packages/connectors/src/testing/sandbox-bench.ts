/**
 * Both sandboxes with their ports, as the contract suite sees them: the same words for the same things, so that one
 * test can be run against every system.
 */
import type { FaultEffect } from "@fieldbridge/sandbox";
import { startBusinessCentralSandbox, startSalesforceSandbox } from "@fieldbridge/sandbox";
import type { ReadShape, SystemPort, WriteRequest } from "@fieldbridge/engine";
import type { ConnectionConfig, ObjectSchema, Row } from "@fieldbridge/model";
import { createSystemPort, type PortEnvironment } from "../index.ts";
import { countOf, isObject, tryParseJson } from "../http/json.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";

export interface Bench {
  readonly system: string;
  /** Object the tests write, with its fields for key, name, number to be found by, amount and stamp. */
  readonly object: string;
  readonly key: string;
  readonly name: string;
  readonly number: string;
  readonly amount: string;
  readonly stamp: string;
  /** A text that may be blank. */
  readonly optional: string;
  /** An amount with more digits than a binary number keeps. */
  readonly longAmount: string;
  /** Values the system refuses, and the field it complains about. */
  readonly poison: Row;
  readonly poisonField: string;
  readonly seeded: number;
  /** A well-formed key no record has. */
  readonly goneKey: string;
  /** A filter in the system's own language that lets one record through. */
  readonly oneFilter: string;
  readonly writePath: string;
  readonly port: SystemPort;
  readonly clock: TestClock;
  readonly secrets: { readonly clientSecret: string };
  openPort(environment?: PortEnvironment, secrets?: { clientSecret: string }): SystemPort;
  shape(more?: Partial<ReadShape>): ReadShape;
  schema(): Promise<ObjectSchema>;
  fault(
    rules: readonly { match: object; times?: number; share?: number; effect: FaultEffect }[],
  ): Promise<void>;
  expireTokens(): Promise<void>;
  reset(): Promise<void>;
  /** Calls counted at the server by method and pattern, since the last reset. */
  calls(): Promise<{ total: number; byRoute: Record<string, number> }>;
  clearCalls(): Promise<void>;
  close(): Promise<void>;
}

type BenchFacts = Pick<
  Bench,
  | "system"
  | "object"
  | "key"
  | "name"
  | "number"
  | "amount"
  | "stamp"
  | "optional"
  | "longAmount"
  | "poison"
  | "poisonField"
  | "seeded"
  | "goneKey"
  | "oneFilter"
  | "writePath"
>;

function createBench(
  facts: BenchFacts,
  config: ConnectionConfig,
  sandbox: { readonly url: string; close(): Promise<void> },
): Bench {
  const clock = createTestClock();
  const secrets = { clientSecret: "fieldbridge-demo-secret" };

  async function control(method: string, path: string, body?: unknown): Promise<Response> {
    const answer = await fetch(`${sandbox.url}/_sandbox/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`The sandbox refused ${path}: ${await answer.text()}`);
    return answer;
  }

  function openPort(environment: PortEnvironment = {}, otherSecrets = secrets): SystemPort {
    return createSystemPort({
      config,
      secrets: otherSecrets,
      environment: { ...environment, resilience: { ...clock, ...environment.resilience } },
    });
  }

  const port = openPort();
  return {
    ...facts,
    clock,
    secrets,
    port,
    openPort,
    shape: (more) => ({
      object: facts.object,
      fields: [facts.key, facts.name, facts.number, facts.amount, facts.stamp],
      one: {},
      many: {},
      ...more,
    }),
    schema: () => port.discoverObject(facts.object),
    fault: async (rules) => void (await control("PUT", "faults", rules)),
    expireTokens: async () => void (await control("POST", "expire-tokens")),
    reset: async () => void (await control("POST", "reset")),
    async calls() {
      const counted = tryParseJson(await (await control("GET", "calls")).text());
      const byRoute = isObject(counted) && isObject(counted["byRoute"]) ? counted["byRoute"] : {};
      return {
        total: countOf(counted, "total") ?? 0,
        byRoute: Object.fromEntries(
          Object.keys(byRoute).map((route) => [route, countOf(byRoute, route) ?? 0]),
        ),
      };
    },
    clearCalls: async () => void (await control("DELETE", "calls")),
    close: () => sandbox.close(),
  };
}

export async function startSalesforceBench(): Promise<Bench> {
  const sandbox = await startSalesforceSandbox({ port: 0 });
  return createBench(
    {
      system: "Salesforce",
      object: "Account",
      key: "Id",
      name: "Name",
      number: "ERP_No__c",
      amount: "AnnualRevenue",
      stamp: "SystemModstamp",
      optional: "Website",
      longAmount: "123456789012345678",
      poison: { Name: null },
      poisonField: "Name",
      seeded: 40,
      goneKey: "001Fb0zzzzzzzzzAAA",
      oneFilter: "ERP_No__c = 'C-10020'",
      writePath: "^/services/data/v[0-9.]+/composite/sobjects",
    },
    {
      system: "salesforce",
      instanceUrl: sandbox.url,
      apiVersion: "66.0",
      clientId: "fieldbridge-demo",
      grant: "client_credentials",
    },
    sandbox,
  );
}

export async function startBusinessCentralBench(): Promise<Bench> {
  const sandbox = await startBusinessCentralSandbox({ port: 0 });
  return createBench(
    {
      system: "Business Central",
      object: "customers",
      key: "id",
      name: "displayName",
      number: "number",
      amount: "creditLimit",
      stamp: "lastModifiedDateTime",
      optional: "website",
      longAmount: "1234567890123.123456789012",
      poison: { currencyCode: "ZZZ" },
      poisonField: "currencyCode",
      seeded: 41,
      goneKey: "00000000-0000-4000-8000-000000000001",
      oneFilter: "number eq 'C-10020'",
      writePath: "^/v2.0/demo-tenant/Sandbox/api/v2.0/\\$batch",
    },
    {
      system: "business-central",
      apiUrl: `${sandbox.url}/v2.0/demo-tenant/Sandbox/api/v2.0`,
      tokenUrl: `${sandbox.url}/demo-tenant/oauth2/v2.0/token`,
      scope: "https://api.businesscentral.dynamics.com/.default",
      clientId: "fieldbridge-demo",
      company: "CRONUS",
    },
    sandbox,
  );
}

/** Every system with what starts its bench. */
export const systems = [
  ["Salesforce", startSalesforceBench],
  ["Business Central", startBusinessCentralBench],
] as const;

/** A write without lines. */
export function toRequest(
  ref: string,
  op: WriteRequest["op"],
  key: string | null,
  values: Row,
  etag: string | null = null,
): WriteRequest {
  return { ref, op, key, etag, values, lines: [] };
}
