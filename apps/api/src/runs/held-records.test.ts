/** Held records from a person's side and from the clock's: what is tried again, when, and with which values. */
import { toIssue } from "@fieldbridge/model";
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createStage } from "../testing/run-scene.ts";
import { createCrm, createShop, manyAccounts } from "../testing/stand-in-system.ts";
import { waitUntil } from "../testing/wait-until.ts";
import { rerunDueHeld } from "./start-run.ts";

/** A shop that takes no kind but "good". */
const createPickyShop = () =>
  createShop({
    refuse: (_object, values) =>
      values["kind"] === "good" ? null : toIssue("WRT-303", "kind", "Kind is not known."),
  });

const withKind = exampleTransfer({
  mappings: { number: { value: "Number" }, name: { value: "Name" }, kind: { value: "Kind" } },
});

const { playScene, clear } = createStage();
afterEach(clear);

test("a write-back that is tried again writes what its answer asks for, and nothing of another answer", async () => {
  let broken = true;
  const crm = createCrm(manyAccounts(1), {
    refuse: () => (broken ? toIssue("WRT-303", "Synced", "Synced is locked.") : null),
  });
  const writeBacks = [
    { on: ["created" as const], values: { Synced: '"created"' } },
    { on: ["updated" as const, "unchanged" as const], values: { Synced: '"seen again"' } },
  ];
  const scene = await playScene({ crm }, exampleTransfer({ writeBacks }));
  await scene.work();
  const run = await scene.run();
  expect(run.counts).toMatchObject({ created: 1, held: 0 });
  const [held] = (await scene.product.call("listHeld")).body.items;
  expect(held).toMatchObject({ step: "write-back" });

  broken = false;
  const rerun = await scene.product.call("rerunHeld", { body: { ids: [held?.id] } });
  await scene.end(rerun.body.runs[0]?.id ?? "");
  expect(crm.list("Account")).toMatchObject([{ Synced: "created" }]);
  expect((await scene.product.call("listHeld")).body.total).toBe(0);
});

test("a record is run once with the values a person corrected, and tells who changed what", async () => {
  const scene = await playScene({ shop: createPickyShop(), crm: createCrm(manyAccounts(2)) }, withKind);
  await scene.work();
  await scene.run();
  const [held] = (await scene.product.call("listHeld")).body.items;
  const params = { id: held?.id ?? "" };
  const edit = (body: unknown) => scene.product.call("editHeld", { params, body });

  const wrong = await edit({ values: { Kind: "bad" }, by: "Ada" });
  expect(wrong.body.held.edits).toMatchObject([{ by: "Ada", runId: null }]);
  expect(wrong.body.runs).toMatchObject([{ trigger: "re-run", scope: { heldIds: [params.id] } }]);
  await scene.end(wrong.body.runs[0]?.id ?? "");
  const between = (await scene.product.call("getHeld", { params })).body;
  expect(between).toMatchObject({ state: "open", attempts: 2, trail: { source: { Kind: "bad" } } });

  // Used once: a re-run without values has the source's own again.
  const plain = await scene.product.call("rerunHeld", { body: { ids: [params.id] } });
  await scene.end(plain.body.runs[0]?.id ?? "");
  expect((await scene.product.call("getHeld", { params })).body.trail.source).toMatchObject({
    Kind: "plain",
  });

  const right = await edit({ values: { Kind: "good", Name: "Corrected" } });
  const ended = await scene.end(right.body.runs[0]?.id ?? "");
  expect(ended.counts).toMatchObject({ read: 1, created: 1 });
  expect(scene.shop.list("Customer")).toMatchObject([{ kind: "good", name: "Corrected" }]);
  expect(scene.crm.list("Account").map((row) => row["Kind"])).toEqual(["plain", "plain"]);
  const closed = (await scene.product.call("getHeld", { params })).body;
  expect(closed.state).toBe("resolved");
  expect(closed.edits).toMatchObject([
    { by: "Ada", runId: wrong.body.runs[0]?.id, values: [{ path: "Kind", before: "plain", after: "bad" }] },
    {
      by: "somebody at this computer",
      runId: ended.id,
      values: [{ path: "Kind", before: "plain", after: "good" }, { path: "Name" }],
    },
  ]);
});

