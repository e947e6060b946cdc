/**
 * Refusals of single records in Business Central's words as issues in ours, naming field and value. Its codes are
 * coarse, so the sentence decides; sources: "Troubleshooting REST API/OData calls" and the messages of the API pages.
 */
import { toIssue, type Issue, type IssueCodeName } from "@fieldbridge/model";
import { showCell } from "../values.ts";
import type { ApiError } from "./api-error.ts";
import { findSentValue, type SentValue } from "./sent-values.ts";

interface Rule {
  readonly code: IssueCodeName;
  readonly matches: RegExp;
  /** Our sentence; without it the system's own is shown. */
  readonly words?: (found: SentValue | undefined, match: RegExpExecArray) => string | undefined;
}

const label = (found: SentValue): string => `${found.where}${found.field.label}`;

const asSentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

const doesNotExist: Rule["words"] = (found, match) => {
  const related = match.groups?.["related"];
  if (found === undefined) return undefined;
  return `${label(found)}: ${showCell(found.value)} does not exist in Business Central${related === undefined ? "" : ` (${related})`}.`;
};

/**
 * The first rule that matches the sentence decides. Named groups: `property` as the API spells it, `caption` as the
 * product's pages do, `value` as it was sent.
 */
const RULES: readonly Rule[] = [
  {
    code: "WRT-304",
    matches:
      /The field (?<caption>.+?) of table .+? contains a value \((?<value>.*?)\) that cannot be found in the related table \((?<related>.+?)\)/s,
    words: doesNotExist,
  },
  {
    code: "WRT-304",
    matches: /The "(?<property>\w+)" does not match to an? (?<related>[^.]+)/,
    words: doesNotExist,
  },
  {
    code: "WRT-304",
    matches:
      /The \S+ (?<property>customer|vendor) cannot be found|(?<related>Item|Account|Customer|Vendor|Currency) (?:.*)?does not exist/,
    words: doesNotExist,
  },
  {
    code: "WRT-305",
    matches: /(?<property>Customer|Vendor|Item) (?<value>\S+) is blocked|\bblocked\b/i,
  },
  {
    code: "WRT-302",
    matches:
      /length of the string is (?<length>\d+), but it must be less than or equal to (?<most>\d+) characters\.(?: Value: (?<value>.*))?/s,
    words: (found, match) =>
      found &&
      `${label(found)} takes ${match.groups?.["most"]} characters; ${showCell(found.value)} has ${match.groups?.["length"]}.`,
  },
  {
    code: "WRT-301",
    matches: /"(?<property>\w+)"[^.]* must be provided|^(?<caption>.+?) must have a value in/,
  },
  { code: "WRT-308", matches: /Another user has already changed the record/ },
  { code: "WRT-306", matches: /already exists/ },
  {
    code: "WRT-311",
    matches:
      /property '(?<property>\w+)' does not exist|Control '(?<property2>\w+)' is read-only|value for "(?<property3>\w+)" cannot be modified/,
  },
  {
    code: "WRT-303",
    matches:
      /value "(?<value>.*)" cannot be evaluated|literal '(?<value2>.*)' to the expected type.*?(?:Property: (?<property>\w+))?\.?$|value must be (?:less|greater) than.* Value: (?<value3>[\d.-]+?)\.?$|too large or too small/s,
  },
  { code: "WRT-310", matches: /(?<caption>posting date) is not within/i },
];

const STATUS_CODES: Readonly<Record<string, IssueCodeName>> = {
  Internal_RecordNotFound: "WRT-309",
  Internal_DataNotFoundFilter: "WRT-309",
  BadRequest_NotFound: "WRT-309",
  Request_EntityChanged: "WRT-308",
  Internal_EntityWithSameKeyExists: "WRT-306",
  Application_StringExceededLength: "WRT-302",
  Internal_InvalidTableRelation: "WRT-304",
  Authentication_InvalidCredentials: "CON-603",
  Application_TooManyRequests: "CON-605",
};

function codeOfStatus(status: number): IssueCodeName | undefined {
  if (status === 404) return "WRT-309";
  if (status === 409 || status === 412) return "WRT-308";
  if (status === 401 || status === 403) return "CON-603";
  if (status === 429) return "CON-605";
  return status >= 500 ? "CON-608" : undefined;
}

/** Which property a word of a message stands for. */
const PROPERTIES: Readonly<Record<string, string>> = {
  customer: "customerNumber",
  vendor: "vendorNumber",
  Item: "lineObjectNumber",
  Account: "lineObjectNumber",
  Customer: "customerNumber",
  Vendor: "vendorNumber",
  Currency: "currencyCode",
};

function firstGroup(match: RegExpExecArray, prefix: string): string | undefined {
  return Object.entries(match.groups ?? {}).find(
    ([name, text]) => name.replace(/\d$/, "") === prefix && text !== undefined,
  )?.[1];
}

function applyRule(rule: Rule, error: ApiError, sent: readonly SentValue[]): Issue | undefined {
  const match = rule.matches.exec(error.message);
  if (match === null) return undefined;
  const named = firstGroup(match, "property") ?? firstGroup(match, "related");
  const property = named === undefined ? undefined : (PROPERTIES[named] ?? named);
  const value = firstGroup(match, "value");
  const found = findSentValue(sent, { property, value, caption: match.groups?.["caption"] });
  const words = rule.words?.(found, match) ?? `${found?.where ?? ""}${asSentence(error.message)}`;
  const shown = found?.value ?? value;
  return toIssue(
    rule.code,
    found?.path ?? property ?? "",
    words,
    shown === undefined ? {} : { value: shown },
  );
}

/** One issue for a refused record or line. */
export function toRowIssue(status: number, error: ApiError | undefined, sent: readonly SentValue[]): Issue {
  if (error === undefined)
    return toIssue(
      codeOfStatus(status) ?? "WRT-310",
      "",
      `Business Central refused the record (status ${status}).`,
    );
  const isAboutRecord = ["WRT-308", "WRT-309"].includes(STATUS_CODES[error.code] ?? "");
  if (!isAboutRecord)
    for (const rule of RULES) {
      const issue = applyRule(rule, error, sent);
      if (issue !== undefined) return issue;
    }
  return toIssue(
    STATUS_CODES[error.code] ?? codeOfStatus(status) ?? "WRT-310",
    "",
    asSentence(error.message),
  );
}
