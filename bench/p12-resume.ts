/**
 * P12: the built product is killed with SIGKILL in the middle of a run and started again. How long until the run goes
 * on, how many pages are read once more, and whether any write is repeated blindly. Each page and write is counted by
 * the sandboxes, which start to count anew with the product they live in.
 */
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { createRunningProduct, type RunningProduct } from "./stage/product-process.ts";
import { createRandom } from "./stage/random.ts";

const goalMs = 5_000;

interface Run {
  readonly id: string;
  readonly state: string;
  readonly counts: { readonly read: number; readonly created: number; readonly held: number };
}

interface Calls {
  readonly total: number;
  readonly byRoute: Readonly<Record<string, number>>;
}

const readCalls = async (url: string): Promise<Calls> =>
  (await (await fetch(`${url}/_sandbox/calls`)).json()) as Calls;

const countOf = ({ byRoute }: Calls, part: string): number =>
  Object.entries(byRoute)
    .filter(([route]) => route.includes(part))
    .reduce((sum, [, count]) => sum + count, 0);

const isOver = ({ state }: Run): boolean => ["finished", "failed", "stopped"].includes(state);

async function waitFor<T>(read: () => Promise<T>, isDone: (value: T) => boolean): Promise<T> {
  for (const deadline = Date.now() + 60_000; ;) {
    const value = await read();
    if (isDone(value) || Date.now() > deadline) return value;
    await new Promise((done) => setTimeout(done, 15));
  }
}

interface Tally {
  kills: number;
  /** Kills that found the run in the middle. */
  hits: number;
  slowestMs: number;
  mostPages: number;
  wrong: string[];
}

async function killOnce(product: RunningProduct, waitMs: number, tally: Tally): Promise<void> {
  await product.start();
  await Promise.all(
    [product.salesforceUrl, product.businessCentralUrl].map((url) =>
      fetch(`${url}/_sandbox/reset`, { method: "POST" }),
    ),
  );
  const { transfers, runs } = await product.api<{ transfers: { id: string }[]; runs: Run[] }>(
    "POST",
    "/templates/work-order-to-invoice/use",
    { connections: { "field-service": "field-service", erp: "erp" }, run: true },
  );
  const runId = runs[0]?.id ?? "";
  // The run has begun when the source has been asked for its first page.
  await waitFor(
    () => readCalls(product.salesforceUrl),
    (calls) => countOf(calls, "/query") > 0,
  );
  await new Promise((done) => setTimeout(done, waitMs));
  await product.kill();
  tally.kills += 1;
  const restartedAt = performance.now();
  await product.start();
  const run = await product.api<Run>("GET", `/runs/${runId}`);
  const wasOver = isOver(run) && (await readCalls(product.salesforceUrl)).total === 0;
  if (!wasOver) {
    tally.hits += 1;
    await waitFor(
      () => readCalls(product.salesforceUrl),
      (calls) => calls.total > 0,
    );
    tally.slowestMs = Math.max(tally.slowestMs, performance.now() - restartedAt);
  }
  const last = await waitFor(() => product.api<Run>("GET", `/runs/${runId}`), isOver);
  const pages = countOf(await readCalls(product.salesforceUrl), "GET /services/data/:version/query");
  // One query counts the records of a first run and one may complete what is read back.
  tally.mostPages = Math.max(tally.mostPages, wasOver ? 0 : pages);
  await product.api("POST", `/transfers/${transfers[0]?.id ?? ""}/runs`, {});
  const held = await product.api<{ items: unknown[] }>("GET", "/held");
  const invoices = await countInvoices(product);
  if (last.state !== "finished" || invoices.all !== 58 || invoices.different !== 58)
    tally.wrong.push(`${waitMs} ms: ${last.state}, ${JSON.stringify(invoices)}, ${held.items.length} held`);
}

/** Invoices in the ERP sandbox, and how many different work orders they are for. */
async function countInvoices(product: RunningProduct): Promise<{ all: number; different: number }> {
  const root = `${product.businessCentralUrl}/v2.0/demo-tenant/Sandbox/api/v2.0`;
  const token = await fetch(`${product.businessCentralUrl}/demo-tenant/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "fieldbridge-demo",
      client_secret: "fieldbridge-demo-secret",
      scope: "https://api.businesscentral.dynamics.com/.default",
    }),
  });
  const { access_token: value } = (await token.json()) as { access_token: string };
  const headers = { authorization: `Bearer ${value}` };
  const companies = (await (await fetch(`${root}/companies`, { headers })).json()) as {
    value: { id: string; name: string }[];
  };
  const company = companies.value.find((each) => each.name === "CRONUS")?.id ?? "";
  const answer = await fetch(`${root}/companies(${company})/salesInvoices?$select=externalDocumentNumber`, {
    headers,
  });
  const invoices = (await answer.json()) as { value: { externalDocumentNumber: string }[] };
  const numbers = invoices.value.map((each) => each.externalDocumentNumber);
  return { all: numbers.length, different: new Set(numbers).size };
}

export async function measureResume(bench: Bench): Promise<Figure> {
  const random = createRandom(12);
  const tally: Tally = { kills: 0, hits: 0, slowestMs: 0, mostPages: 0, wrong: [] };
  for (let left = bench.size === "full" ? 12 : 1; left > 0; left -= 1) {
    const product = await createRunningProduct();
    try {
      await killOnce(product, random.between(0, 250), tally);
      bench.say(JSON.stringify(tally));
    } finally {
      await product.remove();
    }
  }
  return {
    id: "P12",
    text:
      `work goes on ${(tally.slowestMs / 1000).toFixed(1)} s after the restart at the latest (${tally.hits} of ${tally.kills} kills hit the run), ` +
      `at most ${tally.mostPages} queries to the source after it, ${tally.wrong.length} runs with a missing or a repeated invoice`,
    met:
      tally.wrong.length === 0 && (bench.size === "small" || (tally.slowestMs <= goalMs && tally.hits > 0)),
  };
}

await runAsCommand(import.meta.url, measureResume);
