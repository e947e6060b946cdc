/** The one transaction a page leaves behind, and who may store it. */
import type { HoldRequest, PageCommit } from "@fieldbridge/engine";
import { toIssue, toParameterSet, type IssueClass } from "@fieldbridge/model";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { inTransaction } from "../db/transaction.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-server.ts";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { groupDueHeld } from "./held.store.ts";
import { retrySchedule } from "./retry-schedule.ts";
import { claimRun, finishRun, LeaseLost, listRunnable, releaseRun, renewLease } from "./run-lease.store.ts";
import { createRunStore } from "./run-page.store.ts";
import { findRun, insertRun } from "./runs.store.ts";
import { insertTransfer, publishDraft } from "./transfers.store.ts";

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const at = "2026-11-20T08:00:00.000Z";
const noPulse = { phase: null, expected: null, sourceCalls: 0, targetCalls: 0, lookups: [] };
let count = 0;
let transferId = "";
let runId = "";

const newRun = (id = transferId) =>
  inTransaction(database.db.pool, (client) =>
    insertRun(client, {
      transferId: id,
      revision: 1,
      scope: { kind: "changes" },
      trigger: "manual",
      parameters: {},
    }),
  );

beforeEach(async () => {
  count += 1;
  transferId = `tr_page_${count}`;
  await insertTransfer(database.db, exampleTransfer({ id: transferId }));
  await publishDraft(database.db, transferId, 1, { note: "", usedFields: [], namedFormulas: [] });
  runId = await newRun();
  await claimRun(database.db, runId, "me");
});

const storeOf = (
  workerId = "me",
  id = runId,
  scope: Parameters<typeof createRunStore>[1]["scope"] = { kind: "changes" },
  parameters = "",
) =>
  createRunStore(database.db, {
    runId: id,
    transferId,
    parameters,
    workerId,
    scope,
    targetConnection: "shop",
  });

const noCounts = {
  read: 0,
  filtered: 0,
  skipped: 0,
  unchanged: 0,
  created: 0,
  updated: 0,
  removed: 0,
  held: 0,
};
const pageOf = (more: Partial<PageCommit>): PageCommit => ({
  outcomes: [],
  links: [],
  dropLinks: [],
  held: [],
  settled: [],
  unknownValues: [],
  totals: [],
  cursor: undefined,
  counts: noCounts,
  phaseMs: {},
  ...more,
});
const created = (key: string): PageCommit["outcomes"][number] => ({
  sourceKey: key,
  label: `Label ${key}`,
  action: "created",
  targetKey: `t-${key}`,
  targetLabel: null,
  targetUrl: null,
  reason: null,
  drift: null,
  differences: [],
  issues: [],
  writeBack: "none",
  at,
});
const linked = (key: string) => ({
  sourceKey: key,
  targetKey: `t-${key}`,
  state: "linked" as const,
  hash: "h",
  at,
});
const held = (key: string, kind: IssueClass = "data", step: HoldRequest["step"] = "record"): HoldRequest => ({
  sourceKey: key,
  label: `Label ${key}`,
  step,
  class: kind,
  signature: `sig ${kind}`,
  issues: [toIssue("WRT-303", "kind", "Not allowed.")],
  trail: { source: { Id: key }, sent: null, answer: null, steps: [] },
});
const query = async <T extends object>(sql: string, values: unknown[] = []): Promise<T[]> =>
  (await database.db.pool.query<T>(sql, values)).rows;

test("the bound of an unfinished window and what is reported already are told to the run that left them alone", async () => {
  const cursor = { position: { stamp: at, key: "b" }, before: null, upper: at };
  await storeOf().commitPage(pageOf({ outcomes: [created("a")], cursor }));
  expect(await storeOf("another worker").readCursor()).toEqual(cursor);
  expect(await storeOf().readReported(["a", "b"])).toEqual(["a"]);
  const next = await newRun();
  expect(await storeOf("me", next).readCursor()).toEqual({ position: cursor.position, before: null });
  expect(await storeOf("me", next).readReported(["a"])).toEqual([]);
});

test("a page's outcomes, links, held records, counts and cursor are stored together", async () => {
  const cursor = { position: { stamp: at, key: "b" }, before: at };
  await storeOf().commitPage(
    pageOf({
      outcomes: [created("a"), { ...created("b"), action: "held", targetKey: null }],
      links: [linked("a")],
      held: [held("b")],
      cursor,
      counts: { ...noCounts, read: 2, created: 1, held: 1 },
      phaseMs: { read: 5 },
    }),
  );
  await storeOf().commitPage(
    pageOf({
      outcomes: [created("c")],
      counts: { ...noCounts, read: 1, created: 1 },
      phaseMs: { read: 2, write: 1 },
    }),
  );
  expect(await storeOf().readCursor()).toEqual(cursor);
  expect(await storeOf().readLinks(["a", "b"])).toEqual([linked("a")]);
  const run = await findRun(database.db, runId);
  expect(run?.counts).toMatchObject({ read: 3, created: 2, held: 1 });
  expect(run?.phaseMs).toEqual({ read: 7, write: 1 });
});

