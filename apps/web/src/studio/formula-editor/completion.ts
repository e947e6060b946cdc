/** What the list offers while a formula is typed: fields with sample values, functions with their signature. */
import {
  snippet,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { FunctionDoc } from "@fieldbridge/formula";
import type { FieldTypeName } from "@fieldbridge/model";
import { typeWords } from "../mapping/row-words.ts";
import { findParam, fitsKind, wantedKind, type WantedKind } from "./expected-kind.ts";
import { signatureOf, type FieldWord, type FormulaVocabulary } from "./vocabulary.ts";

const typeOf = (word: FieldWord): string =>
  word.type === "one" ? "related record" : word.type === "many" ? "list" : typeWords[word.type];

const toFieldOption = (word: FieldWord, kind: WantedKind): Completion => ({
  label: word.name,
  detail: [word.label === word.name ? null : word.label, typeOf(word), word.sample]
    .filter(Boolean)
    .join(" · "),
  type: word.type === "one" || word.type === "many" ? "namespace" : "property",
  boost: fitsKind(word.type, kind) ? 40 : 20,
  ...((word.type === "one" || word.type === "many") && { apply: `${word.name}.` }),
});

/** Help of a function as DOM: the list and the hover show the same. */
export function functionHelp(doc: FunctionDoc): HTMLElement {
  const box = document.createElement("div");
  box.className = "fb-function-help";
  const lines: [string, string][] = [
    ["code", signatureOf(doc)],
    ["p", doc.summary],
    ["p", `Blank: ${doc.blank}`],
  ];
  const [example] = doc.examples;
  if (example) lines.push(["code", `${example.formula} → ${example.result}`]);
  if (doc.excel !== undefined) lines.push(["p", `Differs from Excel: ${doc.excel}`]);
  for (const [tag, text] of lines) {
    const line = document.createElement(tag);
    line.textContent = text;
    box.append(line);
  }
  const more = document.createElement("a");
  more.href = doc.group === "Library" ? `/library/formulas/${doc.name}` : `/help/functions?f=${doc.name}`;
  more.target = "_blank";
  more.textContent = `All about ${doc.name}`;
  // The formula being typed keeps the focus: leaving it would apply it.
  more.addEventListener("mousedown", (event) => event.preventDefault());
  box.append(more);
  return box;
}

/** Words of a result that is of a kind: `Number`, `Text`. */
const givesKind = (doc: FunctionDoc, kind: WantedKind): boolean => doc.result.toLowerCase() === kind;

const toFunctionOption = (doc: FunctionDoc, kind: WantedKind): Completion => ({
  boost: givesKind(doc, kind) ? 10 : 0,
  label: doc.name,
  detail: doc.params.length === 0 ? "()" : `(${doc.params.map((each) => each.name).join(", ")})`,
  type: "function",
  info: () => functionHelp(doc),
  apply: doc.params.length === 0 ? `${doc.name}()` : snippet(`${doc.name}(\${})`),
});

/** The path being typed before `position`, as the names before the last dot and the start of the last name. */
export function readPathBefore(
  text: string,
): { readonly path: readonly string[]; readonly from: number } | null {
  const match =
    /(?:(?:[\p{L}_][\p{L}\p{M}\p{N}_]*|\[[^\]]*\])\.)*(?:[\p{L}_][\p{L}\p{M}\p{N}_]*|\[[^\]]*)?$/u.exec(text);
  if (!match) return null;
  const names = match[0].split(/\.(?![^[]*\])/);
  const last = names.pop() ?? "";
  return { path: names.map((name) => name.replace(/^\[|\]$/g, "")), from: text.length - last.length };
}

const insideText = (text: string): boolean => (text.replace(/""/g, "").match(/"/g)?.length ?? 0) % 2 === 1;

/** Names in quotes: value maps, and the words a function takes. */
function completeText(before: string, vocabulary: FormulaVocabulary): CompletionResult | null {
  const start = before.lastIndexOf('"');
  const inCall = findParam(before.slice(0, start), vocabulary.functions);
  if (!inCall) return null;
  const { doc, param } = inCall;
  const words =
    doc.name === "MAPVALUE" && param === doc.params[0] ? vocabulary.valueMaps : (param?.words ?? []);
  if (words.length === 0) return null;
  return { from: start + 1, options: words.map((label) => ({ label, type: "text" })), validFor: /^[^"]*$/ };
}

export function completeFormula(
  context: CompletionContext,
  vocabulary: FormulaVocabulary,
  expects: FieldTypeName | null,
): CompletionResult | null {
  const before = context.state.sliceDoc(0, context.pos);
  if (insideText(before)) return completeText(before, vocabulary);
  const found = readPathBefore(before);
  if (!found) return null;
  if (!context.explicit && found.from === context.pos && found.path.length === 0) return null;
  const kind = wantedKind(before.slice(0, found.from), vocabulary.functions, expects);
  const fields = vocabulary.fieldsBehind(found.path).map((word) => toFieldOption(word, kind));
  const options =
    found.path.length > 0
      ? fields
      : [...fields, ...vocabulary.functions.map((doc) => toFunctionOption(doc, kind))];
  return options.length === 0 ? null : { from: found.from, options, validFor: /^[\p{L}\p{N}_]*$/u };
}
