/** What a function of Excel or another tool is here: the name of ours where it takes the same values, else advice. */
import { otherNames } from "../functions/other-names.ts";

export interface ForeignFunction {
  /** Follows the name in a sentence: `VLOOKUP is …`. */
  readonly advice: string;
  /** Ours, where it takes the same values in the same order. */
  readonly replacement?: string;
}

const lookup =
  'is not known here. LOOKUP("object", "key field", value, "result field") reads a record of the target system, MAPVALUE("map", value) translates a code';
const noRandom = "is not known here: the same record must always give the same result";
const noCells = "works on cells, and a formula here works on the fields of one record";
const noNames = "is not known here; use the calculation itself, or a mapping of its own for it";

/** Functions whose values are other than ours, or that have no counterpart. */
const advices: Readonly<Record<string, string>> = {
  VLOOKUP: lookup,
  HLOOKUP: lookup,
  XLOOKUP: lookup,
  DLOOKUP: lookup,
  MATCH:
    'is not known here. EXISTS("object", "key field", value) says whether the target system has a record',
  SUMIFS:
    'is written SUMIF(values, condition) here, as in SUMIF(Lines.Amount, Lines.Unit = "h" AND Lines.Amount > 0)',
  COUNTIFS: 'is written COUNTIF(condition) here, as in COUNTIF(Lines.Unit = "h" AND Lines.Amount > 0)',
  AVERAGEIF: "is not known here; divide SUMIF(values, condition) by COUNTIF(condition)",
  AVERAGEIFS: "is not known here; divide SUMIF(values, condition) by COUNTIF(condition)",
  SUMPRODUCT: "is written SUM here, as in SUM(Lines.Quantity * Lines.Price)",
  FILTER:
    "is not known here; SUMIF and COUNTIF take a condition, ANYOF(condition) tells whether any line meets it",
  SORT: "is not known here; lines keep the order in which they were read",
  SEARCH: "is written FIND(find, text) here and tells upper from lower case",
  INSTR: "is written FIND(find, text) here: what to find comes first",
  INDEXOF: "is written FIND(find, text) here: what to find comes first",
  DATEDIF: 'is written DATEDIFF(start, end, "days") here, with the unit as a word',
  DAYS: 'is written DATEDIFF(start, end, "days") here',
  DATEPART: "is written YEAR, MONTH, DAY, HOUR or MINUTE here",
  NA: 'is not known here; write BLANK for no value, or FAIL("message") to hold the record',
  ISPICKVAL: 'is not needed here; compare with the code, as in Status = "Open"',
  REGEX: 'is written MATCHES(text, "AB-####") here: # is a digit, @ a letter, ? any character, * the rest',
  LIKE: 'is written MATCHES(text, "AB*") here: # is a digit, @ a letter, ? any character, * the rest',
  CONVERTCURRENCY: "is written CURRENCYCONVERT(number, fromRate, toRate) here",
  HYPERLINK: 'is written RECORDURL("object", id) here',
  TEXTSPLIT: "is written SPLIT(text, separator) here; SPLITPART(text, separator, position) gives one part",
  SPLIT: "is written SPLITPART(text, separator, position) here and gives one part",
  RAND: noRandom,
  RANDBETWEEN: noRandom,
  RANDOM: noRandom,
  INDIRECT: noCells,
  OFFSET: noCells,
  ROW: noCells,
  ROWS: noCells,
  COLUMN: noCells,
  COLUMNS: noCells,
  CELL: noCells,
  ADDRESS: noCells,
  TRANSPOSE: noCells,
  LET: noNames,
  LAMBDA: noNames,
};

const replacements: ReadonlyMap<string, string> = new Map(
  Object.entries(otherNames)
    .toReversed()
    .flatMap(([ours, others]) => others.map((other): [string, string] => [other, ours])),
);

/** Looks up an upper-case name; undefined where it is no name of another tool that we know. */
export function findForeignFunction(name: string): ForeignFunction | undefined {
  const advice = Object.hasOwn(advices, name) ? advices[name] : undefined;
  if (advice !== undefined) return { advice };
  const replacement = replacements.get(name);
  return replacement === undefined ? undefined : { advice: `is called ${replacement} here`, replacement };
}
