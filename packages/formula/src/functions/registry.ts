/** All functions of the language. Nothing else knows a function by its name. */
import { blankFunctions } from "./blank.ts";
import { codeFunctions } from "./codes.ts";
import { conversionFunctions } from "./conversion.ts";
import { dateFunctions } from "./date.ts";
import { datePartFunctions } from "./date-parts.ts";
import { workdayFunctions } from "./workday.ts";
import type { FunctionDoc, FunctionEntry } from "./define.ts";
import { listFunctions } from "./list.ts";
import { logicFunctions } from "./logic.ts";
import { lookupFunctions } from "./lookup.ts";
import { moneyFunctions } from "./money.ts";
import { numberFunctions } from "./number.ts";
import { priorFunctions, recordFunctions } from "./record.ts";
import { textEditFunctions } from "./text-edit.ts";
import { textFindFunctions } from "./text-find.ts";

const entries: readonly FunctionEntry[] = [
  ...logicFunctions,
  ...blankFunctions,
  ...priorFunctions,
  ...textEditFunctions,
  ...textFindFunctions,
  ...conversionFunctions,
  ...numberFunctions,
  ...moneyFunctions,
  ...dateFunctions,
  ...datePartFunctions,
  ...workdayFunctions,
  ...listFunctions,
  ...lookupFunctions,
  ...recordFunctions,
  ...codeFunctions,
];

const byName: ReadonlyMap<string, FunctionEntry> = new Map(entries.map((entry) => [entry.name, entry]));

/** Documentation of every function, in the order of the reference page. */
export const functions: readonly FunctionDoc[] = entries.map(({ build: _build, ...doc }) => doc);

export const functionNames: readonly string[] = entries.map((entry) => entry.name);

/** The function of an upper-case name. */
export function functionByName(name: string): FunctionEntry | undefined {
  return byName.get(name);
}
