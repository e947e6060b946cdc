/** Processes that are killed, each proof at its small size. */
import { test } from "vitest";
import { measureResume } from "../p12-resume.ts";
import { proveKills } from "../r1-kill.ts";
import { expectGoal } from "./expect-goal.ts";

test("R1: a worker killed around its calls leaves one invoice per work order, each reported once", () =>
  expectGoal(proveKills));

test("P12: the product killed in the middle of a run goes on with it and repeats no write", () =>
  expectGoal(measureResume));
