/**
 * R4: 1 % of the records are refused by the target, one by one or with their whole batch. The others arrive in the
 * first run, exactly the bad ones are held, each with a cause and a hint, and they pass by themselves once the cause
 * is gone: corrected in the source (half of them) or in the target (the other half).
 */
import {
  accountId,
  accountTransfer,
  changeAccounts,
  customersByAccount,
  seedAccounts,
} from "./stage/accounts.ts";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openItemLine } from "./stage/item-line.ts";
import { toItemId } from "./stage/items.ts";
import { openProduct, type HeldRow, type Product } from "./stage/product.ts";
import {
  startBusinessCentral,
  startSalesforce,
  toBusinessCentralConnection,
  toSalesforceConnection,
  type Sandbox,
} from "./stage/sandboxes.ts";

interface Tally {
  readonly delivered: number;
  /** Records in the wrong place after the first run: bad ones delivered, good ones held or missing. */
  readonly misplaced: number;
  readonly held: number;
  /** Held without a message or a hint. */
  readonly unexplained: number;
  /** Still held after the cause was gone. */
  readonly stuck: number;
  readonly missing: number;
}

const isPoison = (index: number): boolean => index % 100 === 37;

function checkHeld(
  held: readonly HeldRow[],
  poisonIds: readonly string[],
): { misplaced: number; unexplained: number } {
  const heldKeys = new Set(held.map((each) => each.sourceKey));
  const poison = new Set(poisonIds);
  return {
    misplaced:
      poisonIds.filter((id) => !heldKeys.has(id)).length +
      [...heldKeys].filter((key) => !poison.has(key)).length,
    unexplained: held.filter(
      ({ issues }) =>
        issues.length === 0 || issues.some((issue) => issue.message === "" || issue.hint === ""),
    ).length,
  };
}

/** The missing currency is created in the target. */
async function correctErp(erp: Sandbox): Promise<void> {
  const { store } = erp;
  const [sample] = [...store.table("currencies").entries()].filter(([, row]) => row["code"] === "USD");
  if (sample === undefined) throw new Error("The sandbox has no USD.");
  const id = "aaaaaaaa-0000-4000-8000-000000000001";
  await store.commit([{ table: "currencies", key: id, row: { ...sample[1], id, code: "SEK" } }]);
}

async function passLater(product: Product, transferId: string): Promise<number> {
  await product.makeHeldDue(transferId);
  await product.run(transferId);
  return (await product.held(transferId)).length;
}

async function proveOneByOne(bench: Bench, count: number): Promise<Tally> {
  const [crm, erp] = [await startSalesforce(), await startBusinessCentral()];
  const product = await openProduct(bench.server);
  try {
    await seedAccounts(crm, count, (index) => (isPoison(index) ? { CurrencyIsoCode: "SEK" } : {}));
    await product.addConnection(toSalesforceConnection("crm", crm.url));
    await product.addConnection(toBusinessCentralConnection("erp", erp.url));
    const transfer = accountTransfer();
    await product.addTransfer(transfer);
    const run = await product.run(transfer.id);
    bench.say(`one by one: ${run.state}, ${JSON.stringify(run.counts)}`);
    const ids = Array.from({ length: count }, (_none, index) => accountId(index));
    const poison = ids.filter((_id, index) => isPoison(index));
    const first = customersByAccount(erp);
    const held = await product.held(transfer.id);
    const judged = checkHeld(held, poison);
    const half = Math.ceil(poison.length / 2);
    await changeAccounts(crm, poison.slice(0, half), { CurrencyIsoCode: "USD" });
    const corrected = await product.run(transfer.id);
    if (corrected.counts.created !== half) bench.say(`corrected: ${JSON.stringify(corrected.counts)}`);
    await correctErp(erp);
    const stuck = await passLater(product, transfer.id);
    const last = customersByAccount(erp);
    return {
      ...judged,
      misplaced: judged.misplaced + poison.filter((id) => first.has(id)).length,
      held: held.length,
      delivered: first.size,
      stuck,
      missing: ids.filter((id) => last.get(id)?.length !== 1).length,
    };
  } finally {
    await Promise.all([crm.close(), erp.close()]);
    await product.close();
  }
}

async function proveAllOrNothing(bench: Bench, count: number): Promise<Tally> {
  const poison = Array.from({ length: count / 100 }, (_none, place) => place * 100 + 37);
  const line = await openItemLine(bench, {
    source: { records: count },
    target: { poison, allOrNothing: true },
  });
  try {
    const { product, target, transferId } = line;
    const run = await product.run(transferId);
    bench.say(`all or nothing: ${run.state}, ${JSON.stringify(run.counts)}`);
    const delivered = (await target.counts()).stored;
    const held = await product.held(transferId);
    await target.cure();
    const stuck = await passLater(product, transferId);
    const last = await target.counts();
    return {
      ...checkHeld(held, poison.map(toItemId)),
      held: held.length,
      delivered,
      stuck,
      missing: count - last.stored + last.doubled + last.wrong,
    };
  } finally {
    await line.close();
  }
}

export async function provePoison(bench: Bench): Promise<Figure> {
  const count = bench.size === "full" ? 100_000 : 1_500;
  const tallies = [await proveOneByOne(bench, count), await proveAllOrNothing(bench, count)];
  const of = (pick: (tally: Tally) => number): string => tallies.map(pick).join(" + ");
  return {
    id: "R4",
    text:
      `of ${count} records with 1 % poison, one by one + all-or-nothing: delivered in the first run ${of((each) => each.delivered)}, ` +
      `held ${of((each) => each.held)}, misplaced ${of((each) => each.misplaced)}, without cause or hint ${of((each) => each.unexplained)}, ` +
      `still held after the correction ${of((each) => each.stuck)}, missing at the end ${of((each) => each.missing)}`,
    met: tallies.every(
      (each) =>
        each.misplaced + each.unexplained + each.stuck + each.missing === 0 &&
        each.held === count / 100 &&
        each.delivered === count - each.held,
    ),
  };
}

await runAsCommand(import.meta.url, provePoison);
