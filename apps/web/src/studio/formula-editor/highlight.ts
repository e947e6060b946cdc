/** Colours of a formula while it is typed, light and dark. */
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { tags } from "@lezer/highlight";
import { formulaLanguage } from "../../formula-language/formula-language.ts";

const grape = "light-dark(var(--mantine-color-grape-9), var(--mantine-color-grape-3))";

const style = HighlightStyle.define([
  { tag: tags.string, color: "light-dark(var(--mantine-color-green-8), var(--mantine-color-green-3))" },
  { tag: [tags.number, tags.operatorKeyword, tags.bool, tags.null], color: grape },
  {
    tag: tags.function(tags.name),
    color: "light-dark(var(--mantine-color-blue-9), var(--mantine-color-blue-3))",
    fontWeight: "600",
  },
  { tag: tags.comment, color: "var(--mantine-color-dimmed)", fontStyle: "italic" },
]);

export const formulaHighlighting = [formulaLanguage, syntaxHighlighting(style)];
