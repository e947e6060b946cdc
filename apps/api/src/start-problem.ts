/** A reason the product cannot start, in one sentence for the person at the terminal; no stack is shown for it. */
export class StartProblem extends Error {
  override readonly name = "StartProblem";
}
