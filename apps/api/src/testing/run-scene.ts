/** A published transfer between two systems in memory, with the real queue, worker and database in between. */
import type { SystemPort } from "@fieldbridge/engine";
import type { RouteResponse, RunParameters } from "@fieldbridge/model";
import { expect } from "vitest";
import { createRunJob } from "../runs/run-job.ts";
import { startWorker, type Worker } from "../runs/worker.ts";
import { exampleTransfer } from "./example-transfer.ts";
import { createCrm, createShop, manyAccounts } from "./stand-in-system.ts";
import { startTestProduct, type TestProduct } from "./test-product.ts";
import { waitUntil } from "./wait-until.ts";

const connection = (id: string) => ({
  id,
  name: id,
  config: { system: "salesforce", instanceUrl: `https://${id}.example`, clientId: "client" },
});

/** The company of a connection that has companies. */
const OWN_COMPANY = "Main";

const connectionWithCompanies = (id: string) => ({
  ...connection(id),
  config: {
    system: "business-central",
    apiUrl: `https://${id}.example`,
    tokenUrl: `https://${id}.example/token`,
    clientId: "client",
    company: OWN_COMPANY,
  },
});

export interface Scene {
  readonly product: TestProduct;
  readonly crm: ReturnType<typeof createCrm>;
  readonly shop: ReturnType<typeof createShop>;
  work(): Promise<Worker>;
  end(id: string): Promise<RouteResponse<"getRun">>;
  run(parameters?: RunParameters): Promise<RouteResponse<"getRun">>;
}

/** Scenes of one test file; `clear` ends those that are open. */
export function createStage() {
  const open: { product: TestProduct; workers: Worker[] }[] = [];

  const clear = async (): Promise<void> => {
    for (const { product, workers } of open.splice(0)) {
      for (const worker of workers) await worker.stop();
      await product.stop();
    }
  };

  async function playScene(
    systems: {
      crm?: ReturnType<typeof createCrm>;
      shop?: ReturnType<typeof createShop>;
      /** Companies of the shop by name; the shop itself is its own company, Main, unless that is given here. */
      companies?: Readonly<Record<string, SystemPort>>;
      /** Connections of other transfers, by id. */
      others?: Readonly<Record<string, SystemPort>>;
    } = {},
    definition = exampleTransfer(),
  ): Promise<Scene> {
    const crm = systems.crm ?? createCrm(manyAccounts(3));
    const shop = systems.shop ?? createShop();
    const { companies, others = {} } = systems;
    const inCompanies = Object.entries(companies ?? {}).map(
      ([name, port]) => [`shop/${name}`, port] as const,
    );
    const own = companies?.[OWN_COMPANY] ?? shop;
    const product = await startTestProduct({
      ports: { crm, shop: own, ...Object.fromEntries(inCompanies), ...others },
    });
    const workers: Worker[] = [];
    open.push({ product, workers });
    for (const id of ["crm", ...Object.keys(others)])
      await product.call("createConnection", { body: connection(id) });
    await product.call("createConnection", {
      body: companies === undefined ? connection("shop") : connectionWithCompanies("shop"),
    });
    await product.call("createTransfer", { body: { definition } });
    const published = await product.call("publishTransfer", {
      params: { id: definition.id },
      body: { draftRevision: 1 },
    });
    expect(published.status).toBe(200);
    const { context } = product;
    const end = (id: string) =>
      waitUntil(
        async () => (await product.call("getRun", { params: { id } })).body,
        (run) => !["queued", "running"].includes(run.state),
      );
    return {
      product,
      crm,
      shop,
      end,
      work: async () => {
        const worker = await startWorker(context, {
          job: createRunJob(context),
          takeOverAll: false,
          logError: (error) => console.error(error),
        });
        workers.push(worker);
        return worker;
      },
      run: async (parameters = {}) => {
        const { body } = await product.call("startRun", {
          params: { id: definition.id },
          body: { parameters },
        });
        return end(body.id);
      },
    };
  }

  return { playScene, clear };
}

/** A shop that waits in its n-th write until it is let go. */
export function createSlowShop(waitingWrite: number) {
  const shop = createShop();
  let release = (): void => {};
  let reached = (): void => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  const isWaiting = new Promise<void>((resolve) => (reached = resolve));
  let writes = 0;
  const slow: typeof shop = {
    ...shop,
    limits: { ...shop.limits, parallelWrites: 1 },
    write: async (batch) => {
      writes += 1;
      if (writes === waitingWrite) {
        reached();
        await released;
      }
      return shop.write(batch);
    },
  };
  return { shop: slow, release, isWaiting };
}
