/**
 * Every issue the language can report, with its severity and what a person can do about it. One table, so that
 * documentation, editor and engine never disagree; a code without a hint does not compile.
 */
import type { FormulaFix, FormulaIssue, Span } from "./types.ts";

export interface IssueCodeEntry {
  readonly severity: "error" | "warning" | "hint";
  readonly title: string;
  readonly hint: string;
}

export const formulaIssueCodes = {
  "FML-201": {
    severity: "error",
    title: "Something is missing",
    hint: "Add what is missing at the marked place.",
  },
  "FML-202": {
    severity: "error",
    title: "Wrong number of values in a function",
    hint: "Open the help of the function to see which values it takes.",
  },
  "FML-203": {
    severity: "warning",
    title: "The result can be blank",
    hint: "A blank value makes the whole calculation blank. Use ZEROIFBLANK or BLANKVALUE if that is not wanted.",
  },
  "FML-204": {
    severity: "error",
    title: "Values are separated with a comma",
    hint: "Your Excel separates values with ; but formulas here use a comma.",
  },
  "FML-205": {
    severity: "hint",
    title: "Upper and lower case are different",
    hint: "= compares exactly. Use SAMETEXT to ignore upper and lower case.",
  },
  "FML-206": {
    severity: "error",
    title: "Unexpected text in the formula",
    hint: "Remove the marked text or put an operator before it.",
  },
  "FML-207": {
    severity: "error",
    title: "Text or field name is not closed",
    hint: 'Close text with " and a field name with ].',
  },
  "FML-208": {
    severity: "error",
    title: "Operators cannot be chained like this",
    hint: "Compare two values at a time and join the comparisons with AND; put parentheses around powers.",
  },
  "FML-209": {
    severity: "error",
    title: "The formula is too large",
    hint: "A formula may have 10,000 characters, 2,000 parts and 64 levels. Split it over two mappings.",
  },
  "FML-210": {
    severity: "error",
    title: "The formula is empty",
    hint: "Write a field name, a value in quotes or a function.",
  },
  "FML-211": {
    severity: "error",
    title: "Unknown function",
    hint: "Pick a function from the list; names do not depend on upper or lower case.",
  },
  "FML-212": {
    severity: "error",
    title: "A value of another type is needed here",
    hint: "Convert the value with the function that is offered.",
  },
  "FML-213": {
    severity: "error",
    title: "These two types cannot be combined",
    hint: "Convert one side so that both have the same type.",
  },
  "FML-214": {
    severity: "error",
    title: "A skip or fail result is not allowed here",
    hint: "Use it as a branch of IF, IFS, CASE or SWITCH, or as the fallback of BLANKVALUE, COALESCE or IFERROR.",
  },
  "FML-215": {
    severity: "error",
    title: "This field has many values",
    hint: "Say which one you want: FIRST, SUM, COUNT or JOINLIST.",
  },
  "FML-216": {
    severity: "error",
    title: "Two lists in one calculation",
    hint: "Use one list inside each list function and combine the results.",
  },
  "FML-217": {
    severity: "error",
    title: "A fixed text is needed here",
    hint: "Write the name in quotes; it cannot come from a field.",
  },
  "FML-218": {
    severity: "error",
    title: "Lookups are not allowed here",
    hint: "Look the value up in a mapping, or use a field of the record in this condition.",
  },
  "FML-219": {
    severity: "warning",
    title: "Comparing with blank",
    hint: "Smaller and greater are never true for a blank value. Use ISBLANK or BLANKVALUE.",
  },
  "FML-220": {
    severity: "warning",
    title: "Power in a calculation",
    hint: "Powers are rounded to 34 digits. Do not use ^ for money; multiply instead.",
  },
  "FML-221": {
    severity: "error",
    title: "Unknown value map",
    hint: "Create the value map or pick an existing one.",
  },
  "FML-222": {
    severity: "error",
    title: "This is a related record, not a value",
    hint: "Add a dot and the field you want from it.",
  },
  "FML-223": {
    severity: "hint",
    title: "Field name written differently",
    hint: "The name was matched without regard to upper and lower case. Use the exact spelling.",
  },
  "FML-224": {
    severity: "warning",
    title: "This value is never in the list",
    hint: "The field has a fixed list of codes and this text is not among them.",
  },
  "FML-225": {
    severity: "error",
    title: "A formula of another program",
    hint: "Convert writes it with commas between the values, a point in numbers and our quotes.",
  },
  "FML-226": {
    severity: "error",
    title: "A cell of a sheet",
    hint: "Use the field that has this value; Ctrl+Space lists all fields.",
  },
  "FML-227": {
    severity: "warning",
    title: "A format with a decimal comma",
    hint: "A format has a point before the decimals and a comma between thousands, in every language.",
  },
  "FML-230": {
    severity: "error",
    title: "Named formulas that call each other in a circle",
    hint: "A named formula cannot need its own result. Take one of the calls out.",
  },
  "FML-231": {
    severity: "error",
    title: "A named formula has a mistake",
    hint: "Open the named formula in the library and correct it there.",
  },
  "FML-301": {
    severity: "error",
    title: "Division by zero",
    hint: "Test the divisor with IF, or catch the error with IFERROR.",
  },
  "FML-302": {
    severity: "error",
    title: "The text is not a value of this type",
    hint: "Correct the data, give the format, or catch the error with IFERROR.",
  },
  "FML-304": {
    severity: "error",
    title: "The number needs more than 34 digits",
    hint: "Round the values before they are combined.",
  },
  "FML-305": {
    severity: "error",
    title: "The field holds something else than its type says",
    hint: "Correct the record in the source, or refresh the fields of the connection.",
  },
  "FML-306": {
    severity: "error",
    title: "A value is outside the allowed range",
    hint: "Look at the values in the message and correct the formula or the record.",
  },
  "FML-307": {
    severity: "error",
    title: "The lookup found nothing",
    hint: "Create the missing record, or give a default as the last value.",
  },
  "FML-308": {
    severity: "error",
    title: "The lookup found more than one record",
    hint: "Use a key that is unique, or LOOKUPFIRST with a sort field.",
  },
  "FML-309": {
    severity: "error",
    title: "The value map does not know this value",
    hint: "Add to value map",
  },
  "FML-311": {
    severity: "error",
    title: "The text is too long",
    hint: "A text may have 1,000,000 characters.",
  },
  "FML-312": {
    severity: "error",
    title: "The list is too long",
    hint: "A list may have 10,000 items. Filter the lines in the source.",
  },
  "FML-313": {
    severity: "error",
    title: "The formula did too much work for one record",
    hint: "Simplify the formula or shorten the list.",
  },
  "FML-314": {
    severity: "error",
    title: "The value has another type than needed",
    hint: "Convert the value with TEXT, VALUE, DATEVALUE or TOBOOLEAN.",
  },
  "FML-315": {
    severity: "error",
    title: "This is not known here",
    hint: "The value exists only while a transfer runs. Test with a sample record of a run.",
  },
  "FML-316": {
    severity: "error",
    title: "The text was not found",
    hint: "Test with CONTAINS first, or catch the error with IFERROR.",
  },
  "FML-320": {
    severity: "warning",
    title: "The clock changes at this time",
    hint: "Times that do not exist move forward; of repeated times the earlier one is taken.",
  },
  "FML-321": {
    severity: "warning",
    title: "Warning from the formula",
    hint: "The formula says so with WARN.",
  },
  "MAP-102": {
    severity: "error",
    title: "The text is too long for the target field",
    hint: "Shorten the text with LEFT, or correct the record.",
  },
  "MAP-103": {
    severity: "error",
    title: "The type does not fit the target field",
    hint: "Convert the value with the function that is offered.",
  },
  "MAP-104": {
    severity: "error",
    title: "Unknown field",
    hint: "Pick a field from the list, or refresh the fields of the connection.",
  },
  "MAP-105": {
    severity: "error",
    title: "The target list does not have this value",
    hint: "Translate the value with a value map.",
  },
  "MAP-121": {
    severity: "error",
    title: "The number has more decimals than the target field",
    hint: "Round the value with ROUND.",
  },
  "MAP-122": {
    severity: "error",
    title: "The number is too large for the target field",
    hint: "Correct the value, or choose a larger target field.",
  },
  "MAP-123": {
    severity: "warning",
    title: "The target field may not be blank",
    hint: "Give a fallback with BLANKVALUE, or say what happens when the value is blank.",
  },
} as const satisfies Record<string, IssueCodeEntry>;

export type FormulaIssueCode = keyof typeof formulaIssueCodes;

export interface IssueDetails {
  readonly span?: Span | undefined;
  readonly fix?: FormulaFix | undefined;
  readonly valueMap?: { readonly map: string; readonly key: string } | undefined;
  readonly hint?: string | undefined;
}

/** Builds an issue; severity and hint come from the table unless the details give a more precise hint. */
export function createIssue(
  code: FormulaIssueCode,
  message: string,
  details: IssueDetails = {},
): FormulaIssue {
  const entry = formulaIssueCodes[code];
  return {
    code,
    severity: entry.severity,
    message,
    hint: details.hint ?? entry.hint,
    ...(details.span && { span: details.span }),
    ...(details.fix && { fix: details.fix }),
    ...(details.valueMap && { valueMap: details.valueMap }),
  };
}
