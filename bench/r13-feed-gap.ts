/**
 * R13: a transfer that reads by the change feed is not run for longer than the source keeps its lists, and its token is
 * destroyed. Both must be noticed by the very next run, said, and closed by a full compare: no change, no new record and
 * no deletion is missed. Between the gaps only what the source lists is read.
 */
import {
  accountId,
  accountTransfer,
  changeAccounts,
  customersByAccount,
  seedAccounts,
} from "./stage/accounts.ts";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openProduct } from "./stage/product.ts";
import {
  startBusinessCentral,
  startSalesforce,
  toBusinessCentralConnection,
  toSalesforceConnection,
} from "./stage/sandboxes.ts";

const daySeconds = 86_400;

export async function proveFeedGap(bench: Bench): Promise<Figure> {
  const count = bench.size === "full" ? 5_000 : 200;
  const some = count / 50;
  const [crm, erp] = [await startSalesforce(), await startBusinessCentral()];
  const product = await openProduct(bench.server);
  const transfer = accountTransfer({
    changes: { by: "feed" },
    removals: { mode: "delete", guardPercent: 10 },
  });
  const failures: string[] = [];
  let gaps = 0;
  let missed = 0;
  let round = 0;
  const gone = new Set<string>();

  /** Changes some accounts and deletes one, as people would. */
  const changeSource = async (): Promise<void> => {
    round += 1;
    const ids = Array.from({ length: some }, (_none, index) => accountId(round * some + index));
    await changeAccounts(crm, ids, { BillingCity: `City ${round}` });
    const lost = accountId(count - round);
    gone.add(lost);
    const row = crm.store.table("Account").get(lost);
    const stamp = (await crm.moveClock(60)).replace(/\.\d+Z$/, ".000+0000");
    await crm.store.commit([
      { table: "Account", key: lost, row: { ...row, IsDeleted: true, SystemModstamp: stamp } },
    ]);
    await crm.moveClock(60);
  };

  const countMissed = (): number => {
    const found = customersByAccount(erp);
    const cities = [...erp.store.table("customers").values()].filter(
      (row) => JSON.stringify(row["city"]) === `"City ${round}"`,
    ).length;
    return some - cities + [...gone].filter((id) => found.has(id)).length + (count - gone.size - found.size);
  };

  const run = async (name: string, hasGap: boolean): Promise<void> => {
    const { state, counts, issues } = await product.run(transfer.id);
    const isNoticed = issues.some((issue) => issue.code === "RUN-708");
    const behind = countMissed();
    bench.say(`${name}: ${state} ${JSON.stringify(counts)}, ${behind} missed. ${issues[0]?.message ?? ""}`);
    missed += Math.abs(behind);
    if (hasGap && isNoticed) gaps += 1;
    const isSmall = hasGap || counts.read <= 2 * (some + 1);
    if (state !== "finished" || isNoticed !== hasGap || !isSmall) failures.push(name);
  };

  try {
    await seedAccounts(crm, count);
    await product.addConnection(toSalesforceConnection("crm", crm.url));
    await product.addConnection(toBusinessCentralConnection("erp", erp.url));
    await product.addTransfer(transfer);
    const first = await product.run(transfer.id);
    if (first.state !== "finished" || first.counts.created !== count) failures.push("first run");

    await changeSource();
    await run("listed", false);
    await changeSource();
    await crm.moveClock(31 * daySeconds);
    await run("31 days later", true);
    await changeSource();
    await run("listed again", false);
    await changeSource();
    await product.db.pool.query("update cursors set before = 'no token of anybody' where transfer_id = $1", [
      transfer.id,
    ]);
    await run("token destroyed", true);
    await changeSource();
    await run("listed at last", false);
  } finally {
    await Promise.all([crm.close(), erp.close()]);
    await product.close();
  }
  return {
    id: "R13",
    text:
      `${gaps} of 2 gaps of a change feed noticed by the next run and closed by a compare of ${count} records; ${missed} changes or deletions missed` +
      (failures.length === 0 ? "" : `; NOT SO: ${failures.join(", ")}`),
    met: gaps === 2 && missed === 0 && failures.length === 0,
  };
}

await runAsCommand(import.meta.url, proveFeedGap);