test.each([
  ["an outcome", { outcomes: [{ ...created("x"), at: "no instant" }] }],
  ["a link", { links: [{ ...linked("x"), at: "no instant" }] }],
  ["a held record", { held: [{ ...held("x"), class: "no class" as IssueClass }] }],
  ["the cursor", { cursor: { position: null, before: "a\u0000b" } }],
])("where %s cannot be stored nothing of the page is", async (_what, broken) => {
  const cursor = { position: { stamp: null, key: "kept" }, before: null };
  await storeOf().commitPage(pageOf({ cursor }));
  const page = pageOf({
    outcomes: [created("a")],
    links: [linked("a")],
    held: [held("b")],
    cursor: { position: { stamp: null, key: "moved" }, before: null },
    counts: { ...noCounts, read: 2, created: 1, held: 1 },
    ...broken,
  });
  await expect(storeOf().commitPage(page)).rejects.toThrow(/invalid/i);
  expect(await storeOf().readCursor()).toEqual(cursor);
  expect(await query("select 1 from outcomes where run_id = $1", [runId])).toEqual([]);
  expect(await storeOf().readLinks(["a", "x"])).toEqual([]);
  expect(await query("select 1 from held_records where transfer_id = $1", [transferId])).toEqual([]);
  expect((await findRun(database.db, runId))?.counts.read).toBe(0);
});

test("a record that fails again stays one held record with more attempts and a later next one", async () => {
  await storeOf().commitPage(pageOf({ held: [held("a", "connection"), held("a", "data", "write-back")] }));
  const read = () =>
    query<{ id: string; attempts: number; wait_s: number; class: string }>(
      `select id, attempts, class, extract(epoch from next_attempt_at - now())::float8 as wait_s
       from held_records where transfer_id = $1 and step = 'record'`,
      [transferId],
    );
  const [first] = await read();
  expect(first?.wait_s).toBeGreaterThan(55);
  expect(first?.wait_s).toBeLessThan(61);
  await storeOf().commitPage(pageOf({ held: [held("a", "connection")] }));
  const [second, ...others] = await read();
  expect(others).toEqual([]);
  expect([second?.id, second?.attempts]).toEqual([first?.id, 2]);
  expect(second?.wait_s).toBeGreaterThan(115);
  await query("update held_records set attempts = $2 where transfer_id = $1", [transferId, 40]);
  await storeOf().commitPage(pageOf({ held: [held("a", "connection")] }));
  expect((await read())[0]?.wait_s).toBeLessThanOrEqual(retrySchedule.connection.maxMs / 1000);
  await query("update held_records set attempts = $2 where transfer_id = $1", [
    transferId,
    retrySchedule.connection.attempts,
  ]);
  await storeOf().commitPage(pageOf({ held: [held("a", "connection")] }));
  expect((await read())[0]?.wait_s).toBeNull();
});

test("a settled record is resolved for its own step alone, and a later failure opens a new one", async () => {
  await storeOf().commitPage(pageOf({ held: [held("a"), held("a", "data", "write-back")] }));
  await storeOf().commitPage(pageOf({ settled: [{ sourceKey: "a", step: "record" }] }));
  const states = () =>
    query("select step, state from held_records where transfer_id = $1 order by id", [transferId]);
  expect(await states()).toEqual([
    { step: "record", state: "resolved" },
    { step: "write-back", state: "open" },
  ]);
  await storeOf().commitPage(pageOf({ held: [held("a")] }));
  expect(await states()).toHaveLength(3);
});

test("due records are those whose time has come, never one this run tried already", async () => {
  await storeOf().commitPage(pageOf({ held: [held("a"), held("b"), held("c", "data", "write-back")] }));
  await query(
    "update held_records set next_attempt_at = now() where transfer_id = $1 and source_key <> 'b'",
    [transferId],
  );
  expect(await storeOf().readDueRecords(10)).toEqual([]);
  const next = storeOf("me", "another-run");
  expect(await next.readDueRecords(10)).toEqual([
    { sourceKey: "a", step: "record" },
    { sourceKey: "c", step: "write-back" },
  ]);
  const [b] = await query<{ id: string }>(
    "select id from held_records where transfer_id = $1 and source_key = 'b'",
    [transferId],
  );
  const chosen = storeOf("me", "another-run", { kind: "held", heldIds: [b?.id ?? ""] });
  expect(await chosen.readDueRecords(10)).toEqual([{ sourceKey: "b", step: "record" }]);
  const all = storeOf("me", "another-run", { kind: "held" });
  expect(await all.readDueRecords(10)).toHaveLength(3);
});

