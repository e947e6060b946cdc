/** P5: a second run over unchanged records writes nothing; where 1 % changed, exactly those are written, quickly. */
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openItemLine } from "./stage/item-line.ts";
import { runInProcess } from "./stage/line-process.ts";

const goalShare = 0.05;

export async function measureUnchanged(bench: Bench): Promise<Figure> {
  const isFull = bench.size === "full";
  const count = isFull ? 1_000_000 : 1_000;
  const line = await openItemLine(bench, { source: { records: count } });
  try {
    const { product, source, target, transferId } = line;
    const run = async (words: string) => {
      await target.clear();
      const runId = await product.queueRun(transferId);
      const report = await runInProcess({ address: product.address, key: product.key, runId, durable: true });
      const { created, updated, wrong, doubled, stored } = await target.counts();
      bench.say(`${words}: ${Math.round(report.ms)} ms, ${created} created, ${updated} updated`);
      if (report.state !== "finished") throw new Error(JSON.stringify(report));
      return { ms: report.ms, writes: created + updated, faulty: wrong + doubled, stored };
    };
    const full = await run("full");
    // Everything is read once more, as after a rewind; then only what is new.
    await product.db.pool.query("delete from cursors where transfer_id = $1", [transferId]);
    const again = await run("everything again");
    const idle = await run("nothing new");
    await source.changeEvery(100);
    const changed = await run("1 % changed");
    const share = changed.ms / full.ms;
    return {
      id: "P5",
      text: `${again.writes + idle.writes} writes where nothing changed; ${changed.writes} writes for ${count / 100} changes of ${count} in ${(share * 100).toFixed(1)} % of the full run's time`,
      met:
        full.stored === count &&
        again.writes + idle.writes === 0 &&
        changed.writes === count / 100 &&
        [full, again, idle, changed].every((each) => each.faulty === 0) &&
        (!isFull || share <= goalShare),
    };
  } finally {
    await line.close();
  }
}

await runAsCommand(import.meta.url, measureUnchanged);
