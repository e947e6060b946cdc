/** Business Central behind the engine's port: discovery, reads, finds and writes over the API v2.0. */
import { Fault, type SystemLimits, type SystemPort } from "@fieldbridge/engine";
import { toIssue, type ConnectionSecrets } from "@fieldbridge/model";
import { notUnderstoodFault } from "../http/http-faults.ts";
import type { PortEnvironment } from "../port-environment.ts";
import { createSchemaCache } from "../schema-cache.ts";
import { runChecks } from "../timed-check.ts";
import { adaptFilter } from "./adapt-filter.ts";
import { BATCH_SIZE, createBusinessCentralApi } from "./business-central-api.ts";
import type { BusinessCentralConfig } from "./business-central-config.ts";
import { findRows } from "./find-rows.ts";
import type { Metadata } from "./metadata.ts";
import { toName, toQuery } from "./odata.ts";
import { readByKeys, readPage } from "./read-rows.ts";
import { toWebUrl } from "./to-web-url.ts";
import { toObjectSchema, toObjectSummaries } from "./to-object-schema.ts";
import { writeRecords } from "./write-records.ts";

const LIMITS: SystemLimits = {
  readPage: 1_000,
  writeBatch: BATCH_SIZE,
  // As many as an address or a batch takes is decided per call.
  findBatch: 1_000,
  parallelWrites: 3,
  settleMs: 120_000,
};

/** The metadata describes everything at once, so several objects asked for together share one call. */
const METADATA_MS = 10_000;

export interface BusinessCentralPortOptions {
  readonly config: BusinessCentralConfig;
  readonly secrets: ConnectionSecrets;
  readonly environment?: PortEnvironment | undefined;
}

export function createBusinessCentralPort(options: BusinessCentralPortOptions): SystemPort {
  const { config, secrets, environment = {} } = options;
  const api = createBusinessCentralApi(config, secrets, environment);
  let metadata: { readonly value: Promise<Metadata>; readonly readAt: number } | undefined;

  function recentMetadata(): Promise<Metadata> {
    const nowMs = api.resilience.now();
    if (metadata !== undefined && nowMs - metadata.readAt < METADATA_MS) return metadata.value;
    const value = api.metadata();
    metadata = { value, readAt: nowMs };
    value.catch(() => {
      if (metadata?.value === value) metadata = undefined;
    });
    return value;
  }

  const schemas = createSchemaCache(async (name) => {
    const model = await recentMetadata();
    const set = model.sets.get(name);
    if (set !== undefined) return toObjectSchema(set, model);
    throw new Fault(toIssue("CON-610", "", `Business Central has no object ${name}.`), { retryable: false });
  });

  return {
    limits: { ...LIMITS, ...environment.limits },
    filterDialect: { name: "odata", orAcrossFields: false },
    checkConnection: () =>
      runChecks(
        [
          {
            name: "Address",
            async run() {
              await api.ping();
              return `An API answers at ${api.origin}.`;
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
            name: "Company",
            async run() {
              await api.companyId();
              return `The company ${config.company} is there.`;
            },
          },
          {
            name: "Objects",
            async run() {
              return `${toObjectSummaries(await recentMetadata()).length} objects can be read.`;
            },
          },
          {
            name: "Read",
            async run() {
              const { entities } = await api.getPage("customers?$top=1&$select=id,number");
              return entities.length === 0
                ? "Customers can be read; there are none."
                : "Customers can be read.";
            },
          },
        ],
        api.resilience.now,
      ),
    discoverObjects: async () => toObjectSummaries(await recentMetadata()),
    discoverObject: (name) => schemas.refresh(name),
    readUpperBound: async () => null,
    async countRows(object, filter) {
      const adapted = adaptFilter(filter, await schemas.get(object));
      const text = await api.getText(`${toName(object)}/$count${toQuery({ $filter: adapted ?? undefined })}`);
      const digits = text.replace(/^\uFEFF/, "").trim();
      if (!/^\d+$/.test(digits))
        throw notUnderstoodFault("Business Central did not say how many records there are.");
      return Number(digits);
    },
    readPage: (request) => readPage(api, schemas, request),
    readByKeys: (shape, keyField, keys) => readByKeys(api, schemas, shape, keyField, keys),
    find: (request) => findRows(api, schemas, request),
    write: (batch) => writeRecords(api, batch),
    recordUrl: (object, key) => environment.recordUrl?.(object, key) ?? toWebUrl(config, object, key),
    callCount: () => api.callCount(),
  };
}
