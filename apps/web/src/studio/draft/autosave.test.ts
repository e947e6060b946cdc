import { describe, expect, it } from "vitest";
import type { TransferDefinition } from "@fieldbridge/model";
import { transfer } from "../testing/schemas.ts";
import { createDraftStore } from "./draft-store.ts";
import { startAutosave, type SaveAnswer } from "./autosave.ts";

/** A clock that runs the planned work when time passes. */
function fakeTime() {
  let ms = 0;
  let plans: { at: number; work: () => void }[] = [];
  return {
    now: () => ms,
    schedule: (work: () => void, after: number) => {
      const plan = { at: ms + after, work };
      plans.push(plan);
      return () => {
        plans = plans.filter((each) => each !== plan);
      };
    },
    pass: async (by: number) => {
      const end = ms + by;
      for (;;) {
        const [next] = plans.filter((each) => each.at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        ms = next.at;
        plans = plans.filter((each) => each !== next);
        next.work();
        for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
      }
      ms = end;
      for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
    },
  };
}

function setUp(answer: (revision: number) => SaveAnswer | Promise<SaveAnswer>) {
  const time = fakeTime();
  const draft = createDraftStore(transfer(), time.now);
  const sent: { definition: TransferDefinition; revision: number; at: number }[] = [];
  const kept: (TransferDefinition | null)[] = [];
  const autosave = startAutosave(
    draft,
    { draftRevision: 1, savedAt: "t0" },
    {
      save: async (definition, revision) => {
        sent.push({ definition, revision, at: time.now() });
        return answer(revision);
      },
      keep: (definition) => kept.push(definition),
      now: time.now,
      schedule: time.schedule,
    },
  );
  const type = (name: string) => draft.getState().apply("rename", [{ type: "rename", name }]);
  return { time, draft, sent, kept, autosave, type, kind: () => autosave.state.getState().save.kind };
}

const saved = (revision: number): SaveAnswer => ({ kind: "saved", draftRevision: revision + 1, at: "t1" });

describe("autosave", () => {
  it("sends one second after the last edit and says Saved only after the answer", async () => {
    const it = setUp(saved);
    it.type("a");
    await it.time.pass(900);
    it.type("b");
    await it.time.pass(900);
    expect(it.sent).toHaveLength(0);
    expect(it.kind()).toBe("saving");
    await it.time.pass(100);
    expect(it.sent.map((each) => each.definition.name)).toEqual(["b"]);
    expect(it.autosave.state.getState()).toEqual({ draftRevision: 2, save: { kind: "saved", at: "t1" } });
    expect(it.kept.at(-1)).toBeNull();
  });

  it("sends at most five seconds after the first edit while somebody keeps typing", async () => {
    const it = setUp(saved);
    for (let index = 0; index < 12; index += 1) {
      it.type(`n${index}`);
      await it.time.pass(500);
    }
    expect(it.sent[0]?.at).toBe(5_000);
  });

  it("sends what was typed while a request was under way with the revision that request gave", async () => {
    let release: (answer: SaveAnswer) => void = () => {};
    const answers: Promise<SaveAnswer>[] = [new Promise((resolve) => (release = resolve))];
    const it = setUp((revision) => answers.shift() ?? saved(revision));
    it.type("a");
    await it.time.pass(1_000);
    it.type("b");
    release(saved(1));
    await it.time.pass(0);
    expect(it.kind()).toBe("saving");
    await it.time.pass(1_000);
    expect(it.sent.map((each) => [each.definition.name, each.revision])).toEqual([
      ["a", 1],
      ["b", 2],
    ]);
    expect(it.kind()).toBe("saved");
  });

  it("keeps edits in the browser while offline and tries again by itself", async () => {
    let online = false;
    const it = setUp((revision) => (online ? saved(revision) : { kind: "offline" }));
    it.type("a");
    await it.time.pass(1_000);
    expect(it.kind()).toBe("offline");
    expect(it.kept.at(-1)?.name).toBe("a");
    online = true;
    await it.time.pass(5_000);
    expect(it.kind()).toBe("saved");
  });

  it("stops at a colleague's newer draft and sends nothing until a person decides", async () => {
    let answer: SaveAnswer = { kind: "conflict" };
    const it = setUp(() => answer);
    it.type("a");
    await it.time.pass(1_000);
    it.type("b");
    await it.time.pass(10_000);
    expect(it.kind()).toBe("conflict");
    expect(it.sent).toHaveLength(1);
    answer = saved(7);
    it.autosave.rebase(7, "t7", true);
    await it.time.pass(0);
    expect(it.sent.at(-1)?.revision).toBe(7);
    expect(it.kind()).toBe("saved");
  });

  it("reports the reason of a refusal and does not claim Saved", async () => {
    const it = setUp(() => ({ kind: "failed", reason: "no right to design" }));
    it.type("a");
    await it.time.pass(1_000);
    expect(it.autosave.state.getState().save).toEqual({ kind: "failed", reason: "no right to design" });
    expect(it.kept.at(-1)?.name).toBe("a");
  });

  it("flushes at once and tells whether everything is saved", async () => {
    const it = setUp(saved);
    it.type("a");
    await expect(it.autosave.flush()).resolves.toBe(true);
    expect(it.sent).toHaveLength(1);
  });
});
