/** The built product as a person starts and ends it, with and without warning. */
import { createServer } from "node:net";
import { routes, type RouteName, type RouteResponse } from "@fieldbridge/model";
import { afterEach, beforeAll, expect, test } from "vitest";
import {
  buildProduct,
  createInstallation,
  startProcess,
  type Installation,
  type ProductProcess,
} from "../testing/product-process.ts";
import { waitUntil } from "../testing/wait-until.ts";

let server: string;
beforeAll(() => {
  server = buildProduct();
});

const started: { process: ProductProcess; installation: Installation }[] = [];
afterEach(async () => {
  const all = started.splice(0);
  for (const { process } of all) {
    process.child.kill("SIGKILL");
    await process.ended;
  }
  for (const { installation } of all) installation.remove();
});

const start = async (installation: Installation, more?: Record<string, string>): Promise<ProductProcess> => {
  const process = await startProcess(server, installation, more);
  started.push({ process, installation });
  return process;
};

const send = async <N extends RouteName>(
  { url }: ProductProcess,
  name: N,
  parts: { id?: string; body?: unknown } = {},
): Promise<RouteResponse<N>> => {
  const { method, path } = routes[name];
  const answer = await fetch(`${url}/api${path.replace(":id", parts.id ?? "")}`, {
    method,
    ...(parts.body !== undefined && {
      body: JSON.stringify(parts.body),
      headers: { "content-type": "application/json" },
    }),
  });
  const body: unknown = await answer.json();
  if (!answer.ok) throw new Error(`${name}: ${answer.status} ${JSON.stringify(body)}`);
  return routes[name].response.parse(body) as RouteResponse<N>;
};

/** Invoices as the ERP sandbox itself tells, by the work order they were made for. */
async function readInvoices({ ports }: Installation): Promise<string[]> {
  const origin = `http://127.0.0.1:${ports.businessCentral}`;
  const token = await fetch(`${origin}/demo-tenant/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "fieldbridge-demo",
      client_secret: "fieldbridge-demo-secret",
      scope: "https://api.businesscentral.dynamics.com/.default",
    }),
  });
  const { access_token } = (await token.json()) as { access_token: string };
  const root = `${origin}/v2.0/demo-tenant/Sandbox/api/v2.0`;
  const headers = { authorization: `Bearer ${access_token}` };
  const companies = (await (await fetch(`${root}/companies`, { headers })).json()) as {
    value: { id: string }[];
  };
  const list = await fetch(
    `${root}/companies(${companies.value[0]?.id ?? ""})/salesInvoices?$select=externalDocumentNumber&$top=1000`,
    { headers },
  );
  const { value } = (await list.json()) as { value: { externalDocumentNumber: string }[] };
  return value.map((each) => each.externalDocumentNumber).filter((number) => number !== "");
}

test("a start ends with one line that says where to click, nobody else gets its folder, and SIGTERM ends everything cleanly", async () => {
  const installation = await createInstallation();
  const product = await start(installation);
  expect(product.output()).toMatch(new RegExp(`Fieldbridge is ready: open ${product.url}\\n$`));
  const health = await send(product, "getHealth");
  expect(health).toMatchObject({ ok: true, database: true, worker: true });
  expect(health.sandboxes).toHaveLength(2);

  const other = await createInstallation();
  const second = await start({ ...other, dataDir: installation.dataDir });
  expect(await second.ended).toBe(1);
  expect(second.output()).toContain("Another Fieldbridge is using");
  expect((await send(product, "getHealth")).ok).toBe(true);
  other.remove();

  product.child.kill("SIGTERM");
  expect(await product.ended).toBe(0);
  expect(product.output()).toMatch(/Stopping \.\.\.\n$/);
});

test("a busy port and a host that is not loopback are told in one sentence", async () => {
  const installation = await createInstallation();
  const blocker = createServer().listen(installation.ports.product, "127.0.0.1");
  const busy = await start(installation);
  expect(await busy.ended).toBe(1);
  expect(busy.output()).toBe(
    `Port ${installation.ports.product} for Fieldbridge is used by another program. Stop that program, or set FIELDBRIDGE_PORT.\n`,
  );
  await new Promise((resolve) => blocker.close(resolve));

  const open = await start(installation, { FIELDBRIDGE_HOST: "0.0.0.0" });
  expect(await open.ended).toBe(1);
  expect(open.output()).toContain("this machine only");
});

test("kill -9 in the middle of writing loses nothing and doubles nothing: the same run goes on after the start", async () => {
  const installation = await createInstallation();
  let product = await start(installation);
  const { transfers } = await send(product, "useTemplate", {
    id: "work-order-to-invoice",
    body: { connections: { "field-service": "field-service", erp: "erp" }, publish: false },
  });
  const [transfer] = transfers;
  const id = transfer?.id ?? "";
  const saved = await send(product, "saveDraft", {
    id,
    body: { definition: { ...transfer?.definition, limits: { batchSize: 5 } }, draftRevision: 1 },
  });
  await send(product, "publishTransfer", { id, body: { draftRevision: saved.draftRevision } });

  /** The ERP sandbox takes its time with every batch but the first few, so that the kill comes in between. */
  const slowDown = async (after: number) => {
    const rule = {
      match: { method: "POST", path: "^/v2.0/.*batch" },
      after,
      effect: { type: "delayMs", ms: 60_000 },
    };
    const answer = await fetch(`http://127.0.0.1:${installation.ports.businessCentral}/_sandbox/faults`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify([rule]),
    });
    expect(answer.status).toBe(200);
  };
  const waitForInvoices = (count: number) =>
    waitUntil(
      () => readInvoices(installation),
      (invoices) => invoices.length >= count,
    );

  await slowDown(4);
  const run = await send(product, "startRun", { id, body: {} });
  const written = (await waitForInvoices(5)).length;
  expect(written).toBeLessThan(58);
  product.child.kill("SIGKILL");
  await product.ended;

  product = await start(installation);
  expect((await send(product, "listConnections")).items.map((each) => [each.id, each.builtIn])).toEqual([
    ["erp", true],
    ["field-service", true],
  ]);
  const ended = await waitUntil(
    () => send(product, "getRun", { id: run.id }),
    ({ state }) => state !== "queued" && state !== "running",
    30_000,
  );
  expect(ended).toMatchObject({ state: "finished", number: run.number, counts: { read: 60, held: 2 } });
  const { read, ...others } = ended.counts;
  expect(Object.values(others).reduce((sum, each) => sum + each, 0)).toBe(read);
  const invoices = await readInvoices(installation);
  expect(new Set(invoices).size).toBe(58);
  expect(invoices).toHaveLength(58);
  const runs = await send(product, "listRuns");
  expect(runs.total).toBe(1);

  const outcomes = await send(product, "listOutcomes", { id: run.id });
  const created = outcomes.items.find(({ action }) => action === "created");
  const page = await fetch(created?.targetUrl ?? "");
  expect(page.status).toBe(200);
  expect(await page.text()).toContain(created?.label);
}, 60_000);
