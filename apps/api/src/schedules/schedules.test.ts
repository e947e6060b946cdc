/** Schedules on a real database: each tick once, whatever the number of workers (I12). */
import type { RouteResponse } from "@fieldbridge/model";
import { afterEach, expect, test } from "vitest";
import { createStage, type Scene } from "../testing/run-scene.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { runDueSchedules } from "./run-due-schedules.ts";

const { playScene, clear } = createStage();
afterEach(clear);

type Schedule = RouteResponse<"createSchedule">;

const input = (more: object = {}) => ({
  transferId: "tr_accounts",
  work: { kind: "changes" },
  cron: "*/15 * * * *",
  timeZone: "Europe/Copenhagen",
  ...more,
});

const create = async ({ product }: Scene, more: object = {}) =>
  (await product.call("createSchedule", { body: input(more) })).body;

const look = ({ product }: Scene, at: string | number) =>
  runDueSchedules(product.context, new Date(at), (error) => {
    throw error;
  });

const read = async ({ product }: Scene, id: string): Promise<Schedule> => {
  const found = (await product.call("listSchedules")).body.items.find((each) => each.id === id);
  if (found === undefined) throw new Error(`no schedule ${id}`);
  return found;
};

const dueAt = (schedule: Schedule): number => Date.parse(schedule.nextAt ?? "");
const listRuns = async ({ product }: Scene) => (await product.call("listRuns")).body.items;

test("a schedule is created with its next tick, changed, switched off and deleted", async () => {
  const scene = await playScene();
  const { product } = scene;
  const created = await create(scene, { name: "Quarterly" });
  expect(created).toMatchObject({ transferName: "Accounts to customers", lastRun: null, enabled: true });
  expect(dueAt(created)).toBeGreaterThan(Date.now());
  expect(dueAt(created) % 900_000).toBe(0);
  const params = { id: created.id };
  const off = await product.call("updateSchedule", { params, body: input({ enabled: false }) });
  expect(off.body).toMatchObject({ enabled: false, nextAt: null });
  const wrong = await product.call("updateSchedule", { params, body: input({ cron: "99 * * * *" }) });
  expect([wrong.status, wrong.body]).toMatchObject([400, { issues: [{ code: "CLK-801", path: "cron" }] }]);
  expect((await product.call("deleteSchedule", { params })).status).toBe(200);
  expect((await product.call("deleteSchedule", { params })).status).toBe(404);
});

test("the preview names the next ticks, or what is wrong", async () => {
  const { product } = await playScene();
  const good = await product.call("previewSchedule", {
    body: { cron: "0 6 * * 1", timeZone: "UTC", count: 3 },
  });
  expect(good.body.next).toHaveLength(3);
  expect(good.body.next.every((at) => new Date(at).getUTCDay() === 1)).toBe(true);
  const bad = await product.call("previewSchedule", { body: { cron: "never", timeZone: "UTC" } });
  expect(bad.body).toMatchObject({ next: [], issues: [{ code: "CLK-801" }] });
});

test("I12: a tick that many workers see at once starts one run", async () => {
  const scene = await playScene();
  const schedule = await create(scene);
  const looks = await Promise.all(Array.from({ length: 6 }, () => look(scene, dueAt(schedule))));
  expect(looks.flat()).toHaveLength(1);
  expect(await listRuns(scene)).toMatchObject([{ trigger: "schedule", state: "queued" }]);
  const after = await read(scene, schedule.id);
  expect(dueAt(after)).toBe(dueAt(schedule) + 900_000);
  expect(after.lastSkipped).toBeNull();
  expect(await look(scene, dueAt(schedule))).toEqual([]);
});

test("a tick while the transfer still runs is skipped, once, and says why", async () => {
  const scene = await playScene();
  const schedule = await create(scene);
  await scene.product.call("startRun", { params: { id: "tr_accounts" }, body: {} });
  const looks = await Promise.all([look(scene, dueAt(schedule)), look(scene, dueAt(schedule))]);
  expect(looks.flat()).toMatchObject([{ runId: null }]);
  const after = await read(scene, schedule.id);
  expect(after.lastSkipped).toEqual({
    at: schedule.nextAt,
    reason: '"Accounts to customers" runs already as run 1.',
  });
  expect(await listRuns(scene)).toHaveLength(1);
});

test("ticks missed while nothing worked start one run, and the next one is in the future", async () => {
  const scene = await playScene();
  const schedule = await create(scene);
  const later = dueAt(schedule) + 10 * 900_000 + 60_000;
  expect(await look(scene, later)).toHaveLength(1);
  expect(await listRuns(scene)).toHaveLength(1);
  expect(dueAt(await read(scene, schedule.id))).toBeGreaterThan(later);
});

test("a schedule that is off, or whose time has not come, starts nothing", async () => {
  const scene = await playScene();
  const schedule = await create(scene);
  expect(await look(scene, dueAt(schedule) - 1)).toEqual([]);
  const params = { id: schedule.id };
  await scene.product.call("updateSchedule", { params, body: input({ enabled: false }) });
  expect(await look(scene, dueAt(schedule) + 1)).toEqual([]);
});

test("a compare by the clock, and one started by hand, are runs of their schedule", async () => {
  const scene = await playScene();
  await scene.work();
  const work = { kind: "compare", repair: true };
  const schedule = await create(scene, { work });
  const [tick] = await look(scene, dueAt(schedule));
  const run = await scene.end(tick?.runId ?? "");
  expect(run).toMatchObject({ scope: work, drift: 3, counts: { created: 3 } });
  const byHand = await scene.product.call("runSchedule", { params: { id: schedule.id } });
  await scene.end(byHand.body.id);
  expect((await read(scene, schedule.id)).lastRun).toMatchObject({ id: byHand.body.id, trigger: "manual" });
});

test("a working process starts what is due by itself", async () => {
  const scene = await playScene();
  const schedule = await create(scene);
  await scene.product.context.db.pool.query(
    "update schedules set next_at = now() - interval '1 hour' where id = $1",
    [schedule.id],
  );
  await scene.work();
  const runs = await waitUntil(
    () => listRuns(scene),
    (items) => items.length > 0,
  );
  expect(runs).toMatchObject([{ trigger: "schedule" }]);
});

test("a deleted transfer takes its schedules with it; a deleted schedule leaves its runs", async () => {
  const scene = await playScene();
  const { product } = scene;
  await scene.work();
  const schedule = await create(scene);
  const [tick] = await look(scene, dueAt(schedule));
  const run = await scene.end(tick?.runId ?? "");
  await product.call("deleteSchedule", { params: { id: schedule.id } });
  expect((await product.call("getRun", { params: { id: run.id } })).status).toBe(200);
  await create(scene);
  await product.call("deleteTransfer", { params: { id: "tr_accounts" } });
  expect((await product.call("listSchedules")).body.total).toBe(0);
});
