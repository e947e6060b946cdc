/** The formula editor, loaded when the browser has nothing else to do; whoever types sooner types into plain text. */
import { lazy, Suspense, useEffect, useRef } from "react";
import type { FormulaEditorProps } from "./formula-editor.tsx";
import { PlainFormulaInput, type TextSelection } from "./plain-formula-input.tsx";

const load = () => import("./formula-editor.tsx");

const FormulaEditor = lazy(async () => {
  try {
    return await load();
  } catch {
    // Without its code, say offline, a formula can still be typed.
    return { default: (props: FormulaEditorProps) => <PlainFormulaInput {...props} start={null} /> };
  }
});

/** Loads the editor ahead of its first use, for places where a formula will soon be typed. */
export function usePreloadedEditor(): void {
  useEffect(() => {
    const preload = () => void load().catch(() => undefined);
    if (typeof requestIdleCallback === "undefined") {
      const timer = setTimeout(preload, 500);
      return () => clearTimeout(timer);
    }
    const idle = requestIdleCallback(preload, { timeout: 2_000 });
    return () => cancelIdleCallback(idle);
  }, []);
}

export function FormulaInput(props: Omit<FormulaEditorProps, "selection">) {
  const selection = useRef<TextSelection | null>(props.select ?? null);
  const plain = (
    <PlainFormulaInput
      {...props}
      start={props.select ?? null}
      onSelection={(next) => {
        selection.current = next;
      }}
    />
  );
  return (
    <Suspense fallback={plain}>
      <FormulaEditor {...props} selection={selection} />
    </Suspense>
  );
}
