/**
 * R8: every token is withdrawn just before call n, for each n of 16 parallel calls of two workers and for each call of
 * a whole run, on both systems. One refresh per expiry and not one failed record; where the login itself is revoked the run stops
 * with words for a person and wastes at most three calls.
 */
import type { ConnectionInput } from "@fieldbridge/model";
import { openSealer } from "../apps/api/src/secrets/open-key.ts";
import { accountTransfer, customersByAccount, seedAccounts } from "./stage/accounts.ts";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openProduct, openSystems, type Product, type WrapPort } from "./stage/product.ts";
import { startProxy, type Proxy } from "./stage/proxy.ts";
import {
  startBusinessCentral,
  startSalesforce,
  toBusinessCentralConnection,
  toSalesforceConnection,
  type Sandbox,
} from "./stage/sandboxes.ts";

interface System {
  readonly name: string;
  readonly object: string;
  readonly sandbox: Sandbox;
  readonly proxy: Proxy;
  readonly connection: ConnectionInput;
}

interface Tally {
  expiries: number;
  refreshes: number;
  failed: number;
}

const isTokenCall = (path: string): boolean => path.includes("/oauth2/");

const countTokenCalls = (proxy: Proxy): number =>
  proxy.calls().filter((call) => isTokenCall(call.path)).length;

/** Withdraws all tokens before the n-th call that is not itself a sign-in. */
function expireAt(system: System, n: number): { struck: () => boolean } {
  let [seen, struck] = [0, false];
  system.proxy.setRules({
    async before(call) {
      if (isTokenCall(call.path)) return undefined;
      seen += 1;
      if (seen - 1 === n && !struck) {
        struck = true;
        await system.sandbox.expireTokens();
      }
      return undefined;
    },
  });
  return { struck: () => struck };
}

const parallel = 16;

async function proveParallel(product: Product, system: System, tally: Tally): Promise<void> {
  const sealer = openSealer("", product.key);
  const workers = [openSystems(product.db, sealer), openSystems(product.db, sealer)];
  const ports = await Promise.all(workers.map((worker) => worker.openPort(system.connection.id)));
  const [expected] = await Promise.all(ports.map((port) => port.countRows(system.object, null)));
  for (let n = 0; n < parallel; n += 1) {
    const { struck } = expireAt(system, n);
    const counts = await Promise.allSettled(
      ports.flatMap((port) =>
        Array.from({ length: parallel / ports.length }, () => port.countRows(system.object, null)),
      ),
    );
    tally.failed += counts.filter((each) => each.status === "rejected" || each.value !== expected).length;
    tally.expiries += struck() ? 1 : 0;
    tally.refreshes += countTokenCalls(system.proxy);
  }
  await Promise.all(workers.map((worker) => worker.close()));
}

const smallPages: WrapPort = (_id, port) => ({
  ...port,
  limits: { ...port.limits, readPage: 20, writeBatch: 10, findBatch: 10, settleMs: 50 },
});

export async function proveTokenExpiry(bench: Bench): Promise<Figure> {
  const [crm, erp] = [await startSalesforce(), await startBusinessCentral()];
  const [crmProxy, erpProxy] = [await startProxy(crm.url), await startProxy(erp.url)];
  const product = await openProduct(bench.server, { wrapPort: smallPages });
  const systems: readonly System[] = [
    {
      name: "Salesforce",
      object: "Account",
      sandbox: crm,
      proxy: crmProxy,
      connection: toSalesforceConnection("crm", crmProxy.url),
    },
    {
      name: "Business Central",
      object: "customers",
      sandbox: erp,
      proxy: erpProxy,
      connection: toBusinessCentralConnection("erp", erpProxy.url),
    },
  ];
  const tally: Tally = { expiries: 0, refreshes: 0, failed: 0 };
  const records = bench.size === "full" ? 100 : 40;
  let [runs, wasted] = [0, 0];
  const revoked: string[] = [];

  /** A fresh transfer over fresh data; the first calls of a run sign in, which is not counted as a refresh. */
  const runOnce = async (id: string, strike: () => void = () => undefined) => {
    await seedAccounts(crm, records);
    await erp.reset();
    const transfer = accountTransfer({
      id,
      writeBacks: [{ on: ["created", "updated", "unchanged"], values: { ERP_Id__c: "target.id" } }],
    });
    await product.addTransfer(transfer);
    await product.restart();
    for (const { proxy } of systems) proxy.setRules({});
    strike();
    return product.run(transfer.id);
  };

  try {
    for (const system of systems) {
      await product.addConnection(system.connection);
      await proveParallel(product, system, tally);
      bench.say(`${system.name}, ${parallel} parallel calls: ${JSON.stringify(tally)}`);
    }
    for (const system of systems) {
      await runOnce(`tr_calm_${system.connection.id}`);
      const signIns = systems.map(({ proxy }) => countTokenCalls(proxy));
      const calls = system.proxy.calls().length - countTokenCalls(system.proxy);
      const step = bench.size === "full" ? 1 : Math.max(1, Math.floor(calls / 4));
      for (let n = 0; n < calls; n += step) {
        let expiry = { struck: () => false };
        const run = await runOnce(`tr_${system.connection.id}_${n}`, () => {
          expiry = expireAt(system, n);
        });
        const delivered = customersByAccount(erp);
        runs += 1;
        tally.expiries += expiry.struck() ? 1 : 0;
        tally.refreshes += systems.reduce(
          (sum, { proxy }, place) => sum + countTokenCalls(proxy) - (signIns[place] ?? 0),
          0,
        );
        tally.failed +=
          run.counts.held +
          Math.abs(records - run.counts.created) +
          Math.abs(records - delivered.size) +
          (run.state === "finished" ? 0 : 1);
      }
      bench.say(`${system.name}, each of ${calls} calls of a run: ${JSON.stringify(tally)}`);
    }
    for (const system of systems) {
      let [seen, after] = [0, 0];
      const run = await runOnce(`tr_revoked_${system.connection.id}`, () =>
        system.proxy.setRules({
          async before(call) {
            seen += 1;
            if (seen === 6) await system.sandbox.expireTokens();
            if (seen < 6) return undefined;
            after += 1;
            return isTokenCall(call.path)
              ? {
                  status: 400,
                  body: `{"error":"invalid_client","error_description":"The login was revoked."}`,
                }
              : undefined;
          },
        }),
      );
      wasted = Math.max(wasted, after);
      const codes = run.issues.map((issue) => issue.code);
      if (run.state !== "failed" || !codes.includes("CON-601"))
        revoked.push(`${system.name}: ${run.state} ${codes.join(" ")}`);
    }
  } finally {
    await Promise.all([crmProxy.close(), erpProxy.close()]);
    await Promise.all([crm.close(), erp.close()]);
    await product.close();
  }
  for (const words of revoked) bench.say(`revoked login not told: ${words}`);
  return {
    id: "R8",
    text:
      `${tally.refreshes} refreshes for ${tally.expiries} expiries (2 × ${parallel} indexes of ${parallel} parallel calls of two workers, ${runs} runs), ` +
      `${tally.failed} failed records or calls; revoked login: ${wasted} calls wasted at most, ${revoked.length} runs without the reason`,
    met:
      tally.refreshes === tally.expiries &&
      tally.expiries > 0 &&
      tally.failed === 0 &&
      wasted <= 3 &&
      revoked.length === 0,
  };
}

await runAsCommand(import.meta.url, proveTokenExpiry);
