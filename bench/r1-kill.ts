/**
 * R1: the worker process is killed with SIGKILL before, during and after every call of a port and around every
 * statement to the database, then started again. Each completed work order must end as exactly one invoice with the
 * right total, reported once, and the run must be over within a minute of the restart.
 */
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import type { KillPoint } from "./stage/kill-points.ts";
import { startMortalProcess, type Limits, type MortalProcess, type Order } from "./stage/mortal-process.ts";
import { openProduct, type Product } from "./stage/product.ts";
import { createRandom } from "./stage/random.ts";
import {
  startBusinessCentral,
  startSalesforce,
  toBusinessCentralConnection,
  toSalesforceConnection,
  type Sandbox,
} from "./stage/sandboxes.ts";
import { describeInvoices, workOrderTransfer, workOrderValueMaps } from "./stage/work-orders.ts";

interface Tally {
  kills: number;
  lost: number;
  duplicated: number;
  wrong: number;
  /** Records of the run without an outcome, or runs that did not finish as they should. */
  unreported: number;
  /** Records with more than one outcome in one run. */
  reportedTwice: number;
  slowestMs: number;
  places: string[];
}

/** Pages and batches of each seed: many small pages pass many points. */
const pages: readonly Limits[] = [
  { readPage: 12, writeBatch: 4 },
  { readPage: 15, writeBatch: 5 },
  { readPage: 20, writeBatch: 3 },
];
const longestMs = 60_000;
/** The unknown unit and the account without number, on purpose in the seed. */
const heldOnPurpose = 2;

interface World {
  readonly service: Sandbox;
  readonly erp: Sandbox;
  readonly product: Product;
}

interface Reports {
  readonly reported: number;
  readonly outcomes: number;
  readonly state: string;
  readonly created: number;
  readonly held: readonly string[];
}

async function readReports({ product }: World, transferId: string, runId: string): Promise<Reports> {
  const { rows } = await product.db.pool.query<{
    reported: number;
    outcomes: number;
    state: string;
    created: number;
  }>(
    `select count(distinct source_key)::int as reported, count(source_key)::int as outcomes, runs.state, runs.created
     from runs left join outcomes on outcomes.run_id = runs.id where runs.id = $1 group by runs.id`,
    [runId],
  );
  const [row] = rows;
  if (row === undefined) throw new Error(`Run ${runId} is gone.`);
  return { ...row, held: (await product.held(transferId)).map((each) => each.label) };
}

/** Judges the end of one kill and adds what is wrong to the tally. */
async function judge(world: World, transferId: string, runId: string, place: string, tally: Tally) {
  const reports = await readReports(world, transferId, runId);
  const end = describeInvoices(world.service, world.erp, new Set(reports.held));
  const due = end.due + heldOnPurpose;
  const unreported =
    Math.abs(due - reports.reported) +
    Math.abs(heldOnPurpose - reports.held.length) +
    Math.abs(end.due - reports.created) +
    (reports.state === "finished" ? 0 : 1);
  tally.kills += 1;
  tally.lost += end.lost;
  tally.duplicated += end.duplicated + Math.max(0, end.invoices - end.due);
  tally.wrong += end.wrong;
  const reportedTwice = reports.outcomes - reports.reported;
  tally.unreported += unreported;
  tally.reportedTwice += reportedTwice;
  if (end.lost + end.duplicated + end.wrong + unreported + reportedTwice > 0)
    tally.places.push(`${place}: ${JSON.stringify({ ...end, ...reports, held: reports.held.length })}`);
}

const nameOf = (point: KillPoint | undefined): string =>
  point === undefined ? "no point" : `${point.at} ${point.call}`;

