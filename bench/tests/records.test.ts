/** Many records and what follows from their order, their time and their amounts, each proof at its small size. */
import { test } from "vitest";
import { measureThroughput } from "../p2-throughput.ts";
import { measureUnchanged } from "../p5-unchanged.ts";
import { measureMemory } from "../p8-memory.ts";
import { measureDryRun } from "../p11-dry-run.ts";
import { proveParents } from "../r5-parents.ts";
import { proveTicks } from "../r11-ticks.ts";
import { proveClocks } from "../r7-clocks.ts";
import { proveMoney } from "../r12-money.ts";
import { proveFeedGap } from "../r13-feed-gap.ts";
import { proveRemovals } from "../r14-removals.ts";
import { expectGoal } from "./expect-goal.ts";

test("R5: exactly the children of refused parents wait, and follow them when they pass", () =>
  expectGoal(proveParents));

test("R7: late commits, equal stamps, clocks an hour apart and schedules at night miss nothing and double nothing", () =>
  expectGoal(proveClocks));

test("R11: each tick is taken once, whatever the number of workers, and no transfer runs twice at a time", () =>
  expectGoal(proveTicks));

test("R12: amounts are equal to the last digit in header, lines, source and target", () =>
  expectGoal(proveMoney));

test("R13: a change feed that ends too early is noticed at once and closed by a compare", () =>
  expectGoal(proveFeedGap));

test("R14: whatever the source suddenly lacks, nothing is deleted in bulk without a person", () =>
  expectGoal(proveRemovals));

test("P2: every record arrives once with every value as it was", () => expectGoal(measureThroughput));

test("P5: what did not change is not written; what changed is written once", () =>
  expectGoal(measureUnchanged));

test("P8: a worker's memory stays within its bound", () => expectGoal(measureMemory));

test("P11: a preview costs the calls of reading and writes nothing", () => expectGoal(measureDryRun));
