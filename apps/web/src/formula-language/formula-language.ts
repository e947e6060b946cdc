/** The formula language for CodeMirror: what stands where, for colours and matching brackets. */
import { LanguageSupport, LRLanguage } from "@codemirror/language";
import { styleTags, tags } from "@lezer/highlight";
import { parser } from "./formula.grammar";

const language = LRLanguage.define({
  name: "formula",
  parser: parser.configure({
    props: [
      styleTags({
        "FunctionName/...": tags.function(tags.name),
        "Field QuotedField WordField/...": tags.propertyName,
        "Text UnclosedText": tags.string,
        Number: tags.number,
        "And Or Not": tags.operatorKeyword,
        True: tags.bool,
        False: tags.bool,
        Blank: tags.null,
        Comment: tags.comment,
        "Compare = Join Plus Minus Times Raise PercentSign": tags.operator,
        "( )": tags.paren,
        ", .": tags.separator,
      }),
    ],
  }),
  languageData: { commentTokens: { line: "//" }, closeBrackets: { brackets: ["(", "[", '"'] } },
});

export const formulaLanguage = new LanguageSupport(language);
