/**
 * SHA-256 of a text, in plain arithmetic: the function HASH and the engine's links must give the same in the browser
 * and on the server, at once and without asking the platform.
 */

const fractionBits = (root: number): number => ((root - Math.floor(root)) * 2 ** 32) | 0;

const isPrime = (value: number): boolean => {
  for (let divisor = 2; divisor * divisor <= value; divisor += 1) if (value % divisor === 0) return false;
  return true;
};

const primes = (count: number): number[] => {
  const found: number[] = [];
  for (let value = 2; found.length < count; value += 1) if (isPrime(value)) found.push(value);
  return found;
};

/** First 32 bits of the fractional parts of the cube and square roots of the first primes (FIPS 180-4, 4.2.2). */
const roundConstants: readonly number[] = primes(64).map((prime) => fractionBits(Math.cbrt(prime)));
const initialState: readonly number[] = primes(8).map((prime) => fractionBits(Math.sqrt(prime)));

const utf8Length = (code: number): number => (code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4);

/** The text's UTF-8 bytes as big-endian words, padded as FIPS 180-4, 5.1.1 says. */
const toPaddedWords = (text: string): Int32Array => {
  let length = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.codePointAt(index) ?? 0;
    if (code > 0xffff) index += 1;
    length += utf8Length(code);
  }
  const words = new Int32Array((((length + 8) >> 6) + 1) * 16);
  let at = 0;
  const put = (byte: number): void => {
    words[at >> 2]! |= byte << (24 - (at & 3) * 8);
    at += 1;
  };
  for (let index = 0; index < text.length; index += 1) {
    const code = text.codePointAt(index) ?? 0;
    if (code > 0xffff) index += 1;
    const size = utf8Length(code);
    if (size === 1) put(code);
    else {
      put(((0xf00 >> size) & 0xff) | (code >> (6 * (size - 1))));
      for (let rest = size - 2; rest >= 0; rest -= 1) put(0x80 | ((code >> (6 * rest)) & 0x3f));
    }
  }
  put(0x80);
  words[words.length - 2] = Math.floor(length / 0x20000000);
  words[words.length - 1] = length << 3;
  return words;
};

const turn = (value: number, bits: number): number => (value >>> bits) | (value << (32 - bits));

const mixBlock = (state: Int32Array, words: Int32Array, start: number, schedule: Int32Array): void => {
  for (let index = 0; index < 16; index += 1) schedule[index] = words[start + index]!;
  for (let index = 16; index < 64; index += 1) {
    const early = schedule[index - 15]!;
    const late = schedule[index - 2]!;
    const low = turn(early, 7) ^ turn(early, 18) ^ (early >>> 3);
    const high = turn(late, 17) ^ turn(late, 19) ^ (late >>> 10);
    schedule[index] = (schedule[index - 16]! + low + schedule[index - 7]! + high) | 0;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let index = 0; index < 64; index += 1) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const first =
      (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + choice + roundConstants[index]! + schedule[index]!) | 0;
    const second = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + majority) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + first) | 0;
    d = c;
    c = b;
    b = a;
    a = (first + second) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((value, index) => {
    state[index] = (state[index]! + value) | 0;
  });
};

/** Lower-case hexadecimal, 64 digits. */
export function hashText(text: string): string {
  const words = toPaddedWords(text);
  const state = Int32Array.from(initialState);
  const schedule = new Int32Array(64);
  for (let start = 0; start < words.length; start += 16) mixBlock(state, words, start, schedule);
  return [...state].map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}
