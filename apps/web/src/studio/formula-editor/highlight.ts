/** Colours of a formula while it is typed; the language's own parser judges it, this only paints. */
import { HighlightStyle, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";

const language = StreamLanguage.define<Record<string, never>>({
  name: "formula",
  startState: () => ({}),
  token: (stream) => {
    if (stream.eatSpace()) return null;
    if (stream.match(/^\/\/.*/)) return "comment";
    if (stream.match(/^"(?:[^"]|"")*"?/)) return "string";
    if (stream.match(/^\d+(?:\.\d+)?/)) return "number";
    if (stream.match(/^(?:AND|OR|NOT|TRUE|FALSE|BLANK)\b(?!\s*\()/i)) return "keyword";
    if (stream.match(/^[\p{L}_][\p{L}\p{M}\p{N}_]*(?=\s*\()/u)) return "function";
    if (stream.match(/^(?:[\p{L}_][\p{L}\p{M}\p{N}_]*|\[[^\]]*\]?)/u)) return "propertyName";
    stream.next();
    return "operator";
  },
  tokenTable: { function: tags.function(tags.name) },
});

const style = HighlightStyle.define([
  { tag: tags.string, color: "light-dark(var(--mantine-color-green-8), var(--mantine-color-green-3))" },
  { tag: tags.number, color: "light-dark(var(--mantine-color-grape-9), var(--mantine-color-grape-3))" },
  { tag: tags.keyword, color: "light-dark(var(--mantine-color-grape-9), var(--mantine-color-grape-3))" },
  {
    tag: tags.function(tags.name),
    color: "light-dark(var(--mantine-color-blue-9), var(--mantine-color-blue-3))",
    fontWeight: "600",
  },
  { tag: tags.comment, color: "var(--mantine-color-dimmed)", fontStyle: "italic" },
]);

export const formulaHighlighting = [language, syntaxHighlighting(style)];
