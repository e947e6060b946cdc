/** The order of a group run, from literals: what starts, what waits, what never will. */
import type { Issue, Run } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { decideGroupStep, type GroupStepMember } from "./decide-group-step.ts";

const broken: Issue = { code: "CON-602", severity: "error", path: "", message: "ERP is down.", hint: "" };

const toRun = (state: Run["state"], held = 0): GroupStepMember["run"] => ({
  number: 7,
  state,
  held,
  issues: state === "failed" ? [broken] : [],
});

const member = (
  transfer: string,
  after: readonly string[] = [],
  more: Partial<GroupStepMember> = {},
): GroupStepMember => ({
  transfer,
  name: transfer.toUpperCase(),
  after: [...after],
  state: "waiting",
  run: null,
  obstacle: null,
  ...more,
});

const ended = (state: Run["state"], held = 0): Partial<GroupStepMember> => ({
  state: "running",
  run: toRun(state, held),
});

const decide = (members: readonly GroupStepMember[], stopRequested = false) =>
  decideGroupStep({ members, stopRequested });

describe("a group run", () => {
  test("starts at once what comes after nothing, side by side, and keeps the rest waiting", () => {
    expect(decide([member("a"), member("b"), member("c", ["a", "b"])])).toEqual({
      marks: [],
      start: ["a", "b"],
      stop: [],
      end: null,
    });
  });

  test("starts a member when all it comes after have finished, wherever it stands in the list", () => {
    const a = member("a", [], ended("finished"));
    const b = member("b", [], ended("running"));
    expect(decide([member("c", ["a", "b"]), a, b])).toMatchObject({
      start: [],
      marks: [{ state: "passed" }],
    });
    expect(decide([member("c", ["a", "b"]), a, { ...b, run: toRun("finished") }])).toMatchObject({
      start: ["c"],
      end: null,
    });
  });

  test("takes a run with held records as good enough, unless the member needs a clean one", () => {
    const a = member("a", [], ended("finished", 2));
    expect(decide([a, member("b", ["a"])]).start).toEqual(["b"]);
    expect(decide([a, member("b", ["a"], { needs: "clean" })])).toEqual({
      marks: [
        { transfer: "a", state: "passed", reason: null },
        { transfer: "b", state: "not-started", reason: "A held 2 records." },
      ],
      start: [],
      stop: [],
      end: "failed",
    });
  });

  test("stops only what depends on a failed member, and names the one at the root", () => {
    const members = [
      member("a", [], ended("failed")),
      member("b", ["a"]),
      member("c", ["b"]),
      member("d", [], ended("finished")),
      member("e", ["d"]),
    ];
    expect(decide(members)).toEqual({
      marks: [
        { transfer: "a", state: "failed", reason: "ERP is down." },
        { transfer: "b", state: "not-started", reason: "A failed." },
        { transfer: "c", state: "not-started", reason: "A failed." },
        { transfer: "d", state: "passed", reason: null },
      ],
      start: ["e"],
      stop: [],
      end: null,
    });
  });

  test("does not wait for the others once one of those before has failed", () => {
    const members = [
      member("a", [], ended("failed")),
      member("b", [], ended("running")),
      member("c", ["a", "b"]),
    ];
    expect(decide(members).marks).toContainEqual({
      transfer: "c",
      state: "not-started",
      reason: "A failed.",
    });
  });

  test("fails a member that cannot be started, with the reason", () => {
    const obstacle = "B was deleted.";
    const members = [
      member("a", [], { state: "passed", run: toRun("finished") }),
      member("b", ["a"], { obstacle }),
    ];
    expect(decide(members)).toMatchObject({
      marks: [{ transfer: "b", state: "failed", reason: obstacle }],
      start: [],
      end: "failed",
    });
  });

  test("that is stopped starts nothing more, asks the running ones to stop, and ends after them", () => {
    const a = member("a", [], ended("running"));
    expect(decide([a, member("b", ["a"]), member("c")], true)).toEqual({
      marks: [
        { transfer: "b", state: "not-started", reason: "The group run was stopped." },
        { transfer: "c", state: "not-started", reason: "The group run was stopped." },
      ],
      start: [],
      stop: ["a"],
      end: null,
    });
    const b = member("b", ["a"], { state: "not-started" });
    expect(decide([{ ...a, run: toRun("stopped") }, b], true)).toMatchObject({
      marks: [{ transfer: "a", state: "stopped", reason: "Run 7 was stopped." }],
      end: "stopped",
    });
  });

  test("is finished when every member passed, even where the stop came too late", () => {
    const a = member("a", [], ended("finished"));
    expect(decide([a]).end).toBe("finished");
    expect(decide([a], true).end).toBe("finished");
  });

  test("I12: asked again without news, decides nothing", () => {
    const members = [member("a", [], ended("running")), member("b", ["a"])];
    expect(decide(members)).toEqual({ marks: [], start: [], stop: [], end: null });
  });
});
