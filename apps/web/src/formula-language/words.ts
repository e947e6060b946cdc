/** Names and words of a formula for the editor's grammar; which letters a name may have is not said by ranges. */
import { ExternalTokenizer } from "@lezer/lr";
import { And, Blank, False, name, Not, Or, True } from "./formula.grammar.terms";

const nameStart = /[\p{L}_]/u;
const namePart = /[\p{L}\p{M}\p{N}_]/u;
const terms: ReadonlyMap<string, number> = new Map([
  ["AND", And],
  ["OR", Or],
  ["NOT", Not],
  ["TRUE", True],
  ["FALSE", False],
  ["BLANK", Blank],
]);

/** The character at two UTF-16 units, the second only where the first needs it; empty at the end. */
function toCharacter(unit: number, following: number): string {
  if (unit < 0) return "";
  const isPair = unit >= 0xd800 && unit < 0xdc00 && following >= 0xdc00 && following < 0xe000;
  return isPair ? String.fromCharCode(unit, following) : String.fromCharCode(unit);
}

export const words = new ExternalTokenizer((input) => {
  let text = toCharacter(input.next, input.peek(1));
  if (!nameStart.test(text)) return;
  input.advance(text.length);
  for (;;) {
    const character = toCharacter(input.next, input.peek(1));
    if (!namePart.test(character)) break;
    text += character;
    input.advance(character.length);
  }
  input.acceptToken(terms.get(text.toUpperCase()) ?? name);
});
