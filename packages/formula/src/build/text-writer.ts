/** Text results pass here: the size limit, and the work a text costs counted as steps. */
import { FormulaFailure } from "../failure.ts";
import type { Frame } from "./built.ts";

export const MAX_TEXT = 1_000_000;
export const MAX_STEPS = 1_000_000;
/** So many characters cost one step. */
const CHARACTERS_PER_STEP = 16;

export function countSteps(frame: Frame, steps: number): void {
  frame.steps += steps;
  if (frame.steps > MAX_STEPS) {
    throw new FormulaFailure("FML-313", `The formula needed more than ${MAX_STEPS} steps for this record`);
  }
}

export function checkTextLength(length: number): void {
  if (length > MAX_TEXT) {
    throw new FormulaFailure("FML-311", `The text would have ${length} characters; ${MAX_TEXT} are allowed`);
  }
}

/** Passes a text on that is within the limits. */
export function writeText(frame: Frame, text: string): string {
  if (text.length > CHARACTERS_PER_STEP) {
    checkTextLength(text.length);
    countSteps(frame, text.length / CHARACTERS_PER_STEP);
  }
  return text;
}
