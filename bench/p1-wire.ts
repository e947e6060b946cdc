/**
 * P1: where the wire is the limit (150 ms per call), what the engine delivers against a bare loop that posts the same
 * batches with the same parallelism and does nothing else.
 */
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openItemLine } from "./stage/item-line.ts";
import { toItemMembers } from "./stage/items.ts";
import { runInProcess } from "./stage/line-process.ts";
import { openStandIn } from "./stage/stand-in-process.ts";

const goal = 0.9;
const batchSize = 200;
/** What the connector allows itself at once. */
const parallel = 3;

async function postBare(count: number, latencyMs: number): Promise<number> {
  const target = await openStandIn({ latencyMs });
  try {
    const starts = Array.from({ length: Math.ceil(count / batchSize) }, (_none, place) => place * batchSize);
    const startedAt = performance.now();
    const work = async (): Promise<void> => {
      for (let start = starts.shift(); start !== undefined; start = starts.shift()) {
        const from = start;
        const records = Array.from(
          { length: Math.min(batchSize, count - from) },
          (_none, place) => `{"attributes":{"type":"Item__c"},${toItemMembers(from + place, 0)}}`,
        );
        const answer = await fetch(`${target.url}/services/data/v66.0/composite/sobjects`, {
          method: "POST",
          headers: { authorization: "Bearer stand-in", "content-type": "application/json" },
          body: `{"allOrNone":false,"records":[${records.join(",")}]}`,
        });
        await answer.text();
      }
    };
    await Promise.all(Array.from({ length: parallel }, work));
    return performance.now() - startedAt;
  } finally {
    await target.close();
  }
}

async function deliver(bench: Bench, count: number, latencyMs: number, byKeys: boolean): Promise<number> {
  const line = await openItemLine(bench, {
    source: { records: count, latencyMs },
    target: { latencyMs },
    transfer: byKeys ? {} : { match: { by: "link", found: "update", missing: "create" } },
  });
  try {
    const { product, transferId } = line;
    const runId = await product.queueRun(transferId);
    const report = await runInProcess({ address: product.address, key: product.key, runId, durable: true });
    if (report.counts.created !== count)
      throw new Error(`The run ended otherwise: ${JSON.stringify(report)}`);
    bench.say(`${byKeys ? "by keys" : "by link"}: ${JSON.stringify(report.phaseMs)}`);
    return report.ms;
  } finally {
    await line.close();
  }
}

export async function measureWire(bench: Bench): Promise<Figure> {
  const isFull = bench.size === "full";
  const [count, latencyMs] = isFull ? [40_000, 150] : [2_000, 20];
  const bareMs = await postBare(count, latencyMs);
  const engineMs = await deliver(bench, count, latencyMs, false);
  const keyedMs = isFull ? await deliver(bench, count, latencyMs, true) : Number.NaN;
  const share = bareMs / engineMs;
  const perSecond = (ms: number): string => Math.round((count / ms) * 1000).toString();
  return {
    id: "P1",
    text:
      `${share.toFixed(2)} of a bare posting loop at ${latencyMs} ms per call (${perSecond(engineMs)} against ${perSecond(bareMs)} records/s)` +
      (isFull ? `; ${(bareMs / keyedMs).toFixed(2)} with a search by key before each write` : ""),
    met: isFull ? share >= goal : share > 0,
  };
}

await runAsCommand(import.meta.url, measureWire);
