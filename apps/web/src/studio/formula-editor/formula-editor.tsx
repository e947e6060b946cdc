/**
 * The formula editor: CodeMirror with our completion, help and checker. Enter takes the offered word, else applies;
 * Shift+Enter breaks the line; Ctrl+Enter applies; Esc closes the list first, then leaves; Tab always leaves.
 */
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeCompletion,
  completionKeymap,
  completionStatus,
  startCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, insertNewline } from "@codemirror/commands";
import { bracketMatching } from "@codemirror/language";
import { linter, type Diagnostic } from "@codemirror/lint";
import { EditorState, Prec } from "@codemirror/state";
import { EditorView, hoverTooltip, keymap } from "@codemirror/view";
import type { FormulaIssue } from "@fieldbridge/formula";
import { useEffect, useRef } from "react";
import { completeFormula, functionHelp } from "./completion.ts";
import { formulaHighlighting } from "./highlight.ts";
import { signatureTooltip } from "./signature-tooltip.ts";
import type { FormulaVocabulary } from "./vocabulary.ts";
import "./formula-editor.css";

export interface FormulaEditorProps {
  readonly label: string;
  readonly text: string;
  readonly vocabulary: FormulaVocabulary;
  readonly check: (formula: string) => readonly FormulaIssue[];
  readonly onChange: (formula: string) => void;
  readonly onApply: (formula: string) => void;
  readonly onCancel: () => void;
  /** False where the editor is one field of a form and takes the focus only when asked. */
  readonly autoFocus?: boolean;
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

export default function FormulaEditor(props: FormulaEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!host.current) return;
    let left = false;
    const apply = (editor: EditorView): boolean => {
      left = true;
      latest.current.onApply(editor.state.doc.toString());
      return true;
    };
    const editor = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: latest.current.text,
        selection: { anchor: latest.current.text.length },
        extensions: [
          Prec.highest(
            keymap.of([
              { key: "Mod-Enter", run: apply },
              { key: "Shift-Enter", run: insertNewline },
              {
                key: "Enter",
                run: (editor) =>
                  completionStatus(editor.state) === "active" && acceptCompletion(editor)
                    ? true
                    : apply(editor),
              },
              {
                key: "Escape",
                run: (editor) => {
                  if (completionStatus(editor.state) === "active") return closeCompletion(editor);
                  left = true;
                  latest.current.onCancel();
                  return true;
                },
              },
              { key: "Ctrl-Space", run: startCompletion },
            ]),
          ),
          history(),
          closeBrackets(),
          bracketMatching(),
          formulaHighlighting,
          autocompletion({
            override: [(context) => completeFormula(context, latest.current.vocabulary)],
            defaultKeymap: false,
            icons: false,
          }),
          keymap.of([
            ...completionKeymap.filter((each) => each.key !== "Enter" && each.key !== "Escape"),
            ...historyKeymap,
            ...defaultKeymap,
          ]),
          linter(
            (editor) => {
              const text = editor.state.doc.toString();
              return text.trim() === ""
                ? []
                : latest.current.check(text).map((issue) => toDiagnostic(issue, text.length));
            },
            { delay: lintDelayMs },
          ),
          hoverTooltip((editor, position) => {
            const word = editor.state.wordAt(position);
            if (!word) return null;
            const name = editor.state.sliceDoc(word.from, word.to).toUpperCase();
            const doc = latest.current.vocabulary.functions.find((each) => each.name === name);
            if (!doc || editor.state.sliceDoc(word.to, word.to + 1) !== "(") return null;
            return { pos: word.from, end: word.to, above: true, create: () => ({ dom: functionHelp(doc) }) };
          }),
          signatureTooltip(() => latest.current.vocabulary.functions),
          EditorView.lineWrapping,
          EditorView.contentAttributes.of({ "aria-label": latest.current.label, spellcheck: "false" }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
          EditorView.domEventHandlers({
            blur: (_event, editor) => {
              if (left) return;
              left = true;
              latest.current.onApply(editor.state.doc.toString());
            },
          }),
        ],
      }),
    });
    view.current = editor;
    if (latest.current.autoFocus !== false) editor.focus();
    return () => {
      left = true;
      view.current = null;
      editor.destroy();
    };
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === props.text) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: props.text } });
  }, [props.text]);

  return <div ref={host} className="fb-formula-editor" />;
}
