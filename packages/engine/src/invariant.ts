/** A broken assertion is a bug of this program: it is thrown and never caught below the edge of the process. */

export class Bug extends Error {
  override readonly name = "Bug";
}

/** `sentence` says what must hold. */
export function invariant(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Bug(sentence);
}
