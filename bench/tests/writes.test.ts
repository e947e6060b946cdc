/** What happens around a write, each proof at its small size. */
import { test } from "vitest";
import { measureCalls } from "../p4-calls.ts";
import { proveLostAnswers } from "../r2-lost-answers.ts";
import { provePoison } from "../r4-poison.ts";
import { proveMisorderedAnswers } from "../r9-misordered.ts";
import { expectGoal } from "./expect-goal.ts";

test("R2: lost answers duplicate nothing and lose nothing; what cannot be searched is held as uncertain", () =>
  expectGoal(proveLostAnswers));

test("R4: exactly the poison is held, with cause and hint, and passes by itself after the correction", () =>
  expectGoal(provePoison));

test("R9: answers that come shuffled, short, long or doubled reach no wrong record", () =>
  expectGoal(proveMisorderedAnswers));

test("P4: the calls are the fewest that batch sizes allow, and a bad record costs two times log2 of its batch", () =>
  expectGoal(measureCalls));
