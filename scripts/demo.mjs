/**
 * The main job without a browser: starts the product on a fresh data folder, uses the template, previews, runs, and
 * then asks the two sandboxes themselves, not the product, what happened. Exit code 0 only if all of it really did.
 * `--keep` leaves everything running, so that the printed links can be opened.
 */
import { spawn } from "node:child_process";
import fs from "node:fs";
import { createServer } from "node:net";
import path from "node:path";

const keep = process.argv.includes("--keep");
const data = path.resolve(process.env.FIELDBRIDGE_DATA ?? ".fieldbridge", "demo");

/** The wished port where it is free, else any free one. */
const choosePort = (wished) =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(choosePort(0)));
    probe.listen(wished, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

const [port, salesforcePort, businessCentralPort] = await Promise.all([4400, 4401, 4402].map(choosePort));
const product = `http://127.0.0.1:${port}`;
const salesforce = `http://127.0.0.1:${salesforcePort}`;
const businessCentral = `http://127.0.0.1:${businessCentralPort}`;

fs.rmSync(data, { recursive: true, force: true });
const server = spawn(process.execPath, ["apps/api/dist/server.mjs"], {
  stdio: ["ignore", "pipe", "inherit", "ipc"],
  env: {
    ...process.env,
    FIELDBRIDGE_DATA: data,
    FIELDBRIDGE_PORT: String(port),
    FIELDBRIDGE_SALESFORCE_PORT: String(salesforcePort),
    FIELDBRIDGE_BUSINESS_CENTRAL_PORT: String(businessCentralPort),
  },
});
const stopped = new Promise((resolve) => server.once("exit", resolve));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => server.kill("SIGTERM"));

