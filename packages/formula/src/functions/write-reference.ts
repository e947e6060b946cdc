/** The reference page of all functions as Markdown, made from the registry and nothing else. */
import type { FunctionDoc, FunctionGroup, FunctionParam } from "./define.ts";
import { functions } from "./registry.ts";

/** The signature as help shows it, for example `ROUND(number, [digits])`. */
export function showSignature(entry: FunctionDoc): string {
  const names: string[] = [];
  for (const param of entry.params) {
    names.push(param.optional ? `[${param.name}]` : param.name);
    const isLastRepeated = param.repeat && entry.params.findLast((other) => other.repeat) === param;
    if (isLastRepeated) names.push("…");
  }
  return `${entry.name}(${names.join(", ")})`;
}

const KIND_WORDS: Readonly<Record<FunctionParam["kind"], string>> = {
  text: "Text",
  number: "Number",
  boolean: "Boolean",
  date: "Date",
  datetime: "DateTime",
  time: "Time",
  moment: "Date or DateTime",
  clock: "DateTime or Time",
  scalar: "any single value",
  any: "any value",
  list: "list or value",
};

/** Type and particulars of one value of a signature in words. */
export function describeParam(param: FunctionParam): {
  readonly type: string;
  readonly notes: readonly string[];
} {
  const notes = [
    param.optional ? "optional" : "",
    param.repeat ? "may be repeated" : "",
    param.constant ? "in quotes" : "",
    param.branch ? "may skip or fail" : "",
  ];
  return { type: KIND_WORDS[param.kind], notes: notes.filter((note) => note !== "") };
}

function writeParam(param: FunctionParam): string {
  const { type, notes } = describeParam(param);
  const all = param.words ? [...notes, `one of ${param.words.map(code).join(", ")}`] : notes;
  return `\`${param.name}\` ${type}${all.length > 0 ? ` (${all.join(", ")})` : ""}`;
}

function code(text: string): string {
  return `\`${text.replaceAll("\n", "\\n").replaceAll("\t", "\\t")}\``;
}

function writeEntry(entry: FunctionDoc): string {
  const lines = [
    `### ${entry.name}`,
    "",
    `\`${showSignature(entry)}\` gives ${entry.result}.`,
    "",
    entry.summary,
    "",
  ];
  if (entry.params.length > 0) lines.push(`- Values: ${entry.params.map(writeParam).join("; ")}.`);
  lines.push(`- Blank: ${entry.blank}`);
  if (entry.excel) lines.push(`- Excel: ${entry.excel}`);
  lines.push("", "| Formula | Result |", "|---|---|");
  for (const { formula, result } of entry.examples) {
    lines.push(`| ${code(formula).replaceAll("|", "\\|")} | ${code(result).replaceAll("|", "\\|")} |`);
  }
  return lines.join("\n");
}

const INTRODUCTION = `# Formula functions

Written by \`packages/formula/scripts/write-function-reference.ts\` from the function registry; change it there. Every
example below runs as a test, with the record and the answers of \`packages/formula/src/functions/example-record.ts\`:
a run that started on 19 November 2026 at 11:15:30 in Copenhagen, and a work order with three lines.

Named formulas of the library are called in the same way; their page is *Formulas* in the designer.
`;

export function writeFunctionReference(): string {
  const groups = new Map<FunctionGroup, FunctionDoc[]>();
  for (const entry of functions) groups.set(entry.group, [...(groups.get(entry.group) ?? []), entry]);
  const overview = [...groups].map(
    ([group, entries]) =>
      `| ${group} | ${entries.map(({ name }) => `[${name}](#${name.toLowerCase()})`).join(", ")} |`,
  );
  const sections = [...groups].map(([group, entries]) =>
    [`## ${group}`, ...entries.map(writeEntry)].join("\n\n"),
  );
  return `${INTRODUCTION}\n| Group | Functions |\n|---|---|\n${overview.join("\n")}\n\n${sections.join("\n\n")}\n`;
}
