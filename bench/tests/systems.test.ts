/** Systems that throttle, refuse the sign-in or change their fields, each proof at its small size. */
import { test } from "vitest";
import { measureThrottled } from "../p9-throttled.ts";
import { proveStorm } from "../r3-storm.ts";
import { proveDrift } from "../r6-drift.ts";
import { proveTokenExpiry } from "../r8-token-expiry.ts";
import { expectGoal } from "./expect-goal.ts";

test("R3: a storm of limits and failures loses nothing, nobody calls inside a Retry-After, others are not slowed", () =>
  expectGoal(proveStorm));

test("R6: a changed field stops only the transfers that use it, before their first record and in words", () =>
  expectGoal(proveDrift));

test("R8: each expired token costs one refresh and no record; a revoked login stops the run", () =>
  expectGoal(proveTokenExpiry));

test("P9: two workers share the allowance of one connection and use nearly all of it", () =>
  expectGoal(measureThrottled));
