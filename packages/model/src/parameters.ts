/**
 * Run parameters: values named by the transfer and given when a run starts, so that one transfer serves many
 * companies. What a transfer remembers (cursor, links, held records) is kept apart per set of values.
 */
import * as z from "zod";
import type { Issue } from "./issue.ts";
import { toIssue } from "./issue-codes.ts";

export const parameterName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_]{0,59}$/, "Use letters, digits and _, beginning with a letter.");

/** A parameter without `default` has to be given with every run; a blank default makes it optional. */
export const parameter = z.strictObject({
  type: z.enum(["text", "number", "date"]),
  label: z.string().max(100).optional(),
  default: z.string().max(1_000).optional(),
  /** The only values it takes, in the order of the list a person chooses from. */
  choices: z.array(z.string().min(1).max(1_000)).max(200).optional(),
});
export type Parameter = z.infer<typeof parameter>;

export const parameters = z.record(parameterName, parameter);
export type Parameters = z.infer<typeof parameters>;

/** Values by name, as text: exact decimals, ISO dates. */
export const runParameters = z.record(z.string(), z.string().max(1_000));
export type RunParameters = z.infer<typeof runParameters>;

/** It is part of database keys. */
const LONGEST_SET = 500;

const decimal = /^(-?)0*(\d{1,60}?)(?:\.(\d{1,60}?)0*)?$/;

/** `007.50` and `7.5` are one value and have to be one set. Null where the text is no number. */
const toCanonicalNumber = (text: string): string | null => {
  const found = decimal.exec(text);
  if (found === null) return null;
  const [, sign = "", whole = "0", fraction = ""] = found;
  const digits = fraction.replace(/0+$/, "") === "" ? whole : `${whole}.${fraction}`;
  return digits === "0" ? "0" : `${sign}${digits}`;
};

/** The value as it is kept, or what is wrong with it in words. */
function readValue({ type, choices }: Parameter, given: string): { value: string } | { wrong: string } {
  const text = given.trim();
  if (text === "") return { value: "" };
  if (choices !== undefined && choices.length > 0 && !choices.includes(text))
    return { wrong: `"${text}" is not one of ${choices.join(", ")}.` };
  switch (type) {
    case "text":
      return { value: text };
    case "number": {
      const value = toCanonicalNumber(text);
      return value === null ? { wrong: `"${text}" is no number such as 1250.50.` } : { value };
    }
    case "date":
      return z.iso.date().safeParse(text).success
        ? { value: text }
        : { wrong: `"${text}" is no date such as 2026-11-20.` };
  }
}

export const labelOfParameter = (name: string, { label }: Parameter): string => label ?? name;

/** The values a run works with, defaults filled in, and one issue for each that is missing, wrong or unknown. */
export function resolveParameters(
  defined: Parameters = {},
  given: RunParameters = {},
): { readonly values: RunParameters; readonly issues: readonly Issue[] } {
  const values: RunParameters = {};
  const issues: Issue[] = [];
  for (const [name, each] of Object.entries(defined)) {
    const path = `parameters.${name}`;
    const text = Object.hasOwn(given, name) ? given[name] : undefined;
    // Blank means the default, so that a form may be sent as it is.
    const wanted = text === undefined || text.trim() === "" ? each.default : text;
    if (wanted === undefined) {
      issues.push(toIssue("PAR-801", path, `"${labelOfParameter(name, each)}" is not given.`));
      continue;
    }
    const read = readValue(each, wanted);
    if ("value" in read) values[name] = read.value;
    else issues.push(toIssue("PAR-802", path, `"${labelOfParameter(name, each)}": ${read.wrong}`));
  }
  if (toParameterSet(values).length > LONGEST_SET)
    issues.push(
      toIssue("PAR-802", "parameters", `Together the values are longer than ${LONGEST_SET} characters.`),
    );
  for (const name of Object.keys(given))
    if (!Object.hasOwn(defined, name))
      issues.push(toIssue("PAR-803", `parameters.${name}`, `The transfer has no parameter "${name}".`));
  return { values, issues };
}

const samples = { text: "x", number: "1", date: "2000-01-01" } as const;

/** The first choice, else any value of the type: to try a definition with. */
export const sampleParameters = (defined: Parameters = {}): RunParameters =>
  Object.fromEntries(
    Object.entries(defined).map(([name, { type, choices = [] }]) => [name, choices[0] ?? samples[type]]),
  );

/** One text for equal values, whatever their order; empty where there are none. */
export const toParameterSet = (values: RunParameters): string => {
  const names = Object.keys(values).toSorted();
  return names.length === 0
    ? ""
    : JSON.stringify(Object.fromEntries(names.map((name) => [name, values[name]])));
};

/** As `toParameterSet` wrote it. */
export const readParameterSet = (set: string): RunParameters =>
  set === "" ? {} : runParameters.parse(JSON.parse(set));