test("a held write-back keeps what the target had answered, so that only its write-backs are tried again", async () => {
  const writeBack = { ...held("a", "data", "write-back"), action: "created" as const };
  await storeOf().commitPage(pageOf({ held: [writeBack] }));
  const all = storeOf("me", "another-run", { kind: "held" });
  expect(await all.readDueRecords(10)).toEqual([{ sourceKey: "a", step: "write-back", action: "created" }]);
  await storeOf().commitPage(pageOf({ held: [{ ...writeBack, action: "updated" }] }));
  expect(await all.readDueRecords(10)).toMatchObject([{ action: "updated" }]);
});

test("the clock of held records leaves transfers alone that run or wait", async () => {
  await storeOf().commitPage(pageOf({ held: [held("a")] }));
  await query("update held_records set next_attempt_at = now() where transfer_id = $1", [transferId]);
  const due = async () =>
    (await groupDueHeld(database.db, 10)).filter((group) => group.transferId === transferId);
  expect(await due()).toEqual([]);
  await inTransaction(database.db.pool, (client) =>
    finishRun(client, runId, "me", { state: "finished", issues: [], pulse: noPulse }),
  );
  expect(await due()).toMatchObject([{ parameters: "", ids: [expect.any(String)] }]);
});

test("a record that waits for another is due as soon as that one is linked", async () => {
  await storeOf().commitPage(pageOf({ held: [held("child", "waiting")] }));
  const parent = `tr_parent_${count}`;
  await insertTransfer(database.db, exampleTransfer({ id: parent }));
  const parentRun = await newRun(parent);
  await claimRun(database.db, parentRun, "me");
  const parents = createRunStore(database.db, {
    runId: parentRun,
    transferId: parent,
    parameters: "",
    workerId: "me",
    scope: { kind: "changes" },
    targetConnection: "shop",
  });
  await parents.commitPage(pageOf({ links: [linked("parent")] }));
  expect(await storeOf("me", "another-run").readDueRecords(10)).toEqual([
    { sourceKey: "child", step: "record" },
  ]);
});

test("each set of parameters has its own cursor, links and held records", async () => {
  const company = (name: string) => JSON.stringify({ Company: name });
  const of = (name: string) => storeOf("me", runId, { kind: "changes" }, company(name));
  const cursor = { position: { stamp: "2026-11-20T08:00:00Z", key: "a" }, before: null };
  await of("A").commitPage(pageOf({ links: [linked("a")], held: [held("h")], cursor }));
  await of("B").savePendingLinks([{ ...linked("a"), state: "pending" }]);
  await of("B").commitPage(
    pageOf({ dropLinks: ["a"], held: [held("h")], settled: [{ sourceKey: "h", step: "record" }] }),
  );
  expect(await of("A").readLinks(["a"])).toEqual([linked("a")]);
  expect(await of("B").readLinks(["a"])).toEqual([]);
  expect(await of("A").readCursor()).toMatchObject(cursor);
  expect(await of("B").readCursor()).toBeNull();
  expect(await storeOf().readCursor()).toBeNull();
  await query("update held_records set next_attempt_at = now() where transfer_id = $1", [transferId]);
  const dueOf = (name: string) =>
    storeOf("me", "another-run", { kind: "changes" }, company(name)).readDueRecords(10);
  expect(await dueOf("A")).toEqual([{ sourceKey: "h", step: "record" }]);
  expect(await dueOf("B")).toEqual([]);
});

test("LINKED sees no link of another company, and those of transfers without parameters", async () => {
  const stores = [{ Company: "A", Day: "1" }, { Company: "B" }, {}].map((values) =>
    storeOf("me", runId, { kind: "changes" }, toParameterSet(values)),
  );
  for (const [index, store] of stores.entries())
    await store.commitPage(pageOf({ links: [{ ...linked("branch"), targetKey: `target-${index}` }] }));
  const findAs = async (values: Record<string, string>) =>
    (
      await storeOf("me", runId, { kind: "changes" }, toParameterSet(values)).findLinked("Customer", [
        "branch",
      ])
    )["branch"];
  expect(await findAs({ Company: "A", Day: "2" })).toEqual(["target-2"]);
  expect(await findAs({ Company: "A" })).toEqual(["target-0", "target-2"]);
  expect(await findAs({ Company: "B", Other: "x" })).toEqual(["target-1", "target-2"]);
});