/** Calls an HTTP API and returns its JSON; an answer that is not 2xx ends the demo with what the server said. */
const call = async (url, { method = "GET", body, headers = {} } = {}) => {
  const form = body instanceof URLSearchParams;
  const response = await fetch(url, {
    method,
    headers: { ...(body === undefined || form ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
};
const api = (route, options) => call(`${product}/api${route}`, options);

const check = (words, holds) => {
  console.log(`  ${holds ? "ok  " : "FAIL"}  ${words}`);
  if (!holds) process.exitCode = 1;
};

const table = (head, rows) => {
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => String(row[at]).length)),
  );
  const line = (cells) =>
    `  ${cells.map((cell, at) => String(cell).padEnd(widths[at])).join("  ")}`.trimEnd();
  console.log([line(head), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n"));
};

/** Amount text in cents; all currencies of the demo have two decimals. */
const cents = (amount) => {
  const [whole, part = ""] = String(amount ?? "0").split(".");
  return BigInt(whole) * 100n + BigInt(part.padEnd(2, "0").slice(0, 2));
};

const waitForRun = async (id) => {
  for (;;) {
    const run = await api(`/runs/${id}`);
    if (["finished", "failed", "stopped"].includes(run.state)) return run;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
};

const secrets = {
  grant_type: "client_credentials",
  client_id: "fieldbridge-demo",
  client_secret: "fieldbridge-demo-secret",
};

const readWorkOrders = async () => {
  const token = await call(`${salesforce}/services/oauth2/token`, {
    method: "POST",
    body: new URLSearchParams(secrets),
  });
  const soql =
    "SELECT WorkOrderNumber, GrandTotal, ERP_No__c, ERP_Status__c FROM WorkOrder WHERE Status = 'Completed' ORDER BY WorkOrderNumber";
  const answer = await call(`${salesforce}/services/data/v66.0/query?q=${encodeURIComponent(soql)}`, {
    headers: { authorization: `Bearer ${token.access_token}` },
  });
  return answer.records;
};

const readInvoices = async () => {
  const token = await call(`${businessCentral}/demo-tenant/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({ ...secrets, scope: "https://api.businesscentral.dynamics.com/.default" }),
  });
  const headers = { authorization: `Bearer ${token.access_token}` };
  const root = `${businessCentral}/v2.0/demo-tenant/Sandbox/api/v2.0`;
  const companies = await call(`${root}/companies`, { headers });
  const company = companies.value.find((each) => each.name === "CRONUS");
  return (await call(`${root}/companies(${company.id})/salesInvoices`, { headers })).value;
};

const verify = (workOrders, invoices, held) => {
  const groups = new Map();
  for (const invoice of invoices) {
    const key = invoice.externalDocumentNumber;
    groups.set(key, [...(groups.get(key) ?? []), invoice]);
  }
  const heldLabels = new Set(held.map((each) => each.label));
  const due = workOrders.filter((each) => !heldLabels.has(each.WorkOrderNumber));
  check(
    `${due.length} completed work orders have exactly one invoice each`,
    due.every((each) => groups.get(each.WorkOrderNumber)?.length === 1),
  );
  check(
    "no held work order has an invoice",
    [...heldLabels].every((label) => !groups.has(label)),
  );
  check(
    "every invoice total equals its work order's to the cent",
    due.every(
      (each) =>
        cents(groups.get(each.WorkOrderNumber)?.[0]?.totalAmountIncludingTax) === cents(each.GrandTotal),
    ),
  );
  check(
    "every invoice number is written back to its work order",
    due.every(
      (each) => each.ERP_No__c !== null && each.ERP_No__c === groups.get(each.WorkOrderNumber)?.[0]?.number,
    ),
  );
};

async function demo() {
  for (let tries = 0; ; tries += 1) {
    const health = await api("/health").catch(() => undefined);
    if (health?.ok) break;
    if (server.exitCode !== null || tries > 600) throw new Error("The product did not start.");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  console.log(`Fieldbridge and its sandboxes run on ${product}, ${salesforce} and ${businessCentral}.\n`);

  const { items } = await api("/templates");
  const template = items.find((each) => each.id === "work-order-to-invoice");
  const [definition] = template.transfers;
  const preview = await api("/definitions/preview", {
    method: "POST",
    body: { definition, valueMaps: template.valueMaps, selection: { kind: "next", limit: 10 } },
  });
  console.log(
    `Dry run of the first ${preview.records.length} of ${preview.matching ?? "?"} records (nothing is written):`,
  );
  table(
    ["Work order", "Would be", "Customer", "Currency", "Lines", "Why not"],
    preview.records.map((each) => [
      each.label,
      each.action,
      each.payload?.customerNumber ?? "",
      each.payload?.currencyCode ?? "",
      each.lines.reduce((sum, lines) => sum + lines.rows.length, 0),
      each.issues[0]?.message ?? "",
    ]),
  );
  check("the dry run wrote nothing", (await readInvoices()).length === 0);

  console.log("\nRunning the template:");
  const connections = Object.fromEntries(template.ends.map((end) => [end.role, end.role]));
  const used = await api(`/templates/${template.id}/use`, {
    method: "POST",
    body: { connections, run: true },
  });
  const run = await waitForRun(used.runs[0].id);
  table(
    ["Read", "Created", "Updated", "Unchanged", "Filtered", "Skipped", "Held"],
    [
      ["read", "created", "updated", "unchanged", "filtered", "skipped", "held"].map(
        (key) => run.counts[key],
      ),
    ],
  );
  const { items: held } = await api("/held");
  for (const each of held) console.log(`  held  ${each.label}: ${each.issues[0]?.message}`);
  check("the run finished and created invoices", run.state === "finished" && run.counts.created > 0);
  const workOrders = await readWorkOrders();
  const invoices = await readInvoices();
  check("the product counted as many invoices as there are", run.counts.created === invoices.length);
  verify(workOrders, invoices, held);

  console.log("\nRepairing the unit and re-running the held record:");
  const unit = held.find((each) => each.issues.some((issue) => issue.valueMap));
  const { map, key } = unit.issues.find((issue) => issue.valueMap).valueMap;
  await api(`/value-maps/${encodeURIComponent(map)}/entries`, {
    method: "POST",
    body: { from: key, to: "PCS" },
  });
  const rerun = await api("/held/rerun", { method: "POST", body: { ids: [unit.id] } });
  const repaired = await waitForRun(rerun.runs[0].id);
  check(`${unit.label} passed after ${key} was added to ${map}`, repaired.counts.created === 1);

  console.log("\nRunning it a second time:");
  const again = await waitForRun(
    (await api(`/transfers/${used.transfers[0].id}/runs`, { method: "POST", body: {} })).id,
  );
  const after = await readInvoices();
  check(
    "the second run created and updated nothing",
    again.state === "finished" && again.counts.created + again.counts.updated === 0,
  );
  check("there is no invoice twice", after.length === invoices.length + 1);
  verify(await readWorkOrders(), after, (await api("/held")).items);

  console.log("\nInvoices to look at:");
  for (const each of after.slice(0, 5))
    console.log(`  ${each.number}  ${businessCentral}/records/salesInvoices/${each.id}`);
  console.log(`  all  ${businessCentral}/?object=salesInvoices`);
}

try {
  await demo();
} catch (error) {
  console.error(`\nThe demo failed: ${error.message}`);
  process.exitCode = 1;
}
if (keep && process.exitCode === undefined)
  console.log(`\nEverything keeps running; open ${product}. Ctrl-C stops it.`);
else {
  if (process.exitCode === undefined)
    console.log("\nAll of it really happened. Use `npm run demo -- --keep` to look around afterwards.");
  server.kill("SIGTERM");
}
await stopped;
process.disconnect?.();
