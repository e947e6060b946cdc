/**
 * R9: the answers of write batches come shuffled, cut short, too long or partly failed. An outcome may name no target
 * record but the one its source record became; what is not clear is searched or held.
 */
import type { TransferDefinition } from "@fieldbridge/model";
import { accountTransfer, seedAccounts } from "./stage/accounts.ts";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openProduct, type WrapPort } from "./stage/product.ts";
import { startProxy, type ProxyRules } from "./stage/proxy.ts";
import { createRandom, type Random } from "./stage/random.ts";
import {
  startBusinessCentral,
  startSalesforce,
  toBusinessCentralConnection,
  toSalesforceConnection,
  type Sandbox,
} from "./stage/sandboxes.ts";

type Distortion = "shuffled" | "short" | "long" | "twice";
const distortions: readonly Distortion[] = ["shuffled", "short", "long", "twice"];

const shuffle = <T>(items: readonly T[], random: Random): T[] => {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = random.between(0, last);
    const [a, b] = [result[last], result[other]];
    if (a !== undefined && b !== undefined) [result[last], result[other]] = [b, a];
  }
  return result;
};

/** Answers of a batch as somebody careless might give them. */
function distort(answers: readonly unknown[], how: Distortion, random: Random): readonly unknown[] {
  switch (how) {
    case "shuffled":
      return shuffle(answers, random);
    case "short":
      return answers.slice(0, Math.max(0, answers.length - random.between(1, 3)));
    case "long":
      return [...answers, ...answers.slice(0, random.between(1, 3))];
    case "twice":
      return answers.map((each, place) => (place % 5 === 4 ? answers[place - 1] : each));
  }
}

const isWrite = (path: string, method: string): boolean =>
  method === "POST" && (path.includes("/$batch") || path.includes("/composite/sobjects"));

/** Every write batch is distorted, each in its turn of the list. */
function distortWrites(random: Random): ProxyRules {
  let turn = 0;
  return {
    change(call, answer) {
      if (!isWrite(call.path, call.method) || answer.status !== 200) return answer;
      const how = distortions[turn % distortions.length] ?? "shuffled";
      turn += 1;
      const body = JSON.parse(answer.body) as unknown[] | { responses: unknown[] };
      const changed = Array.isArray(body)
        ? distort(body, how, random)
        : { ...body, responses: distort(body.responses, how, random) };
      return { status: answer.status, body: JSON.stringify(changed) };
    },
  };
}

interface Direction {
  readonly name: string;
  readonly transfer: TransferDefinition;
  readonly into: "crm" | "erp";
  /** Table of the target, and the field in which the source's key arrived. */
  readonly table: string;
  readonly witness: string;
}

/** Customers become accounts: creates by sObject Collections, which promise an order and no identity. */
const toAccounts: TransferDefinition = {
  kind: "transfer",
  version: 1,
  id: "tr_customers",
  name: "Customers to accounts",
  source: { connection: "erp", object: "customers" },
  target: { connection: "crm", object: "Account" },
  changes: { by: "watermark", field: "lastModifiedDateTime", lagSeconds: 0 },
  match: { by: "keys", keys: { ERP_No__c: "number" }, found: "update", missing: "create" },
  mappings: {
    Name: { value: "displayName" },
    ERP_No__c: { value: "number" },
    BillingStreet: { value: "id" },
    Industry: { value: "city" },
  },
};

const directions: readonly Direction[] = [
  {
    name: "into Business Central",
    transfer: accountTransfer(),
    into: "erp",
    table: "customers",
    witness: "addressLine2",
  },
  { name: "into Salesforce", transfer: toAccounts, into: "crm", table: "Account", witness: "BillingStreet" },
];

const smallBatches: WrapPort = (_id, port) => ({
  ...port,
  limits: { ...port.limits, readPage: 500, writeBatch: Math.min(40, port.limits.writeBatch), settleMs: 50 },
});

interface Tally {
  readonly wrong: number;
  readonly duplicated: number;
  readonly lost: number;
  readonly held: number;
  readonly assigned: number;
  readonly batches: number;
}

