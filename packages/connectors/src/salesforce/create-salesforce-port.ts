/** Salesforce behind the engine's port: discovery, reads, finds and writes over the REST API. */
import { Fault, type SystemLimits, type SystemPort } from "@fieldbridge/engine";
import { toIssue, type ConnectionSecrets } from "@fieldbridge/model";
import type { PortEnvironment } from "../port-environment.ts";
import { createSchemaCache } from "../schema-cache.ts";
import { runChecks } from "../timed-check.ts";
import { findRows } from "./find-rows.ts";
import { readCoveredUntil } from "./read-covered-until.ts";
import { readFeed } from "./read-feed.ts";
import { readByKeys, readPage } from "./read-rows.ts";
import { createSalesforceApi } from "./salesforce-api.ts";
import type { SalesforceConfig } from "./salesforce-config.ts";
import { toName, toWhere } from "./soql.ts";
import { toObjectSchema, toObjectSummaries } from "./to-object-schema.ts";
import { COLLECTION_SIZE, writeRecords } from "./write-records.ts";

const LIMITS: SystemLimits = {
  readPage: 2_000,
  writeBatch: COLLECTION_SIZE,
  // As many as an address takes is decided per call.
  findBatch: 2_000,
  parallelWrites: 3,
  settleMs: 120_000,
};

export interface SalesforcePortOptions {
  readonly config: SalesforceConfig;
  readonly secrets: ConnectionSecrets;
  readonly environment?: PortEnvironment | undefined;
}

export function createSalesforcePort({
  config,
  secrets,
  environment = {},
}: SalesforcePortOptions): SystemPort {
  const api = createSalesforceApi(config, secrets, environment);
  const schemas = createSchemaCache(async (name) => {
    try {
      return toObjectSchema(await api.get(`/sobjects/${encodeURIComponent(name)}/describe`));
    } catch (error) {
      if (error instanceof Fault && error.issue.code === "CON-610") {
        const message = `Salesforce has no object ${name}, or this user may not see it.`;
        throw new Fault(toIssue("CON-610", "", message), { retryable: false, cause: error });
      }
      throw error;
    }
  });
  const listObjects = async () => toObjectSummaries(await api.get("/sobjects"));

  return {
    limits: { ...LIMITS, ...environment.limits },
    filterDialect: { name: "soql" },
    checkConnection: () =>
      runChecks(
        [
          {
            name: "Address",
            async run() {
              await api.ping();
              return `A Salesforce API answers at ${api.origin}.`;
            },
          },
          {
            name: "Sign-in",
            async run() {
              await api.signIn();
              return "Signed in.";
            },
          },
          {
            name: "Objects",
            async run() {
              const objects = await listObjects();
              if (objects.length === 0)
                throw new Fault(toIssue("CON-603", "", "This user may not read any object."), {
                  retryable: false,
                });
              return `${objects.length} objects can be read.`;
            },
          },
          {
            name: "Read",
            async run() {
              const objects = await listObjects();
              const object = objects.find((each) => each.name === "Account") ?? objects[0];
              if (object === undefined) return "There is nothing to read.";
              const count = await api.count(`SELECT COUNT() FROM ${toName(object.name)}`);
              return `${count} records of ${object.label} can be read.`;
            },
          },
        ],
        api.resilience.now,
      ),
    discoverObjects: listObjects,
    discoverObject: (name) => schemas.refresh(name),
    readFeed: (object, token) => readFeed(api, object, token),
    readUpperBound: (object) => readCoveredUntil(api, object),
    countRows: (object, filter) => api.count(`SELECT COUNT() FROM ${toName(object)}${toWhere([filter])}`),
    readPage: (request) => readPage(api, schemas, request),
    readByKeys: (shape, keyField, keys) => readByKeys(api, schemas, shape, keyField, keys),
    find: (request) => findRows(api, schemas, request),
    write: (batch) => writeRecords(api, schemas, batch),
    recordUrl: (object, key) =>
      environment.recordUrl?.(object, key) ??
      `${api.origin}/lightning/r/${encodeURIComponent(object)}/${encodeURIComponent(key)}/view`,
    callCount: () => api.callCount(),
  };
}
