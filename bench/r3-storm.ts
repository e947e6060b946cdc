/**
 * R3: both systems throttle, refuse, fail and dawdle at random while records flow; a daily limit ends one run. Nothing
 * is lost or doubled, nobody calls inside a Retry-After, and a transfer over other connections is not slowed.
 */
import { accountId, accountTransfer, customersByAccount, seedAccounts } from "./stage/accounts.ts";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openProduct, type WrapPort } from "./stage/product.ts";
import { startProxy } from "./stage/proxy.ts";
import { createRandom } from "./stage/random.ts";
import {
  startBusinessCentral,
  startSalesforce,
  toBusinessCentralConnection,
  toSalesforceConnection,
} from "./stage/sandboxes.ts";
import { createStorm } from "./stage/storm.ts";

const smallBatches: WrapPort = (_id, port) => ({
  ...port,
  limits: { ...port.limits, readPage: 500, writeBatch: 50, findBatch: 50, settleMs: 100 },
});

const writeBacks = [
  { on: ["created" as const, "updated" as const, "unchanged" as const], values: { ERP_Id__c: "target.id" } },
];

const dailyLimit = {
  match: { path: "/services/data" },
  after: 4,
  times: 1,
  effect: {
    type: "status",
    status: 403,
    code: "REQUEST_LIMIT_EXCEEDED",
    message: "TotalRequests Limit exceeded.",
  },
} as const;

export async function proveStorm(bench: Bench): Promise<Figure> {
  const isFull = bench.size === "full";
  const count = isFull ? 20_000 : 1_000;
  const calmCount = isFull ? 1_000 : 200;
  const sandboxes = await Promise.all([
    startSalesforce(),
    startBusinessCentral(),
    startSalesforce(),
    startBusinessCentral(),
  ]);
  const [crm, erp, otherCrm, otherErp] = sandboxes;
  const [crmProxy, erpProxy] = [await startProxy(crm.url), await startProxy(erp.url)];
  const product = await openProduct(bench.server, { wrapPort: smallBatches });
  try {
    await seedAccounts(crm, count);
    await seedAccounts(otherCrm, calmCount);
    await product.addConnection(toSalesforceConnection("crm", crmProxy.url));
    await product.addConnection(toBusinessCentralConnection("erp", erpProxy.url));
    await product.addConnection(toSalesforceConnection("other-crm", otherCrm.url));
    await product.addConnection(toBusinessCentralConnection("other-erp", otherErp.url));
    const stormy = accountTransfer({ writeBacks });
    const calm = accountTransfer({
      id: "tr_calm",
      source: { connection: "other-crm", object: "Account" },
      target: { connection: "other-erp", object: "customers" },
      writeBacks,
    });
    await product.addTransfer(stormy);
    await product.addTransfer(calm);

    const seconds = isFull ? [1, 2, 4] : [1];
    const storms = [
      createStorm("salesforce", createRandom(31), { retryAfterSeconds: seconds }),
      createStorm("business-central", createRandom(32), { retryAfterSeconds: seconds }),
    ] as const;
    crmProxy.setRules(storms[0].rules);
    erpProxy.setRules(storms[1].rules);
    const [first, other] = await Promise.all([product.run(stormy.id), product.run(calm.id)]);
    bench.say(`storm: ${first.state}, ${JSON.stringify(first.counts)}`);
    bench.say(`struck: ${JSON.stringify(storms.map((each) => each.struck()))}`);
    bench.say(`other connections: ${other.state}, ${JSON.stringify(other.counts)}`);

    // The daily limit strikes in the middle of a run over everything once more; the storm goes on.
    await crm.setFaults([dailyLimit]);
    await product.db.pool.query("delete from cursors where transfer_id = $1", [stormy.id]);
    const limited = await product.run(stormy.id);
    const limitClass = limited.issues.map((issue) => issue.class);
    bench.say(`daily limit: ${limited.state}, ${limited.issues.map((issue) => issue.code).join(" ")}`);
    let last = limited;
    let runs = 2;
    for (; last.state !== "finished" && runs < 8; runs += 1) {
      await product.restart();
      await product.makeHeldDue(stormy.id);
      last = await product.run(stormy.id);
    }
    await product.makeHeldDue(stormy.id);
    last = await product.run(stormy.id);
    bench.say(`after it: ${last.state} after ${runs} runs, ${JSON.stringify(last.counts)}`);

    const customers = customersByAccount(erp);
    const ids = Array.from({ length: count }, (_none, index) => accountId(index));
    const lost = ids.filter((id) => !customers.has(id)).length;
    const duplicated = ids.filter((id) => (customers.get(id)?.length ?? 0) > 1).length;
    const written = [...crm.store.table("Account").values()].filter(
      (row) => customers.get(String(row["Id"] as string))?.[0] === row["ERP_Id__c"],
    ).length;
    const early = storms[0].early() + storms[1].early();
    const open = (await product.held(stormy.id)).length;
    const endedAt = (run: typeof first): number => Date.parse(run.endedAt ?? "");
    const unaffected =
      other.state === "finished" && other.counts.created === calmCount && endedAt(other) < endedAt(first);
    return {
      id: "R3",
      text:
        `${lost} lost, ${duplicated} duplicated, ${count - written} without write-back, ${open} still held of ${count}; ` +
        `${early} calls inside a Retry-After; struck ${JSON.stringify(storms.map((each) => each.struck()))}; ` +
        `the daily limit left its run ${limited.resumeAt === null ? limited.state : "waiting"} (${limitClass.includes("throttle") ? "throttle" : "another class"}); ` +
        `other connections ${unaffected ? "unaffected" : "AFFECTED"}`,
      met:
        lost + duplicated + early + open === 0 &&
        written === count &&
        unaffected &&
        limited.resumeAt !== null &&
        limitClass.includes("throttle") &&
        last.state === "finished",
    };
  } finally {
    await Promise.all([crmProxy.close(), erpProxy.close()]);
    await Promise.all(sandboxes.map((each) => each.close()));
    await product.close();
  }
}

await runAsCommand(import.meta.url, proveStorm);
