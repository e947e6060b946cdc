/** Identities and codes: the same input always gives the same output. */
import { TEXT } from "../build/built.ts";
import { countSteps, writeText } from "../build/text-writer.ts";
import { FormulaFailure } from "../failure.ts";
import { defineStrict, type FunctionEntry } from "./define.ts";
import { sha1, toBase64, toHex, utf8Bytes } from "./hashing.ts";
import { hashText } from "./sha-256.ts";

const text = { name: "text", kind: "text" } as const;
const NOT_IN_EXCEL = "Not in Excel.";
/** Hashing a character costs far more than copying it. */
const HASHED_PER_STEP = 0.25;
/** Namespace of names that are no address: RFC 9562, appendix on namespace ids, "oid". */
const DEFAULT_NAMESPACE = "6ba7b812-9dad-11d1-80b4-00c04fd430c8";

function uuid5(name: string, namespace: string): string {
  const hex = namespace.replaceAll("-", "").toLowerCase();
  if (!/^[0-9a-f]{32}$/.test(hex) || (namespace.length !== 36 && namespace.length !== 32)) {
    throw new FormulaFailure("FML-306", `"${namespace}" is not a namespace such as ${DEFAULT_NAMESPACE}`);
  }
  const bytes = sha1([
    ...(hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)),
    ...utf8Bytes(name),
  ]);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const all = toHex(bytes.slice(0, 16));
  return `${all.slice(0, 8)}-${all.slice(8, 12)}-${all.slice(12, 16)}-${all.slice(16, 20)}-${all.slice(20)}`;
}

/** Three check characters that say which letters are upper case, as Salesforce writes 18-character ids. */
function toId18(id: string): string {
  if (/^[A-Za-z0-9]{18}$/.test(id)) return toId18(id.slice(0, 15));
  if (!/^[A-Za-z0-9]{15}$/.test(id))
    throw new FormulaFailure("FML-306", "An id has 15 or 18 letters and digits");
  let suffix = "";
  for (let group = 0; group < 15; group += 5) {
    let bits = 0;
    for (let index = 0; index < 5; index += 1) if (/[A-Z]/.test(id.charAt(group + index))) bits |= 1 << index;
    suffix += "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345".charAt(bits);
  }
  return id + suffix;
}

function percentEncode(value: string): string {
  let encoded = "";
  for (const byte of utf8Bytes(value)) {
    const character = String.fromCharCode(byte);
    encoded += /[A-Za-z0-9\-._~]/.test(character)
      ? character
      : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
  }
  return encoded;
}

const SPECIAL_LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  ø: "o",
  œ: "oe",
  đ: "d",
  ł: "l",
  þ: "th",
  ð: "d",
  ı: "i",
};

function slug(value: string): string {
  return value
    .toLowerCase()
    .replace(/[ßæøœđłþðı]/g, (letter) => SPECIAL_LETTERS[letter] ?? letter)
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

export const codeFunctions: readonly FunctionEntry[] = [
  defineStrict({
    name: "UUID5",
    cost: 300,
    group: "Identity and codes",
    params: [text, { name: "namespace", kind: "text", optional: true }],
    returns: TEXT,
    summary: "A UUID made from a name: the same name always gives the same UUID (version 5).",
    excel: NOT_IN_EXCEL,
    examples: [
      {
        formula: 'UUID5("www.example.com", "6ba7b810-9dad-11d1-80b4-00c04fd430c8")',
        result: '"2ed6657d-e927-568b-95e1-2665a8aea6a2"',
      },
      { formula: 'UUID5("a") = UUID5("a")', result: "TRUE" },
      { formula: 'UUID5("a", "no namespace")', result: "Error FML-306" },
    ],
    run: (frame, name, namespace) => {
      countSteps(frame, name.length / HASHED_PER_STEP);
      return uuid5(name, namespace ?? DEFAULT_NAMESPACE);
    },
  }),
  defineStrict({
    name: "HASH",
    cost: 300,
    group: "Identity and codes",
    params: [text],
    returns: TEXT,
    summary: "The SHA-256 hash of a text in UTF-8, as 64 hexadecimal digits.",
    excel: NOT_IN_EXCEL,
    examples: [
      {
        formula: 'HASH("abc")',
        result: '"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"',
      },
      { formula: 'HASH("")', result: '"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"' },
      { formula: "LEN(HASH(Name))", result: "64" },
    ],
    run: (frame, value) => {
      countSteps(frame, value.length / HASHED_PER_STEP);
      return hashText(value);
    },
  }),
  defineStrict({
    name: "BASE64",
    cost: 40,
    group: "Identity and codes",
    params: [text],
    returns: TEXT,
    summary: "The text in UTF-8 as base64.",
    excel: NOT_IN_EXCEL,
    examples: [
      { formula: 'BASE64("Hello")', result: '"SGVsbG8="' },
      { formula: 'BASE64("å")', result: '"w6U="' },
      { formula: 'BASE64("")', result: '""' },
    ],
    run: (frame, value) => {
      countSteps(frame, value.length / HASHED_PER_STEP);
      return writeText(frame, toBase64(utf8Bytes(value)));
    },
  }),
  defineStrict({
    name: "URLENCODE",
    cost: 40,
    group: "Identity and codes",
    params: [text],
    returns: TEXT,
    summary:
      "The text as part of a web address: everything but letters, digits and - . _ ~ is percent-encoded.",
    excel: "ENCODEURL in Excel.",
    examples: [
      { formula: 'URLENCODE("a b&c")', result: '"a%20b%26c"' },
      { formula: "URLENCODE(City)", result: '"%C3%85rhus"' },
      { formula: 'URLENCODE("A-1_~.")', result: '"A-1_~."' },
    ],
    run: (frame, value) => {
      countSteps(frame, value.length / HASHED_PER_STEP);
      return writeText(frame, percentEncode(value));
    },
  }),
  defineStrict({
    name: "ID18",
    group: "Identity and codes",
    params: [{ name: "id", kind: "text" }],
    returns: TEXT,
    summary:
      "The 18-character form of a 15-character Salesforce id; it is safe where upper and lower case are lost.",
    excel: NOT_IN_EXCEL,
    examples: [
      { formula: 'ID18("001D000000IRFma")', result: '"001D000000IRFmaIAH"' },
      { formula: 'ID18("001D000000IRFmaIAH")', result: '"001D000000IRFmaIAH"' },
      { formula: 'ID18("001")', result: "Error FML-306" },
    ],
    run: (_frame, id) => toId18(id),
  }),
  defineStrict({
    name: "SLUG",
    cost: 40,
    group: "Identity and codes",
    params: [text],
    returns: TEXT,
    summary: "The text in lower case letters, digits and hyphens only, for addresses and file names.",
    excel: NOT_IN_EXCEL,
    examples: [
      { formula: 'SLUG("Blue Lake & Sons")', result: '"blue-lake-sons"' },
      { formula: "SLUG(City)", result: '"arhus"' },
      { formula: 'SLUG("  Straße 12  ")', result: '"strasse-12"' },
    ],
    run: (frame, value) => {
      countSteps(frame, value.length / HASHED_PER_STEP);
      return writeText(frame, slug(value));
    },
  }),
];
