/**
 * P9: what two workers together get out of one connection whose system takes only so many calls in a span of time,
 * against what it allows; and that nobody calls inside a Retry-After, whichever worker was told of it.
 */
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { itemTransfer } from "./stage/items.ts";
import { openProduct, type WrapPort } from "./stage/product.ts";
import { toSalesforceConnection } from "./stage/sandboxes.ts";
import { openStandIn } from "./stage/stand-in-process.ts";

const goalShare = 0.95;

/** Many small pages, so that the calls to the limited source are what takes time. */
const smallPages: WrapPort = (id, port) => ({
  ...port,
  limits: { ...port.limits, readPage: id === "here" ? 20 : port.limits.readPage },
});

export async function measureThrottled(bench: Bench): Promise<Figure> {
  const isFull = bench.size === "full";
  const limiter = isFull ? { calls: 300, perMs: 30_000 } : { calls: 10, perMs: 2_000 };
  const records = (isFull ? 600 : 16) * 20;
  const transferIds = ["tr_one", "tr_other"];
  const [here, ...targets] = await Promise.all([
    openStandIn({ records, limiter }),
    openStandIn({}),
    openStandIn({}),
  ]);
  const product = await openProduct(bench.server, { wrapPort: smallPages });
  try {
    await product.addConnection(toSalesforceConnection("here", here.url));
    for (const [place, id] of transferIds.entries()) {
      await product.addConnection(toSalesforceConnection(`there-${place}`, targets[place]?.url ?? ""));
      await product.addTransfer(
        itemTransfer({ id, target: { connection: `there-${place}`, object: "Item__c" } }),
      );
    }
    const startedAt = Date.now();
    const runs = await Promise.all([product.run("tr_one"), product.runElsewhere("tr_other")]);
    const tookMs = Date.now() - startedAt;
    const counts = await here.counts();
    const stored = await Promise.all(targets.map(async (each) => (await each.counts()).stored));
    const allowed = (limiter.calls * counts.limited.ms) / limiter.perMs;
    const share = allowed === 0 ? 0 : counts.limited.calls / allowed;
    bench.say(`${counts.total} calls in ${tookMs} ms, ${counts.refusedCalls} refused`);
    return {
      id: "P9",
      text: `${share.toFixed(3)} of the calls allowed by a limiter of ${limiter.calls} in ${limiter.perMs / 1000} s to two workers together; ${counts.early} calls inside a Retry-After, ${counts.refusedCalls} refused`,
      met:
        // Short spans measure the noise of the machine; there, only the rules count.
        (!isFull || share >= goalShare) &&
        counts.refusedCalls > 0 &&
        counts.early === 0 &&
        runs.every((run) => run.state === "finished") &&
        stored.every((each) => each === records),
    };
  } finally {
    await Promise.all([here, ...targets].map((each) => each.close()));
    await product.close();
  }
}

await runAsCommand(import.meta.url, measureThrottled);
