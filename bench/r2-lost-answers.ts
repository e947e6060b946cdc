/**
 * R2: the answer of 5 % of the write calls is lost after the work was done, with and without an external key in the
 * target. Nothing may exist twice; what cannot be settled by a search is held, never guessed.
 */
import {
  accountId,
  accountTransfer,
  customersByAccount,
  keylessAccountTransfer,
  seedAccounts,
} from "./stage/accounts.ts";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openProduct, type WrapPort } from "./stage/product.ts";
import {
  startBusinessCentral,
  startSalesforce,
  toBusinessCentralConnection,
  toSalesforceConnection,
} from "./stage/sandboxes.ts";

/** The sandbox works at once, so that a search soon after a lost answer proves as much as one after two minutes. */
const settleSoon: WrapPort = (_id, port) => ({ ...port, limits: { ...port.limits, settleMs: 100 } });

const writeCalls = { method: "POST", path: "^/v2.0/demo-tenant/Sandbox/api/v2.0/\\$batch" };

interface Tally {
  readonly duplicated: number;
  /** Neither in the target nor held. */
  readonly lost: number;
  readonly held: number;
  /** Held with another class than uncertain, or held although the target can be searched. */
  readonly wronglyHeld: number;
  readonly struck: number;
}

async function storm(bench: Bench, count: number, withKey: boolean): Promise<Tally> {
  const [crm, erp] = [await startSalesforce(), await startBusinessCentral()];
  const product = await openProduct(bench.server, { wrapPort: settleSoon });
  try {
    await seedAccounts(crm, count);
    await product.addConnection(toSalesforceConnection("crm", crm.url));
    await product.addConnection(toBusinessCentralConnection("erp", erp.url));
    const limits = { batchSize: bench.size === "full" ? 100 : 20 };
    const transfer = withKey ? accountTransfer({ limits }) : keylessAccountTransfer({ limits });
    await product.addTransfer(transfer);
    await erp.setFaults([{ match: writeCalls, share: 0.05, effect: { type: "dropAnswerAfterCommit" } }]);
    const run = await product.run(transfer.id);
    bench.say(`${withKey ? "with" : "without"} key: ${run.state}, ${JSON.stringify(run.counts)}`);
    // A second run and the retries of what is held must not guess either.
    await product.makeHeldDue(transfer.id);
    await product.run(transfer.id);
    const struck = (await erp.struck())[0] ?? 0;
    const held = await product.held(transfer.id);
    const heldKeys = new Set(held.map((each) => each.sourceKey));
    const customers = customersByAccount(erp);
    const ids = Array.from({ length: count }, (_none, index) => accountId(index));
    return {
      struck,
      held: held.length,
      duplicated: ids.filter((id) => (customers.get(id)?.length ?? 0) > 1).length,
      lost: ids.filter((id) => !customers.has(id) && !heldKeys.has(id)).length,
      wronglyHeld: held.filter((each) => withKey || each.class !== "uncertain").length,
    };
  } finally {
    await Promise.all([crm.close(), erp.close()]);
    await product.close();
  }
}

export async function proveLostAnswers(bench: Bench): Promise<Figure> {
  const count = bench.size === "full" ? 100_000 : 2_000;
  const tallies = [await storm(bench, count, true), await storm(bench, count, false)];
  const sum = (pick: (tally: Tally) => number): number => tallies.reduce((all, each) => all + pick(each), 0);
  const [keyed, keyless] = tallies;
  return {
    id: "R2",
    text:
      `${sum((each) => each.duplicated)} duplicated, ${sum((each) => each.lost)} lost of 2 × ${count} creates; ` +
      `answers lost in ${keyed?.struck ?? 0} + ${keyless?.struck ?? 0} calls; held as uncertain ${keyed?.held ?? 0} with a key, ${keyless?.held ?? 0} without`,
    met:
      sum((each) => each.duplicated + each.lost + each.wronglyHeld) === 0 &&
      tallies.every((each) => each.struck > 0) &&
      (keyless?.held ?? 0) > 0,
  };
}

await runAsCommand(import.meta.url, proveLostAnswers);