test("a correction after one that failed counts as well", async () => {
  const scene = await playScene({ shop: createPickyShop(), crm: createCrm(manyAccounts(1)) }, withKind);
  await scene.work();
  await scene.run();
  const [held] = (await scene.product.call("listHeld")).body.items;
  const params = { id: held?.id ?? "" };
  for (const Kind of ["bad", "worse", "good"]) {
    const { body } = await scene.product.call("editHeld", { params, body: { values: { Kind } } });
    await scene.end(body.runs[0]?.id ?? "");
  }
  expect(scene.shop.list("Customer")).toMatchObject([{ kind: "good" }]);
  const { edits } = (await scene.product.call("getHeld", { params })).body;
  expect(edits.map((edit) => edit.values[0]?.before)).toEqual(["plain", "plain", "plain"]);
});

test("a correction is refused in words where it has no place, and gives way to a newer value of the source", async () => {
  const scene = await playScene({ shop: createPickyShop(), crm: createCrm(manyAccounts(1)) }, withKind);
  await scene.work();
  await scene.run();
  const [held] = (await scene.product.call("listHeld")).body.items;
  const params = { id: held?.id ?? "" };
  const edit = (values: unknown) => scene.product.call("editHeld", { params, body: { values } });
  for (const values of [{}, { Nothing: "x" }, { "Kind.deeper": "x" }, { __proto__: "x" }, { Kind: true }])
    expect((await edit(values)).status, JSON.stringify(values)).toBe(400);
  expect((await scene.product.call("getHeld", { params })).body.edits).toEqual([]);

  scene.crm.change("Account", "id-A0001", { Kind: "good" });
  const { body } = await edit({ Kind: "bad" });
  await scene.end(body.runs[0]?.id ?? "");
  expect(scene.shop.list("Customer")).toMatchObject([{ kind: "good" }]);
  expect((await edit({ Kind: "again" })).status).toBe(400);
});

test("a held record has somebody who looks after it, and is found by that name", async () => {
  const scene = await playScene({ shop: createPickyShop(), crm: createCrm(manyAccounts(2)) }, withKind);
  await scene.work();
  await scene.run();
  const [held] = (await scene.product.call("listHeld")).body.items;
  const assign = (id: string, assignee: string | null) =>
    scene.product.call("assignHeld", { params: { id }, body: { assignee } });
  expect((await assign(held?.id ?? "", "Grace")).body.assignee).toBe("Grace");
  const mine = await scene.product.call("listHeld", { query: { assignee: "Grace" } });
  expect(mine.body).toMatchObject({ total: 1, items: [{ id: held?.id }] });
  expect((await assign(held?.id ?? "", null)).body.assignee).toBeNull();
  expect((await assign("999999", "Grace")).status).toBe(404);
});

test("held records are found by class, age and who looks after them, counted alike, and handled together", async () => {
  const scene = await playScene({ shop: createPickyShop(), crm: createCrm(manyAccounts(3)) }, withKind);
  await scene.work();
  await scene.run();
  const { product } = scene;
  const ids = (await product.call("listHeld")).body.items.map((each) => each.id);
  const assigned = await product.call("assignManyHeld", {
    body: { ids: ids.slice(0, 2), assignee: "Grace" },
  });
  expect(assigned.body).toEqual({ changed: 2 });
  const total = async (query: Record<string, string>) =>
    (await product.call("listHeld", { query })).body.total;
  const now = new Date().toISOString();
  expect(await total({ class: "data" })).toBe(3);
  expect(await total({ class: "conflict" })).toBe(0);
  expect(await total({ unassigned: "true" })).toBe(1);
  expect([await total({ heldBefore: now }), await total({ heldAfter: now })]).toEqual([3, 0]);
  expect((await product.call("countHeld", { query: { assignee: "Grace", class: "conflict" } })).body).toEqual(
    {
      classes: [{ class: "data", count: 2 }],
      assignees: [],
    },
  );
  expect((await product.call("countHeld", { query: { class: "data" } })).body.assignees).toEqual([
    { assignee: "Grace", count: 2 },
    { assignee: null, count: 1 },
  ]);

  const ignored = await product.call("ignoreManyHeld", {
    body: { ids: [...ids, "999999"], reason: "Test accounts" },
  });
  expect(ignored.body).toEqual({ changed: 3 });
  expect((await product.call("ignoreManyHeld", { body: { ids, reason: "Again" } })).body).toEqual({
    changed: 0,
  });
  const shown = (await product.call("listHeld", { query: { state: "ignored" } })).body.items;
  expect(shown.map((each) => each.ignoredReason)).toEqual(ids.map(() => "Test accounts"));
});

