/** Keyboard shortcuts of a page. Single letters never fire while typing or in a dialog, and can be switched off. */
import { useLocalStorage } from "@mantine/hooks";
import { useEffect, useEffectEvent } from "react";

const storageKey = "fieldbridge-single-keys";

/** Whether single-letter shortcuts are on (WCAG 2.1.4), kept in this browser. */
export const useSingleKeysSetting = () =>
  useLocalStorage<boolean>({ key: storageKey, defaultValue: true, getInitialValueInEffect: false });

/** True where a letter belongs to a field, an editor, a list that types ahead or an open dialog. */
export function takesLetters(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest(
      "input, textarea, select, [contenteditable=''], [contenteditable=true], [role=dialog], [role=treegrid], [role=listbox], [role=menu]",
    ) !== null
  );
}

/** What a pressed letter does; `false` says that it was not meant for this handler. */
export type KeyHandler = () => void | boolean;

/** Calls the handler of a pressed letter; `handlers` maps `event.key` to what it does. */
export function useSingleKeys(handlers: Readonly<Record<string, KeyHandler>>): void {
  const [enabled] = useSingleKeysSetting();
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (takesLetters(event.target) || document.querySelector("[role=dialog]") !== null) return;
    const handler = handlers[event.key];
    if (handler === undefined) return;
    if (handler() !== false) event.preventDefault();
  });
  useEffect(() => {
    if (!enabled) return undefined;
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [enabled]);
}
