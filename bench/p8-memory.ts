/** P8: the resident memory of a process that moves a million records against one that moves ten thousand. */
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openItemLine } from "./stage/item-line.ts";
import { runInProcess } from "./stage/line-process.ts";

const goalRatio = 1.25;
const goalBytes = 512 * 1024 * 1024;

async function measure(bench: Bench, count: number): Promise<number> {
  const line = await openItemLine(bench, { source: { records: count } });
  try {
    const { product, target, transferId } = line;
    const runId = await product.queueRun(transferId);
    const report = await runInProcess({ address: product.address, key: product.key, runId, durable: true });
    const { stored } = await target.counts();
    if (stored !== count) throw new Error(`${stored} of ${count} arrived: ${JSON.stringify(report)}`);
    bench.say(
      `${count} records: ${Math.round(report.mostMemory / 1024 / 1024)} MB, ${Math.round(report.ms)} ms`,
    );
    return report.mostMemory;
  } finally {
    await line.close();
  }
}

export async function measureMemory(bench: Bench): Promise<Figure> {
  const isFull = bench.size === "full";
  const [few, many] = isFull ? [10_000, 1_000_000] : [1_000, 3_000];
  const [small, large] = [await measure(bench, few), await measure(bench, many)];
  const ratio = large / small;
  const mega = (bytes: number): number => Math.round(bytes / 1024 / 1024);
  return {
    id: "P8",
    text: `${mega(large)} MB for ${many} records, ${ratio.toFixed(2)} × the ${mega(small)} MB for ${few}`,
    met: large <= goalBytes && (!isFull || ratio <= goalRatio),
  };
}

await runAsCommand(import.meta.url, measureMemory);
