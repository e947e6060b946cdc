/** What happens around a write, at the small size of each proof. */
import { test } from "vitest";
import { proveLostAnswers } from "../r2-lost-answers.ts";
import { expectGoal } from "./expect-goal.ts";

test("R2: lost answers duplicate nothing and lose nothing; what cannot be searched is held as uncertain", () =>
  expectGoal(proveLostAnswers));
