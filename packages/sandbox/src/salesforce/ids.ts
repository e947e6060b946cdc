// Record ids: fifteen case-sensitive characters plus three check characters that make them safe where case is lost.

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const CHECKS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

function checkCharacter(five: string): string {
  const bits = Array.from(five).reduce(
    (sum, each, place) => (/[A-Z]/.test(each) ? sum + 2 ** place : sum),
    0,
  );
  return CHECKS[bits] ?? "A";
}

/** The 18-character form of a 15-character id. */
export function toId18(id15: string): string {
  return id15 + [0, 5, 10].map((start) => checkCharacter(id15.slice(start, start + 5))).join("");
}

/** The canonical 18 characters of an id given with 15 or 18, or null when it has not the shape of an id. */
export function readId(text: string): string | null {
  if (!/^[0-9A-Za-z]+$/.test(text)) return null;
  if (text.length === 15) return toId18(text);
  if (text.length !== 18) return null;
  return restoreCase(text);
}

/** Check characters say which letters are capitals, so an id whose case was lost can be put right. */
function restoreCase(id18: string): string | null {
  const letters = Array.from(id18.slice(0, 15), (each, place) => {
    const bits = CHECKS.indexOf(id18.charAt(15 + Math.floor(place / 5)).toUpperCase());
    if (bits < 0) return null;
    return (bits >> (place % 5)) & 1 ? each.toUpperCase() : each.toLowerCase();
  });
  return letters.includes(null) ? null : toId18(letters.join(""));
}

/** The id with this running number: key prefix, a fixed instance part, nine digits of base 62; ordinal order = number order. */
export function makeId(prefix: string, number: number): string {
  let digits = "";
  for (let rest = number; rest > 0; rest = Math.floor(rest / 62))
    digits = (ALPHABET[rest % 62] ?? "") + digits;
  return toId18(`${prefix}Fb0${digits.padStart(9, "0")}`);
}
