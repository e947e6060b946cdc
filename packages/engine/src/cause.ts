/** Groups failures by what caused them and names the cause in plain words, for the run page and the held list. */
import { formulaIssueCodes } from "@fieldbridge/formula";
import { issueCodes, type Issue } from "@fieldbridge/model";

/** Codes whose message is another system's own words: equal words with other numbers in them are one cause. */
const wordsOfOthers = new Set(["WRT-310", "CON-607", "CON-608", "CON-610", "RUN-703"]);

const withoutNumbers = (text: string): string => text.replace(/\d+/g, "#");

/** Equal for equal causes: code, place in the definition, and the value where a value is the cause. */
export const toSignature = (issue: Issue): string => {
  const value = issue.valueMap ? `${issue.valueMap.map}=${issue.valueMap.key}` : issue.value;
  return [
    issue.code,
    issue.path,
    value ?? (wordsOfOthers.has(issue.code) ? withoutNumbers(issue.message) : ""),
  ].join("|");
};

const titleOf = (code: string): string => {
  const titles: Readonly<Record<string, { readonly title: string }>> = {
    ...formulaIssueCodes,
    ...issueCodes,
  };
  return titles[code]?.title ?? code;
};

/** Last part of a path: the field, or the whole path where it names no field. */
const fieldOf = (path: string): string | undefined =>
  /mappings\.([^.]+)$/.exec(path)?.[1] ??
  /values\.([^.]+)$/.exec(path)?.[1] ??
  /keys\.([^.]+)$/.exec(path)?.[1];

/** A heading for all failures with this issue's signature. */
export function toCause(issue: Issue): { readonly signature: string; readonly title: string } {
  const field = fieldOf(issue.path);
  const place = field === undefined ? "" : ` (${field})`;
  const title = issue.valueMap
    ? `${issue.valueMap.key} is not in value map ${issue.valueMap.map}`
    : issue.value === undefined
      ? wordsOfOthers.has(issue.code)
        ? issue.message
        : `${titleOf(issue.code)}${place}`
      : `${titleOf(issue.code)}: ${issue.value}${place}`;
  return { signature: toSignature(issue), title };
}
