/** Parents and children in one query, write-backs through lookups, the upper bound and the daily limit. */
import type { ReadShape } from "@fieldbridge/engine";
import type { Row } from "@fieldbridge/model";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { faultOf, textIn } from "../testing/contract-steps.ts";
import { startSalesforceBench, toRequest, type Bench } from "../testing/sandbox-bench.ts";

let bench: Bench;
beforeAll(async () => {
  bench = await startSalesforceBench();
});
afterEach(() => bench.reset());
afterAll(() => bench.close());

const leaf = (object: string, ...fields: string[]): ReadShape => ({ object, fields, one: {}, many: {} });

const workOrders: ReadShape = {
  object: "WorkOrder",
  fields: ["Id", "WorkOrderNumber", "Status", "EndDate", "SystemModstamp"],
  one: {
    Account: { ...leaf("Account", "ERP_No__c"), one: { Owner: leaf("User", "Name") } },
    Asset: leaf("Asset", "SerialNumber"),
  },
  many: {
    WorkOrderLineItems: {
      ...leaf("WorkOrderLineItem", "Id", "Quantity", "UnitPrice"),
      one: { Product2: leaf("Product2", "ProductCode") },
    },
  },
};

const readPage = (limit: number) =>
  bench.port.readPage({
    shape: workOrders,
    filter: "Status = 'Completed'",
    keyField: "Id",
    stampField: "SystemModstamp",
    after: null,
    from: null,
    before: null,
    limit,
  });

test("work orders come with account, asset and lines in one call for the whole page", async () => {
  await Promise.all(
    ["WorkOrder", "Account", "User", "Asset", "WorkOrderLineItem", "Product2"].map((name) =>
      bench.port.discoverObject(name),
    ),
  );
  await bench.clearCalls();
  const { rows, next } = await readPage(200);
  expect((await bench.calls()).total).toBe(1);
  expect(rows).toHaveLength(60);
  expect(next).toBeNull();
  expect(rows[0]).toMatchObject({
    EndDate: expect.stringMatching(/^2026-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
    Account: { ERP_No__c: expect.stringMatching(/^C-\d+$/) },
  });
  const lines = rows.flatMap((row) => (row["WorkOrderLineItems"] ?? []) as readonly Row[]);
  expect(lines.length).toBeGreaterThan(60);
  expect(lines[0]).toMatchObject({
    Quantity: expect.stringMatching(/^\d+(\.\d+)?$/),
    Product2: { ProductCode: expect.any(String) },
  });
  expect(rows.some((row) => row["Asset"] === null)).toBe(true);
  expect(JSON.stringify(rows)).not.toContain("attributes");
});

test("a lookup to a record that does not exist is refused with its field", async () => {
  const schema = await bench.port.discoverObject("Contact");
  const [answer] = await bench.port.write({
    schema,
    lineSchemas: {},
    requests: [toRequest("1", "create", null, { LastName: "Holm", AccountId: "001000000000000AAA" })],
    answerFields: [],
  });
  expect(answer).toMatchObject({ state: "refused", issues: [{ code: "WRT-304", path: "AccountId" }] });
});

test("the same record twice in a batch is written twice, in order", async () => {
  const schema = await bench.schema();
  const [found] = await bench.port.find({
    shape: bench.shape(),
    keyFields: ["ERP_No__c"],
    values: [["C-10020"]],
  });
  const key = textIn(found?.[0], "Id");
  const answers = await bench.port.write({
    schema,
    lineSchemas: {},
    requests: [
      toRequest("1", "update", key, { Phone: "1" }),
      toRequest("2", "update", key.slice(0, 15), { Phone: "2" }),
    ],
    answerFields: ["Phone"],
  });
  expect(answers).toMatchObject([
    { state: "done", row: { Phone: "1" } },
    { state: "done", row: { Phone: "2" } },
  ]);
});

test("ids of 15 and 18 characters find the same record", async () => {
  const { rows } = await readPage(1);
  const key = textIn(rows[0], "Id");
  const found = await bench.port.find({
    shape: leaf("WorkOrder", "Id"),
    keyFields: ["Id"],
    values: [[key], [key.slice(0, 15)], ["no id"]],
  });
  expect(found.map((each) => each.length)).toEqual([1, 1, 0]);
});

test("lines with their record are refused in words", async () => {
  const [answer] = await bench.port.write({
    schema: await bench.port.discoverObject("WorkOrder"),
    lineSchemas: {},
    requests: [
      {
        ...toRequest("1", "create", null, { Subject: "x" }),
        lines: [{ relation: "WorkOrderLineItems", object: "WorkOrderLineItem", rows: [] }],
      },
    ],
    answerFields: [],
  });
  expect(answer).toMatchObject({ state: "refused", issues: [{ code: "LIN-401" }] });
});

test("the upper bound is the system's promise, never beyond its own clock", async () => {
  const bound = await bench.port.readUpperBound("WorkOrder");
  expect(bound).toMatch(/Z$/);
  const lagMs = Date.now() - Date.parse(bound ?? "");
  expect(lagMs).toBeGreaterThanOrEqual(0);
  expect(lagMs).toBeLessThan(5_000);
});

test("an object without replication has no upper bound", async () => {
  expect(await bench.port.readUpperBound("Organization")).toBeNull();
});

test("the connection stops at its share of the daily calls and says when it goes on", async () => {
  const port = bench.openPort({ resilience: { dailyShare: 0.000_001 } });
  for (let call = 0; call < 5; call += 1) await port.countRows("Account", null).catch(() => undefined);
  await bench.clearCalls();
  const fault = await faultOf(port.countRows("Account", null));
  expect(fault).toMatchObject({
    retryable: true,
    sent: false,
    issue: { code: "CON-606", class: "throttle" },
  });
  expect(fault.retryAfterMs).toBe(15 * 60_000);
  expect((await bench.calls()).total).toBe(0);
});

test("a used-up day is a throttle and not a missing right", async () => {
  const port = bench.openPort();
  await bench.fault([{ match: { method: "GET" }, times: 1, effect: { type: "status", status: 403 } }]);
  expect(await faultOf(port.countRows("Account", null))).toMatchObject({
    retryable: true,
    issue: { code: "CON-606" },
  });
});

test("a query that is wrong is told with the system's words and not tried again", async () => {
  await bench.schema();
  await bench.clearCalls();
  const fault = await faultOf(bench.port.countRows("Account", "Nonsense = 1"));
  expect(fault).toMatchObject({ retryable: false, issue: { code: "CON-610" } });
  expect(fault.message).toMatch(/Nonsense/);
  expect((await bench.calls()).total).toBe(1);
});
