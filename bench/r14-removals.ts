/**
 * R14: the source suddenly shows nothing, fails, answers with foreign records, or a fifth of its records is deleted. No
 * target record may be deleted without a person's confirmation; below the guard, and after a confirmation, exactly the
 * deleted ones are.
 */
import { Fault, type SystemPort } from "@fieldbridge/engine";
import { toIssue, type Run } from "@fieldbridge/model";
import { accountId, accountTransfer, customersByAccount, seedAccounts } from "./stage/accounts.ts";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openProduct } from "./stage/product.ts";
import {
  startBusinessCentral,
  startSalesforce,
  toBusinessCentralConnection,
  toSalesforceConnection,
  type Sandbox,
} from "./stage/sandboxes.ts";

const guardPercent = 5;

const rangeOf = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_none, index) => accountId(from + index));

const deleteAccounts = (crm: Sandbox, ids: readonly string[]): Promise<unknown> =>
  crm.store.commit(ids.map((key) => ({ table: "Account", key, row: null })));

/** True where exactly these accounts have no customer any more. */
const areGone = (erp: Sandbox, count: number, gone: readonly string[]): boolean => {
  const found = customersByAccount(erp);
  return found.size === count - gone.length && gone.every((id) => !found.has(id));
};

export async function proveRemovals(bench: Bench): Promise<Figure> {
  const count = bench.size === "full" ? 5_000 : 200;
  const few = rangeOf(0, (count * 4) / 100);
  const fifth = rangeOf(few.length, few.length + count / 5);
  const [crm, erp] = [await startSalesforce(), await startBusinessCentral()];
  let readByKeys: SystemPort["readByKeys"] | undefined;
  const product = await openProduct(bench.server, {
    wrapPort: (id, port) => ({
      ...port,
      readByKeys: (...asked) =>
        id === "crm" && readByKeys ? readByKeys(...asked) : port.readByKeys(...asked),
    }),
  });
  const failures: string[] = [];
  const expectRun = (name: string, run: Run, state: Run["state"], gone: readonly string[]): void => {
    const words = `${name}: ${run.state}, ${run.counts.removed} removed, ${customersByAccount(erp).size} left`;
    bench.say(`${words}. ${run.issues.map((issue) => issue.message).join(" ")}`);
    if (run.state !== state || !areGone(erp, count, gone)) failures.push(words);
  };
  try {
    await seedAccounts(crm, count);
    await product.addConnection(toSalesforceConnection("crm", crm.url));
    await product.addConnection(toBusinessCentralConnection("erp", erp.url));
    const transfer = accountTransfer({ removals: { mode: "delete", guardPercent } });
    await product.addTransfer(transfer);
    const run = () => product.run(transfer.id);
    expectRun("first run", await run(), "finished", []);

    readByKeys = () => Promise.resolve([]);
    expectRun("source shows nothing", await run(), "stopped", []);
    readByKeys = () => Promise.resolve([{ Id: accountId(count + 1) }]);
    expectRun("source shows others", await run(), "failed", []);
    readByKeys = () =>
      Promise.reject(
        new Fault(toIssue("CON-603", "", "The right to read was taken away."), { retryable: false }),
      );
    expectRun("source fails", await run(), "failed", []);
    readByKeys = undefined;
    expectRun("source is well again", await run(), "finished", []);

    await deleteAccounts(crm, few);
    expectRun("4 % deleted", await run(), "finished", few);
    await deleteAccounts(crm, fifth);
    expectRun("20 % deleted", await run(), "stopped", few);
    expectRun("20 % deleted, asked again", await run(), "stopped", few);
    const confirmed = await product.run(transfer.id, { kind: "removals", confirmed: fifth.length });
    expectRun("confirmed", confirmed, "finished", [...few, ...fifth]);
    expectRun("after it", await run(), "finished", [...few, ...fifth]);
  } finally {
    await Promise.all([crm.close(), erp.close()]);
    await product.close();
  }
  return {
    id: "R14",
    text:
      `of ${count} linked records: 0 deleted while the source showed nothing, showed others, failed or lost 20 %; ` +
      `exactly ${few.length} below the guard and exactly ${fifth.length} after a confirmation${failures.length === 0 ? "" : `; NOT SO: ${failures.join("; ")}`}`,
    met: failures.length === 0,
  };
}

await runAsCommand(import.meta.url, proveRemovals);
