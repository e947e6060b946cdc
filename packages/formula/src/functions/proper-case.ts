/** Capital letters at the starts of words, in one walk: a pattern over a text of a megabyte takes too long. */

const wordPart = /^[\p{L}\p{M}]$/u;

/** Code units of the character at a place: two for those outside the basic plane. */
const lengthAt = (text: string, at: number): number => ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);

/** Letters and their marks make words. `text` is in lower case; plain letters are told without a pattern. */
const isWordPart = (text: string, at: number, length: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit < 128 ? unit >= 97 && unit <= 122 : wordPart.test(text.slice(at, at + length));
};

export function toProperCase(text: string): string {
  const lower = text.toLowerCase();
  let result = "";
  let from = 0;
  let inWord = false;
  for (let at = 0; at < lower.length;) {
    const length = lengthAt(lower, at);
    const isPart = isWordPart(lower, at, length);
    if (isPart && !inWord) {
      result += lower.slice(from, at) + lower.slice(at, at + length).toUpperCase();
      from = at + length;
    }
    inWord = isPart;
    at += length;
  }
  return result + lower.slice(from);
}