/** Half of the customers say a city that the CRM takes for nothing special; every 50th has a name too long for it. */
async function seedCustomers(crm: Sandbox, erp: Sandbox, count: number): Promise<void> {
  const { store } = erp;
  const [sample] = [...store.table("customers").values()];
  if (sample === undefined) throw new Error("The sandbox has no customer.");
  await store.commit(
    [...store.table("customers").keys()].map((key) => ({ table: "customers", key, row: null })),
  );
  await seedAccounts(crm, 0);
  await store.commit(
    Array.from({ length: count }, (_none, index) => {
      const id = `bbbbbbbb-0000-4000-8000-${String(index).padStart(12, "0")}`;
      const number = `S${String(index).padStart(7, "0")}`;
      return {
        table: "customers",
        key: id,
        row: { ...sample, id, number, displayName: index % 50 === 7 ? "" : `Customer ${index}` },
      };
    }),
  );
}

async function judge(bench: Bench, direction: Direction, count: number, seed: number): Promise<Tally> {
  const [crm, erp] = [await startSalesforce(), await startBusinessCentral()];
  const target = direction.into === "erp" ? erp : crm;
  const proxy = await startProxy(target.url);
  const product = await openProduct(bench.server, { wrapPort: smallBatches });
  try {
    const isIntoErp = direction.into === "erp";
    await product.addConnection(toSalesforceConnection("crm", isIntoErp ? crm.url : proxy.url));
    await product.addConnection(toBusinessCentralConnection("erp", isIntoErp ? proxy.url : erp.url));
    // Every 50th record is refused by the target, so that answers of both kinds are mixed.
    if (isIntoErp)
      await seedAccounts(crm, count, (index) => (index % 50 === 7 ? { CurrencyIsoCode: "SEK" } : {}));
    else await seedCustomers(crm, erp, count);
    await product.addTransfer(direction.transfer);
    proxy.setRules(distortWrites(createRandom(seed)));
    const run = await product.run(direction.transfer.id);
    const batches = proxy.calls().filter((call) => isWrite(call.path, call.method)).length;
    bench.say(`${direction.name}: ${run.state}, ${JSON.stringify(run.counts)}`);
    const { rows } = await product.db.pool.query<{ source_key: string; target_key: string | null }>(
      "select source_key, target_key from outcomes where run_id = $1 and action in ('created', 'updated', 'unchanged')",
      [run.id],
    );
    const { rows: links } = await product.db.pool.query<{ source_key: string; target_key: string }>(
      "select source_key, target_key from record_links where state = 'linked' and target_key is not null",
    );
    const table = target.store.table(direction.table);
    const written = new Map<string, number>();
    for (const row of table.values()) {
      const key = row[direction.witness];
      if (typeof key === "string") written.set(key, (written.get(key) ?? 0) + 1);
    }
    const isWrong = (each: { source_key: string; target_key: string | null }): boolean =>
      table.get(each.target_key ?? "")?.[direction.witness] !== each.source_key;
    const held = await product.held(direction.transfer.id);
    const named = new Set(
      [...rows, ...held.map((each) => ({ source_key: each.sourceKey }))].map((each) => each.source_key),
    );
    // A record that the target has and the run reports as refused would be an answer of somebody else.
    const falselyRefused = held.filter((each) => each.class !== "uncertain" && written.has(each.sourceKey));
    return {
      wrong: rows.filter(isWrong).length + links.filter(isWrong).length + falselyRefused.length,
      duplicated: [...written.entries()].filter(([key, times]) => named.has(key) && times > 1).length,
      lost: count - named.size,
      held: held.length,
      assigned: rows.length,
      batches,
    };
  } finally {
    await proxy.close();
    await Promise.all([crm.close(), erp.close()]);
    await product.close();
  }
}

export async function proveMisorderedAnswers(bench: Bench): Promise<Figure> {
  const count = bench.size === "full" ? 20_000 : 500;
  const tallies: Tally[] = [];
  for (const [place, direction] of directions.entries())
    tallies.push(await judge(bench, direction, count, place + 1));
  const sum = (pick: (tally: Tally) => number): number => tallies.reduce((all, each) => all + pick(each), 0);
  return {
    id: "R9",
    text:
      `${sum((each) => each.wrong)} outcomes or links at the wrong record, ${sum((each) => each.duplicated)} duplicated, ${sum((each) => each.lost)} lost ` +
      `of 2 × ${count} in ${sum((each) => each.batches)} distorted batches (shuffled, short, long, doubled, 2 % refused); ` +
      `${sum((each) => each.assigned)} assigned, ${sum((each) => each.held)} held`,
    met:
      sum((each) => each.wrong + each.duplicated + each.lost) === 0 &&
      tallies.every((each) => each.batches > 0 && each.assigned > count * 0.9),
  };
}

await runAsCommand(import.meta.url, proveMisorderedAnswers);
