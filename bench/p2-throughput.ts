/**
 * P2: flat records of 20 fields with durable state and no latency: records per second, and against the floor of
 * reading the same pages, copying the fields and writing the same batches as text.
 */
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openItemLine } from "./stage/item-line.ts";
import { itemFields, toItemId, toItemMembers } from "./stage/items.ts";
import { runInProcess } from "./stage/line-process.ts";

const goalPerSecond = 20_000;
const goalShare = 0.25;
const [pageSize, batchSize] = [2_000, 200];

/** Milliseconds to parse, map and stringify `count` records. */
function measureFloor(count: number): number {
  const page = `[${Array.from({ length: pageSize }, (_none, index) => `{"Id":"${toItemId(index)}",${toItemMembers(index, 0)}}`).join(",")}]`;
  let written = 0;
  const startedAt = performance.now();
  for (let done = 0; done < count; done += pageSize) {
    const rows = JSON.parse(page) as Record<string, unknown>[];
    for (let start = 0; start < rows.length; start += batchSize) {
      const records = rows
        .slice(start, start + batchSize)
        .map((row) => Object.fromEntries(itemFields.map(([name]) => [name, row[name]])));
      written += JSON.stringify({ records }).length;
    }
  }
  if (written === 0) throw new Error("nothing was written");
  return performance.now() - startedAt;
}

export async function measureThroughput(bench: Bench): Promise<Figure> {
  const isFull = bench.size === "full";
  const count = isFull ? 200_000 : 2_000;
  const floor = (count / measureFloor(count)) * 1000;
  const line = await openItemLine(bench, {
    source: { records: count },
    transfer: { match: { by: "link", found: "update", missing: "create" } },
  });
  try {
    const { product, target, transferId } = line;
    const runId = await product.queueRun(transferId);
    const report = await runInProcess({ address: product.address, key: product.key, runId, durable: true });
    const counts = await target.counts();
    const isWhole = counts.stored === count && counts.wrong + counts.doubled === 0;
    const perSecond = (count / report.ms) * 1000;
    bench.say(`phases ${JSON.stringify(report.phaseMs)}, own CPU ${Math.round(report.cpuMs)} ms`);
    return {
      id: "P2",
      text: `${Math.round(perSecond)} records/s of ${count}, ${(perSecond / floor).toFixed(3)} of the floor (${Math.round(floor)}/s); ${counts.wrong} wrong, ${counts.doubled} doubled`,
      met: isWhole && (!isFull || (perSecond >= goalPerSecond && perSecond / floor >= goalShare)),
    };
  } finally {
    await line.close();
  }
}

await runAsCommand(import.meta.url, measureThroughput);
