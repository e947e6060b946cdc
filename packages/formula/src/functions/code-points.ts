/** Text measured in Unicode code points, which is what LEFT, MID, LEN and FIND count. */

const SURROGATE = /[\ud800-\udfff]/;

export function codePointLength(text: string): number {
  if (!SURROGATE.test(text)) return text.length;
  let count = 0;
  for (let index = 0; index < text.length; count += 1) index += unitsAt(text, index);
  return count;
}

function unitsAt(text: string, index: number): number {
  return (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
}

/** The position in UTF-16 units after this many code points from `from`. */
export function unitOffset(text: string, codePoints: number, from = 0): number {
  if (!SURROGATE.test(text)) return Math.min(text.length, from + codePoints);
  let index = from;
  for (let count = 0; count < codePoints && index < text.length; count += 1) index += unitsAt(text, index);
  return index;
}

/** `start` counts from 0. */
export function sliceCodePoints(text: string, start: number, count: number): string {
  const from = unitOffset(text, start);
  return text.slice(from, unitOffset(text, count, from));
}
