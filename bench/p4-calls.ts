/**
 * P4: calls counted at the endpoints against the fewest that their batch sizes allow, and the cost of bad records in
 * an endpoint that takes a batch whole or not at all.
 */
import { createRandom } from "./stage/random.ts";
import { accountTransfer, seedAccounts } from "./stage/accounts.ts";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openItemLine } from "./stage/item-line.ts";
import { openProduct } from "./stage/product.ts";
import {
  startBusinessCentral,
  startSalesforce,
  toBusinessCentralConnection,
  toSalesforceConnection,
} from "./stage/sandboxes.ts";

const goalRatio = 1.05;

interface Calls {
  readonly made: number;
  readonly fewest: number;
}

/** What the endpoints allow per call: query page, sObject Collection, `$batch`, and keys in an address of 8,000. */
const most = { page: 2_000, collection: 200, batch: 100 };
const addressLength = 8_000;
/** `number eq 'K00000001'` and the ` or ` between two of them, as they stand in an address. */
const keyLength = "number%20eq%20'K00000001'%20or%20".length;
const keysPerFind = Math.floor(addressLength / keyLength);

/** Describe, upper bound and count; metadata and company: needed once per run, whatever its size. */
const once = { crm: 3, erp: 2 };

/** Accounts to customers with a write-back: read, find, create, write back. */
async function countLine(bench: Bench, count: number): Promise<Calls> {
  const [crm, erp] = [await startSalesforce(), await startBusinessCentral()];
  const product = await openProduct(bench.server);
  try {
    await seedAccounts(crm, count);
    await product.addConnection(toSalesforceConnection("crm", crm.url));
    await product.addConnection(toBusinessCentralConnection("erp", erp.url));
    const transfer = accountTransfer({
      writeBacks: [{ on: ["created", "updated", "unchanged"], values: { ERP_Id__c: "target.id" } }],
    });
    await product.addTransfer(transfer);
    await Promise.all([crm.clearCalls(), erp.clearCalls()]);
    const run = await product.run(transfer.id);
    if (run.counts.created !== count) throw new Error(`The run ended otherwise: ${JSON.stringify(run)}`);
    const [atCrm, atErp] = [await crm.countCalls(), await erp.countCalls()];
    const pages = Math.ceil(count / most.page);
    const perPage = Math.min(count, most.page);
    const fewest =
      pages * (1 + Math.ceil(perPage / most.collection)) +
      pages * (Math.ceil(perPage / keysPerFind) + Math.ceil(perPage / most.batch)) +
      once.crm +
      once.erp;
    bench.say(`source ${atCrm} calls, target ${atErp} calls, fewest together ${fewest}`);
    return { made: atCrm + atErp, fewest };
  } finally {
    await Promise.all([crm.close(), erp.close()]);
    await product.close();
  }
}

/** `'I000000001',` in an address of 14,000, and the connector's own most of tuples. */
const keysPerQuery = Math.min(1_000, Math.floor(14_000 / "'I000000001',".length));

/** Items to items between two Salesforce-like endpoints: read, find, create. */
async function countCollections(bench: Bench, count: number): Promise<Calls> {
  const line = await openItemLine(bench, { source: { records: count } });
  try {
    await Promise.all([line.source.clear(), line.target.clear()]);
    const run = await line.product.run(line.transferId);
    if (run.counts.created !== count) throw new Error(`The run ended otherwise: ${JSON.stringify(run)}`);
    const [atSource, atTarget] = [(await line.source.counts()).total, (await line.target.counts()).total];
    const pages = Math.ceil(count / most.page);
    const perPage = Math.min(count, most.page);
    const fewest =
      pages * (1 + Math.ceil(perPage / keysPerQuery) + Math.ceil(perPage / most.collection)) + 2 * once.crm;
    bench.say(`collections: source ${atSource} calls, target ${atTarget} calls, fewest together ${fewest}`);
    return { made: atSource + atTarget, fewest };
  } finally {
    await line.close();
  }
}

interface Split {
  readonly bad: number;
  readonly extra: number;
  readonly allowed: number;
}

/** One batch of 200 with `bad` records in it, to an endpoint that refuses the whole batch. */
async function countSplits(bench: Bench, bad: readonly number[]): Promise<Split> {
  const size = most.collection;
  const line = await openItemLine(bench, {
    source: { records: size },
    target: { allOrNothing: true, poison: bad },
  });
  try {
    const run = await line.product.run(line.transferId);
    const { calls, stored } = await line.target.counts();
    if (run.counts.held !== bad.length || stored !== size - bad.length)
      throw new Error(`The run ended otherwise: ${JSON.stringify(run.counts)}`);
    const writes = calls["POST /services/data/composite/sobjects"] ?? 0;
    return { bad: bad.length, extra: writes - 1, allowed: 2 * bad.length * Math.log2(size) + 1 };
  } finally {
    await line.close();
  }
}

export async function measureCalls(bench: Bench): Promise<Figure> {
  const count = bench.size === "full" ? 100_000 : 2_000;
  const calls = await countLine(bench, count);
  const collections = await countCollections(bench, count);
  const ratio = calls.made / calls.fewest;
  const collectionsRatio = collections.made / collections.fewest;
  const random = createRandom(4);
  const splits: Split[] = [];
  for (const bad of bench.size === "full" ? [1, 2, 5, 10, 20] : [3]) {
    const places = new Set<number>();
    while (places.size < bad) places.add(random.between(0, most.collection - 1));
    splits.push(await countSplits(bench, [...places]));
  }
  const told = splits.map(({ bad, extra, allowed }) => `${bad} bad: ${extra} of ${Math.floor(allowed)}`);
  return {
    id: "P4",
    text: `${ratio.toFixed(3)} × the fewest calls into Business Central (${calls.made} of ${calls.fewest}), ${collectionsRatio.toFixed(3)} × into Salesforce (${collections.made} of ${collections.fewest}); extra calls in a batch of ${most.collection}: ${told.join(", ")}`,
    met:
      ratio <= goalRatio &&
      collectionsRatio <= goalRatio &&
      splits.every(({ extra, allowed }) => extra <= allowed),
  };
}

await runAsCommand(import.meta.url, measureCalls);
