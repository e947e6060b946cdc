/** Two processes, each with gates of its own, on one database: together they are one gate. */
import { createGate, type Gate, type ShareLimits } from "@fieldbridge/connectors";
import { connectionInput, toIssue } from "@fieldbridge/model";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openSealer } from "../secrets/open-key.ts";
import { insertConnection } from "../stores/connections.store.ts";
import { createTestDatabase, type TestDatabase } from "../testing/test-server.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { createSharedGates, type SharedGates } from "./shared-gates.ts";

const KEY = Buffer.alloc(32, 7).toString("base64");
const slowDown = toIssue("CON-605", "", "Slow down.");
const down = toIssue("CON-602", "", "Nothing answers.");

let database: TestDatabase;
let processes: SharedGates[] = [];
let connections = 0;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterEach(async () => {
  await Promise.all(processes.map((each) => each.close()));
  processes = [];
});
afterAll(() => database.drop());

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

async function addConnection(): Promise<string> {
  connections += 1;
  const id = `erp-${connections}`;
  const config = { system: "salesforce", instanceUrl: "https://erp.example", clientId: "client" };
  await insertConnection(database.db, openSealer("", KEY), connectionInput.parse({ id, name: id, config }));
  return id;
}

/** The gate of one process more. */
async function openGate(connection: string, limits: ShareLimits): Promise<Gate> {
  const gates = createSharedGates(database.db, () => {});
  processes.push(gates);
  const share = await gates.open(connection, limits);
  return createGate({ ...limits, name: "ERP", now: () => Date.now(), sleep: wait, share });
}

const ask = (gate: Gate): Promise<"in" | { closed?: boolean }> =>
  gate.enter(0).then(
    (leave) => {
      leave();
      return "in" as const;
    },
    (error: unknown) => error as { closed?: boolean },
  );

test("a pause the system asks one process for holds all of them, also one that starts later", async () => {
  const connection = await addConnection();
  const [one, other] = [
    await openGate(connection, { concurrency: 5 }),
    await openGate(connection, { concurrency: 5 }),
  ];
  expect([await ask(one), await ask(other)]).toEqual(["in", "in"]);
  one.pause(Date.now() + 60_000, slowDown);
  const told = await waitUntil(
    () => ask(other),
    (answer) => answer !== "in",
  );
  expect(told).toMatchObject({ closed: true, issue: { code: "CON-605" } });
  const late = await openGate(connection, { concurrency: 5 });
  expect(await ask(late)).toMatchObject({ closed: true, issue: { code: "CON-605" } });
});

test("a system one process finds broken is broken for all, and its first answer to any of them lets all in", async () => {
  const connection = await addConnection();
  const [one, other] = [
    await openGate(connection, { concurrency: 5 }),
    await openGate(connection, { concurrency: 5 }),
  ];
  for (let call = 0; call < 5; call += 1) one.noteFailure(down);
  const told = await waitUntil(
    () => ask(other),
    (answer) => answer !== "in",
  );
  expect(told).toMatchObject({ closed: true, issue: { code: "CON-611" } });
  other.noteAnswer();
  await waitUntil(
    () => ask(one),
    (answer) => answer === "in",
  );
});

/** Callers that enter as often as they can until `isOver`; `inside` counts those of all gates together. */
function callersOf(gate: Gate, count: number, seen: { inside: number; most: number; starts: number[] }) {
  const state = { isOver: false, calls: 0 };
  const caller = async (): Promise<void> => {
    while (!state.isOver) {
      const leave = await gate.enter(60_000);
      state.calls += 1;
      seen.starts.push(Date.now());
      seen.inside += 1;
      seen.most = Math.max(seen.most, seen.inside);
      await wait(5);
      seen.inside -= 1;
      leave();
    }
  };
  const done = Promise.all(Array.from({ length: count }, caller));
  return { state, done };
}

test("calls at once are divided among the processes that call: both get on, and never more than allowed run", async () => {
  const connection = await addConnection();
  const limits = { concurrency: 5 };
  const seen = { inside: 0, most: 0, starts: [] };
  const one = callersOf(await openGate(connection, limits), 8, seen);
  await waitUntil(
    async () => one.state.calls,
    (calls) => calls > 20,
  );
  const other = callersOf(await openGate(connection, limits), 8, seen);
  await waitUntil(
    async () => other.state.calls,
    (calls) => calls > 50,
  );
  one.state.isOver = other.state.isOver = true;
  await Promise.all([one.done, other.done]);
  expect(seen.most).toBe(5);
});

test("the slots of a process that died go to the others when its lease is over", async () => {
  const connection = await addConnection();
  const dead = await openGate(connection, { concurrency: 2 });
  const leaves = [await dead.enter(0), await dead.enter(0)];
  await Promise.all(processes.splice(0).map((each) => each.close()));
  const living = await openGate(connection, { concurrency: 2 });
  await database.db.pool.query(
    "update call_slots set lease_until = now() - interval '1 second' where connection_id = $1",
    [connection],
  );
  const two = [await living.enter(0), await living.enter(0)];
  expect(two).toHaveLength(2);
  for (const leave of [...leaves, ...two]) leave();
});

test("no span holds more calls than allowed, counted over both processes, and both get a share of them", async () => {
  const connection = await addConnection();
  const limits = { concurrency: 20, window: { calls: 100, perMs: 1_000 } };
  const seen = { inside: 0, most: 0, starts: [] as number[] };
  const both = [
    callersOf(await openGate(connection, limits), 6, seen),
    callersOf(await openGate(connection, limits), 6, seen),
  ];
  await waitUntil(
    async () => seen.starts.length,
    (calls) => calls >= 150,
  );
  for (const { state } of both) state.isOver = true;
  await Promise.all(both.map(({ done }) => done));
  const starts = seen.starts.toSorted((left, right) => left - right);
  const most = Math.max(
    ...starts.map((from) => starts.filter((at) => at >= from && at < from + limits.window.perMs).length),
  );
  expect(most).toBeLessThanOrEqual(100);
  expect(both.every(({ state }) => state.calls > 10)).toBe(true);
});
