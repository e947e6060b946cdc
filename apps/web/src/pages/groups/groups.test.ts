/** Edits of a group and the places of its boxes. */
import type { GroupDefinition, GroupRun } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { describeGroupRun } from "../../format/group-words.ts";
import { toRun } from "../../testing/runs.ts";
import { applyOrder, changeParameter, removeMember, toGroupId } from "./edit-group.ts";
import { boxHeight, boxWidth, layOutGroup } from "./lay-out-group.ts";

const group: GroupDefinition = {
  id: "daily",
  name: "Daily",
  members: [
    { transfer: "a", after: [] },
    { transfer: "b", after: ["a"] },
    { transfer: "c", after: ["a", "b"] },
  ],
};

describe("editing a group", () => {
  test("an id is made of the name and is free", () => {
    expect(toGroupId("Every night: ERP", [])).toBe("every-night-erp");
    expect(toGroupId("Daily", ["daily", "daily-2"])).toBe("daily-3");
  });

  test("a member that is removed is removed from what the others come after", () => {
    expect(removeMember(group, 0).members).toEqual([
      { transfer: "b", after: [] },
      { transfer: "c", after: ["b"] },
    ]);
  });

  test("one of two equal members is removed without a trace in the order", () => {
    const twice = { ...group, members: [...group.members, { transfer: "a", after: [] }] };
    expect(removeMember(twice, 3)).toEqual(group);
  });

  test("a proposed order replaces the present one", () => {
    const order = [
      { transfer: "a", after: [] },
      { transfer: "b", after: [] },
      { transfer: "c", after: [{ transfer: "b", reason: "It looks up b." }] },
    ];
    expect(applyOrder(group, order).members.map((member) => member.after)).toEqual([[], [], ["b"]]);
  });

  test("a parameter without a value is left out", () => {
    expect(changeParameter(undefined, "Company", "North")).toEqual({ Company: "North" });
    expect(changeParameter({ Company: "North", Year: "2026" }, "Company", "")).toEqual({ Year: "2026" });
    expect(changeParameter({ Company: "North" }, "Company", "")).toBeUndefined();
  });
});

describe("the picture of a group", () => {
  const places = (members: Parameters<typeof layOutGroup>[0]) =>
    Object.fromEntries(layOutGroup(members).boxes.map(({ transfer, x, y }) => [transfer, [x, y]]));

  test("has a column for each step, by the longest way", () => {
    const { a, b, c } = places(group.members);
    expect([a?.[0], b?.[0], c?.[0]]).toEqual([0, boxWidth + 84, 2 * (boxWidth + 84)]);
    expect(layOutGroup(group.members).lines).toHaveLength(3);
  });

  test("puts members of one step below each other and the next one in the middle", () => {
    const found = places([
      { transfer: "a", after: [] },
      { transfer: "b", after: [] },
      { transfer: "c", after: ["a", "b"] },
    ]);
    expect(found).toMatchObject({ a: [0, 0], b: [0, boxHeight + 20] });
    expect(found["c"]?.[1]).toBe((boxHeight + 20) / 2);
  });

  test("survives a circle, a double and an unknown member", () => {
    const { boxes } = layOutGroup([
      { transfer: "a", after: ["b", "x"] },
      { transfer: "b", after: ["a"] },
      { transfer: "b", after: ["b"] },
    ]);
    expect(boxes.map((each) => each.transfer).toSorted()).toEqual(["a", "b"]);
  });
});

test("a group run is one sentence", () => {
  const member = (state: GroupRun["members"][number]["state"], held = 0) => ({
    transferId: "tr_a",
    transferName: "A",
    after: [],
    state,
    reason: null,
    run: toRun({ counts: { ...toRun().counts, held } }),
  });
  const run = (state: GroupRun["state"], ...members: GroupRun["members"]): GroupRun => ({
    id: "1",
    number: 1,
    groupId: "daily",
    groupName: "Daily",
    state,
    members,
    stopRequested: false,
    startedAt: "2026-11-21T12:00:00.000Z",
    endedAt: null,
  });
  expect(describeGroupRun(run("running", member("passed"), member("running"), member("waiting")))).toBe(
    "Running: 1 running, 1 waiting, 1 passed",
  );
  expect(describeGroupRun(run("finished", member("passed")))).toBe("Finished: 1 transfer passed");
  expect(describeGroupRun(run("finished", member("passed", 2), member("passed")))).toBe(
    "Finished with 2 held records: 2 transfers passed",
  );
  expect(describeGroupRun(run("failed", member("failed"), member("not-started")))).toBe(
    "Failed: 1 failed, 1 not started",
  );
});
