/**
 * A formula as plain text: takes every key until the editor is loaded, and takes its place where it cannot be. Text
 * and selection are handed over, so nothing typed in between is lost.
 */
import { useLayoutEffect, useRef } from "react";
import type { FormulaEditorProps } from "./formula-editor.tsx";
import classes from "./formula-field.module.css";

export interface TextSelection {
  readonly start: number;
  readonly end: number;
}

export interface PlainFormulaInputProps extends Pick<
  FormulaEditorProps,
  "label" | "text" | "onChange" | "onApply" | "onCancel"
> {
  /** Where the cursor begins; null is the end. */
  readonly start: TextSelection | null;
  /** Told where the cursor is, for the editor that comes after. */
  readonly onSelection?: (selection: TextSelection) => void;
}

export function PlainFormulaInput({
  label,
  text,
  onChange,
  onApply,
  onCancel,
  start: begin,
  onSelection,
}: PlainFormulaInputProps) {
  const input = useRef<HTMLTextAreaElement>(null);
  const left = useRef(false);
  const first = useRef(begin);
  useLayoutEffect(() => {
    const { current } = input;
    if (!current) return;
    const { start, end } = first.current ?? { start: current.value.length, end: current.value.length };
    current.focus();
    current.setSelectionRange(start, end);
  }, []);
  const remember = () => {
    if (input.current)
      onSelection?.({ start: input.current.selectionStart, end: input.current.selectionEnd });
  };
  return (
    <textarea
      ref={input}
      className={classes.plain}
      rows={text.split("\n").length}
      aria-label={label}
      spellCheck={false}
      value={text}
      onChange={(event) => {
        remember();
        onChange(event.target.value);
      }}
      onSelect={remember}
      onKeyDown={(event) => {
        if (event.nativeEvent.isComposing) return;
        if (event.key === "Escape") {
          left.current = true;
          onCancel();
        } else if (event.key === "Enter" && !event.shiftKey) {
          event.preventDefault();
          left.current = true;
          onApply(text, "key");
        }
      }}
      onBlur={() => {
        if (!left.current && document.hasFocus()) onApply(text, "focus");
      }}
    />
  );
}