test("an ignored record is opened again and due at once, unless it failed anew meanwhile", async () => {
  const scene = await playScene({ shop: createPickyShop(), crm: createCrm(manyAccounts(1)) }, withKind);
  await scene.work();
  await scene.run();
  const [held] = (await scene.product.call("listHeld")).body.items;
  const params = { id: held?.id ?? "" };
  const reopen = () => scene.product.call("reopenHeld", { params });
  const ignore = () => scene.product.call("ignoreHeld", { params, body: { reason: "A test account" } });
  expect((await reopen()).status).toBe(400);
  await ignore();
  expect((await reopen()).body).toMatchObject({ state: "open", ignoredReason: null, closedAt: null });
  await rerunDueHeld(scene.product.context);
  const runs = await waitUntil(
    async () => (await scene.product.call("listRuns")).body.items,
    (items) => items.length === 2 && items.every((run) => run.state === "finished"),
  );
  expect(runs[0]).toMatchObject({ trigger: "schedule", counts: { read: 1, held: 1 } });

  await ignore();
  await scene.run();
  expect((await reopen()).status).toBe(409);
});

test("a child that waits for a parent of its own transfer goes out after the parent passed", async () => {
  const accounts = manyAccounts(2).map((row, index) => ({ ...row, Kind: index === 0 ? "A0002" : "" }));
  const mappings = {
    number: { value: "Number" },
    kind: { value: 'IF(ISBLANK(Kind), "top", LOOKUP("Customer", "number", Kind, "number"))' },
  };
  const scene = await playScene({ crm: createCrm(accounts) }, exampleTransfer({ mappings }));
  await scene.work();
  expect((await scene.run()).counts).toMatchObject({ created: 1, held: 1 });
  expect((await scene.product.call("listHeld")).body.items).toMatchObject([{ class: "waiting" }]);
  await rerunDueHeld(scene.product.context);
  await waitUntil(
    async () => (await scene.product.call("listHeld")).body.total,
    (total) => total === 0,
  );
  expect(scene.shop.list("Customer").map((row) => row["kind"])).toEqual(["top", "A0002"]);
});

test("a record that waits for a held parent names that parent's held record", async () => {
  const rows = manyAccounts(2).map((row, index) => ({ ...row, Kind: index === 0 ? "" : "id-A0001" }));
  const shop = createShop({
    refuse: (_object, values) =>
      values["kind"] === "top" ? toIssue("WRT-303", "kind", "Kind is not known.") : null,
  });
  const mappings = {
    number: { value: "Number" },
    kind: { value: 'IF(ISBLANK(Kind), "top", LINKED(Kind, "Customer"))' },
  };
  const scene = await playScene({ crm: createCrm(rows), shop }, exampleTransfer({ mappings }));
  await scene.work();
  expect((await scene.run()).counts).toMatchObject({ held: 2 });
  const held = (await scene.product.call("listHeld")).body.items;
  const find = (name: string) => held.find((each) => each.class === name)?.id ?? "";
  const child = await scene.product.call("getHeld", { params: { id: find("waiting") } });
  expect(child.body.waitsFor).toMatchObject([{ id: find("data"), transferName: "Accounts to customers" }]);
});
