/** The formula editor: CodeMirror with our language, pills, completion, help and checker. Loaded when first needed. */
import { autocompletion, closeBrackets } from "@codemirror/autocomplete";
import { history } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { linter, type Diagnostic } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, hoverTooltip } from "@codemirror/view";
import type { FormulaIssue } from "@fieldbridge/formula";
import type { FieldTypeName } from "@fieldbridge/model";
import { useEffect, useLayoutEffect, useRef, type RefObject } from "react";
import { completeFormula, functionHelp } from "./completion.ts";
import { editorKeys } from "./editor-keys.ts";
import { fieldPills, pillSettings } from "./field-pills.ts";
import { formulaHighlighting } from "./highlight.ts";
import { pasteOffer } from "./paste-offer.ts";
import type { TextSelection } from "./plain-formula-input.tsx";
import { signatureTooltip } from "./signature-tooltip.ts";
import type { FormulaVocabulary } from "./vocabulary.ts";
import "./formula-editor.css";

export interface FormulaEditorProps {
  readonly label: string;
  /** The formula to begin with; from then on the editor has it, and no older text from outside may undo a key. */
  readonly text: string;
  /** Text to take instead, each time another one is given: a Fix. */
  readonly replacement?: { readonly text: string } | null;
  readonly vocabulary: FormulaVocabulary;
  /** Type of the value the formula must give; what gives it is listed first. */
  readonly expects: FieldTypeName | null;
  /** True shows field names instead of pills. */
  readonly namesAsText: boolean;
  readonly check: (formula: string) => readonly FormulaIssue[];
  readonly onChange: (formula: string) => void;
  /** By a key, or because the focus went elsewhere and must stay there. */
  readonly onApply: (formula: string, by: "key" | "focus") => void;
  readonly onCancel: () => void;
  /** A part to select, each time another one is given. */
  readonly select?: TextSelection | null;
  /** Where the cursor was before the editor was there; null is the end. */
  readonly selection: RefObject<TextSelection | null>;
}

const toDiagnostic = (issue: FormulaIssue, length: number): Diagnostic => {
  const fix = issue.fix;
  const from = Math.min(issue.span?.start ?? 0, length);
  return {
    from,
    to: Math.max(from, Math.min(issue.span?.end ?? length, length)),
    severity: issue.severity === "hint" ? "info" : issue.severity,
    message: `${issue.message}. ${issue.hint}`,
    ...(fix && {
      actions: [
        {
          name: fix.label,
          apply: (view: EditorView) =>
            view.dispatch({ changes: { from: fix.span.start, to: fix.span.end, insert: fix.text } }),
        },
      ],
    }),
  };
};

const lintDelayMs = 250;

const toSelection = ({ start, end }: TextSelection, length: number) => ({
  anchor: Math.min(start, length),
  head: Math.min(end, length),
});

export default function FormulaEditor(props: FormulaEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const pills = useRef(new Compartment());
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  // Before the browser handles the next key: what was typed until now came from the plain input.
  useLayoutEffect(() => {
    if (!host.current) return;
    let left = false;
    const apply = (editor: EditorView, by: "key" | "focus"): boolean => {
      left = true;
      latest.current.onApply(editor.state.doc.toString(), by);
      return true;
    };
    const { text, selection, vocabulary, namesAsText } = latest.current;
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: text,
        selection: toSelection(selection.current ?? { start: text.length, end: text.length }, text.length),
        extensions: [
          editorKeys(
            (target) => apply(target, "key"),
            () => {
              left = true;
              latest.current.onCancel();
              return true;
            },
          ),
          history(),
          closeBrackets(),
          bracketMatching(),
          formulaHighlighting,
          pills.current.of(pillSettings.of({ vocabulary, namesAsText })),
          fieldPills,
          pasteOffer,
          autocompletion({
            override: [
              (context) => completeFormula(context, latest.current.vocabulary, latest.current.expects),
            ],
            defaultKeymap: false,
            icons: false,
            // Enter on a list that is there always means the list, and never the formula behind it.
            interactionDelay: 0,
          }),
          linter(
            (target) => {
              const formula = target.state.doc.toString();
              return formula.trim() === ""
                ? []
                : latest.current.check(formula).map((issue) => toDiagnostic(issue, formula.length));
            },
            { delay: lintDelayMs },
          ),
          hoverTooltip((target, position) => {
            const word = target.state.wordAt(position);
            if (!word) return null;
            const name = target.state.sliceDoc(word.from, word.to).toUpperCase();
            const doc = latest.current.vocabulary.functions.find((each) => each.name === name);
            if (!doc || target.state.sliceDoc(word.to, word.to + 1) !== "(") return null;
            return { pos: word.from, end: word.to, above: true, create: () => ({ dom: functionHelp(doc) }) };
          }),
          signatureTooltip(() => latest.current.vocabulary.functions),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": latest.current.label, spellcheck: "false" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({
            blur: (_event, target) => {
              // Another window in front is no leaving: the formula waits.
              if (!left && document.hasFocus()) apply(target, "focus");
            },
          }),
        ],
      }),
    });
    view.current = editor;
    editor.focus();
    return () => {
      left = true;
      view.current = null;
      editor.destroy();
    };
  }, []);

  const { vocabulary, namesAsText, select, replacement } = props;
  useEffect(() => {
    view.current?.dispatch({
      effects: pills.current.reconfigure(pillSettings.of({ vocabulary, namesAsText })),
    });
  }, [vocabulary, namesAsText]);
  const done = useRef({ select, replacement });
  useEffect(() => {
    const editor = view.current;
    if (!editor || !replacement || replacement === done.current.replacement) return;
    done.current = { ...done.current, replacement };
    editor.dispatch({
      changes: { from: 0, to: editor.state.doc.length, insert: replacement.text },
      selection: { anchor: replacement.text.length },
    });
  }, [replacement]);
  useEffect(() => {
    const editor = view.current;
    if (!editor || !select || select === done.current.select) return;
    done.current = { ...done.current, select };
    editor.dispatch({ selection: toSelection(select, editor.state.doc.length), scrollIntoView: true });
    editor.focus();
  }, [select]);

  return <div ref={host} className="fb-formula-editor" />;
}
