/** P7: what outcomes, links and cursor in our own database cost, against a store that forgets everything. */
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openItemLine } from "./stage/item-line.ts";
import { runInProcess } from "./stage/line-process.ts";

const goal = 0.15;

async function timeRun(bench: Bench, count: number, durable: boolean): Promise<number> {
  const line = await openItemLine(bench, { source: { records: count } });
  try {
    const { product, transferId } = line;
    const runId = await product.queueRun(transferId);
    const report = await runInProcess({ address: product.address, key: product.key, runId, durable });
    if (report.counts.created !== count) throw new Error(JSON.stringify(report));
    bench.say(`${durable ? "durable" : "forgetful"}: ${Math.round(report.ms)} ms`);
    return report.ms;
  } finally {
    await line.close();
  }
}

export async function measureDurability(bench: Bench): Promise<Figure> {
  const isFull = bench.size === "full";
  const count = isFull ? 60_000 : 2_000;
  const times: { durable: number[]; forgetful: number[] } = { durable: [], forgetful: [] };
  // In turns, so that a busy moment of the machine meets both.
  for (let round = 0; round < (isFull ? 3 : 1); round += 1) {
    times.forgetful.push(await timeRun(bench, count, false));
    times.durable.push(await timeRun(bench, count, true));
  }
  const cost = Math.min(...times.durable) / Math.min(...times.forgetful) - 1;
  return {
    id: "P7",
    text: `durable state costs ${(cost * 100).toFixed(1)} % (${count} records, best of ${times.durable.length})`,
    met: !isFull || cost <= goal,
  };
}

await runAsCommand(import.meta.url, measureDurability);