async function killEverywhere(world: World, bench: Bench, seed: number, tally: Tally): Promise<number> {
  const { product, service, erp } = world;
  const limits = pages[seed % pages.length] ?? { readPage: 10, writeBatch: 4 };
  const random = createRandom(seed + 1);
  let worker = startMortalProcess();
  let spare: MortalProcess | undefined;

  const prepare = async (name: string) => {
    await Promise.all([service.reset(), erp.reset()]);
    const transfer = workOrderTransfer(`tr_kill_${seed}_${name}`);
    await product.addTransfer(transfer);
    return { transferId: transfer.id, runId: await product.queueRun(transfer.id) };
  };
  const obey = (order: Pick<Order, "runId" | "killAt">) =>
    worker.obey({
      address: product.address,
      key: product.key,
      limits,
      duringMs: random.between(0, 12),
      ...order,
    });

  const calm = await prepare("calm");
  const reply = await obey({ runId: calm.runId, killAt: null });
  if (reply === undefined || "error" in reply) throw new Error(reply?.error ?? "The calm run was killed.");
  await judge(world, calm.transferId, calm.runId, "without a kill", tally);
  tally.kills -= 1;
  const { points } = reply;
  const step = bench.size === "full" ? 1 : Math.ceil(points.length / 6);
  for (let killAt = seed % step; killAt < points.length; killAt += step) {
    spare ??= startMortalProcess();
    const { transferId, runId } = await prepare(String(killAt));
    const place = `seed ${seed}, ${killAt} (${nameOf(points[killAt])})`;
    const ended = await obey({ runId, killAt });
    if (ended !== undefined) {
      // Calls in parallel pass in another order each time; the last numbers may not be reached.
      if ("error" in ended) tally.places.push(`${place}: ${ended.error}`);
      continue;
    }
    worker = spare;
    spare = undefined;
    const restartedAt = Date.now();
    const recovered = await obey({ runId: null, killAt: null });
    tally.slowestMs = Math.max(tally.slowestMs, Date.now() - restartedAt);
    if (recovered === undefined || "error" in recovered)
      tally.places.push(`${place}: ${recovered?.error ?? "killed again"}`);
    // Once more from the start: what is done must stay as it is.
    await obey({ runId: await product.queueRun(transferId), killAt: null });
    await judge(world, transferId, runId, place, tally);
    if (killAt % 50 === 0) bench.say(`seed ${seed}: ${killAt} of ${points.length} points`);
  }
  await Promise.all([worker.close(), spare?.close()]);
  return points.length;
}

export async function proveKills(bench: Bench): Promise<Figure> {
  const world: World = {
    service: await startSalesforce(),
    erp: await startBusinessCentral(),
    product: await openProduct(bench.server),
  };
  const tally: Tally = {
    kills: 0,
    lost: 0,
    duplicated: 0,
    wrong: 0,
    unreported: 0,
    reportedTwice: 0,
    slowestMs: 0,
    places: [],
  };
  const points: number[] = [];
  try {
    const { product, service, erp } = world;
    await product.addConnection(toSalesforceConnection("field-service", service.url));
    await product.addConnection(toBusinessCentralConnection("erp", erp.url));
    await product.addValueMaps(workOrderValueMaps);
    for (const seed of bench.size === "full" ? [0, 1, 2] : [0])
      points.push(await killEverywhere(world, bench, seed, tally));
  } finally {
    await Promise.all([world.service.close(), world.erp.close()]);
    await world.product.close();
  }
  for (const place of tally.places) bench.say(place);
  return {
    id: "R1",
    text:
      `${tally.lost} lost, ${tally.duplicated} duplicated, ${tally.wrong} wrong, ${tally.unreported} unreported, ${tally.reportedTwice} reported twice in ${tally.kills} kills ` +
      `at ${points.join(" + ")} points; slowest end ${(tally.slowestMs / 1000).toFixed(1)} s after the restart`,
    met:
      tally.lost +
        tally.duplicated +
        tally.wrong +
        tally.unreported +
        tally.reportedTwice +
        tally.places.length ===
        0 &&
      tally.slowestMs <= longestMs &&
      tally.kills >= (bench.size === "full" ? 200 : 4),
  };
}

await runAsCommand(import.meta.url, proveKills);