test("pending links are found by the next run, unless a person is asked already; void ones go", async () => {
  const pending = (key: string) => ({
    sourceKey: key,
    targetKey: null,
    state: "pending" as const,
    hash: null,
    at,
  });
  await storeOf().savePendingLinks([pending("a"), pending("b"), pending("c")]);
  await storeOf().commitPage(pageOf({ held: [held("b", "uncertain")], links: [linked("c")] }));
  expect(await storeOf().readPendingLinks(10)).toEqual([pending("a")]);
  await storeOf().commitPage(pageOf({ dropLinks: ["a", "c"] }));
  expect(await storeOf().readLinks(["a", "c"])).toEqual([linked("c")]);
});

test("LINKED finds the record of another published transfer into the same system, by the object it writes", async () => {
  await storeOf().commitPage(pageOf({ links: [linked("shared")] }));
  const other = createRunStore(database.db, {
    runId: "r",
    transferId: "tr_other",
    parameters: "",
    workerId: "w",
    scope: { kind: "changes" },
    targetConnection: "shop",
  });
  expect(await other.findLinked("Customer", ["shared", "unknown"])).toEqual({ shared: ["t-shared"] });
  expect(await other.findLinked("Item", ["shared"])).toEqual({});
});

test("of many workers that claim one run one gets it", async () => {
  await inTransaction(database.db.pool, (client) =>
    finishRun(client, runId, "me", { state: "finished", issues: [], pulse: noPulse }),
  );
  const next = await newRun();
  const claims = await Promise.all(
    Array.from({ length: 8 }, (_none, index) => claimRun(database.db, next, `worker-${index}`)),
  );
  expect(claims.filter(Boolean)).toHaveLength(1);
});

test("of two runs of one transfer one is executed, and the other only after it ended", async () => {
  const second = await newRun();
  const other = await Promise.all([
    claimRun(database.db, second, "you"),
    claimRun(database.db, second, "they"),
  ]);
  expect(other).toEqual([false, false]);
  await inTransaction(database.db.pool, (client) =>
    finishRun(client, runId, "me", { state: "finished", issues: [], pulse: noPulse }),
  );
  expect(await claimRun(database.db, second, "you")).toBe(true);
});

test("a worker whose lease was over can store nothing once another worker has the run", async () => {
  expect(await claimRun(database.db, runId, "you")).toBe(false);
  await query("update runs set lease_until = now() - interval '1 second' where id = $1", [runId]);
  expect(await listRunnable(database.db)).toContain(runId);
  expect(await claimRun(database.db, runId, "you")).toBe(true);
  await expect(storeOf("me").commitPage(pageOf({ outcomes: [created("a")] }))).rejects.toThrow(LeaseLost);
  await expect(storeOf("me").savePendingLinks([linked("a")])).rejects.toThrow(LeaseLost);
  await expect(renewLease(database.db, runId, "me", noPulse)).rejects.toThrow(LeaseLost);
  await releaseRun(database.db, runId, "me");
  await inTransaction(database.db.pool, (client) =>
    finishRun(client, runId, "me", { state: "failed", issues: [], pulse: noPulse }),
  );
  expect((await findRun(database.db, runId))?.state).toBe("running");
  await storeOf("you").commitPage(pageOf({ outcomes: [created("a")] }));
});

test("a page of ten thousand records takes no more statements than a small one", async () => {
  const keys = Array.from({ length: 10_000 }, (_none, index) => `k${index}`);
  let statements = 0;
  const { pool } = database.db;
  const connect = pool.connect.bind(pool);
  const counted: typeof database.db = {
    ...database.db,
    pool: Object.assign(Object.create(pool) as typeof pool, {
      connect: async () => {
        const client = await connect();
        const run = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
        return Object.assign(Object.create(client) as typeof client, {
          query: (...args: unknown[]) => {
            statements += 1;
            return run(...args);
          },
        });
      },
    }),
  };
  const store = createRunStore(counted, {
    runId,
    transferId,
    parameters: "",
    workerId: "me",
    scope: { kind: "changes" },
    targetConnection: "shop",
  });
  await store.commitPage(
    pageOf({
      outcomes: keys.map(created),
      links: keys.map(linked),
      held: keys.map((key) => held(`h${key}`)),
    }),
  );
  expect(statements).toBeLessThan(15);
  expect(await query("select count(*)::int as n from outcomes where run_id = $1", [runId])).toEqual([
    { n: 10_000 },
  ]);
});
