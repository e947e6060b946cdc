/** Enum members travel as XML names: a space is `_x0020_`, a hyphen `_x002D_`. People see the plain words. */

/** `Non_x002D_Inventory` → `Non-Inventory`; the blank member becomes empty text. */
export function decodeChoice(member: string): string {
  return member
    .replace(/_x([0-9a-fA-F]{4})_/g, (_whole, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .trim();
}

function encodeCharacter(character: string): string {
  return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`;
}

/** The opposite; empty text becomes the blank member. */
export function encodeChoice(code: string): string {
  if (code.trim() === "") return "_x0020_";
  return code
    .replace(/_(?=x[0-9a-fA-F]{4}_)/g, encodeCharacter)
    .replace(/[^\p{L}\p{N}_]|^\p{N}/gu, encodeCharacter);
}
