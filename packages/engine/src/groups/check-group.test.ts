/** What keeps a group from running, each with its place. */
import type { GroupDefinition, GroupMember } from "@fieldbridge/model";
import { expect, test } from "vitest";
import { checkGroup, type GroupTransfer } from "./check-group.ts";

const toGroup = (
  members: readonly (Partial<GroupMember> & { transfer: string })[],
  more: Partial<GroupDefinition> = {},
): GroupDefinition => ({
  id: "daily",
  name: "Daily",
  members: members.map((each) => ({ after: [], ...each })),
  ...more,
});

const transfer = (id: string, published: GroupTransfer["published"] = {}): GroupTransfer => ({
  id,
  name: id.toUpperCase(),
  published,
});

const check = (group: GroupDefinition, transfers = [transfer("a"), transfer("b"), transfer("c")]) =>
  checkGroup(group, transfers).map((issue) => [issue.code, issue.path, issue.message]);

test("a group whose members exist, are published and in an order has no issue", () => {
  expect(check(toGroup([{ transfer: "a" }, { transfer: "b", after: ["a"] }]))).toEqual([]);
});

test("an empty group, an unknown transfer and one never published are named", () => {
  expect(check(toGroup([]))).toEqual([["GRP-001", "members", "The group has no transfer yet."]]);
  expect(check(toGroup([{ transfer: "x" }, { transfer: "a" }]), [transfer("a", null)])).toEqual([
    ["GRP-002", "members.0", "The transfer x does not exist."],
    ["GRP-003", "members.1", '"A" was never published.'],
  ]);
});

test("a member that stands twice, and one after a transfer outside the group, are named", () => {
  expect(check(toGroup([{ transfer: "a" }, { transfer: "a" }, { transfer: "b", after: ["c"] }]))).toEqual([
    ["GRP-005", "members.1", '"A" is in the group twice.'],
    ["GRP-006", "members.2.after", '"B" comes after "C", which is not in the group.'],
  ]);
});

test("a circle is named once, with its path in the order of running", () => {
  const members = [
    { transfer: "a", after: ["c"] },
    { transfer: "b", after: ["a"] },
    { transfer: "c", after: ["b"] },
  ];
  expect(check(toGroup(members))).toEqual([
    ["GRP-004", "members.1.after", "The order goes in a circle: B → C → A → B."],
  ]);
  expect(check(toGroup([{ transfer: "a", after: ["a"] }]))).toEqual([
    ["GRP-004", "members.0.after", "The order goes in a circle: A → A."],
  ]);
});

test("a parameter is taken from the group where the transfer has it, the member's own wins, a missing one is named", () => {
  const company = transfer("a", { parameters: { Company: { type: "text", choices: ["North"] } } });
  const find = (group: GroupDefinition) => checkGroup(group, [company, transfer("b")]);
  const members = [{ transfer: "a" }, { transfer: "b" }];
  expect(find(toGroup(members))).toMatchObject([{ code: "PAR-801", path: "members.0.parameters.Company" }]);
  expect(find(toGroup(members, { parameters: { Company: "North" } }))).toEqual([]);
  const own = [{ transfer: "a", parameters: { Company: "South" } }, { transfer: "b" }];
  expect(find(toGroup(own, { parameters: { Company: "North" } }))).toMatchObject([{ code: "PAR-802" }]);
  const unknown = [{ transfer: "b", parameters: { Company: "South" } }];
  expect(find(toGroup(unknown))).toMatchObject([{ code: "PAR-803" }]);
});
