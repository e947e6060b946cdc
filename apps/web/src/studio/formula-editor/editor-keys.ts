/**
 * The keys of the formula editor. Enter takes what is offered, else applies; Shift+Enter breaks the line; Ctrl+Enter
 * applies; Esc closes what is offered first, then leaves; Tab is not taken, so it always leaves.
 */
import {
  acceptCompletion,
  closeBracketsKeymap,
  closeCompletion,
  completionKeymap,
  completionStatus,
  startCompletion,
} from "@codemirror/autocomplete";
import { defaultKeymap, historyKeymap, insertNewline } from "@codemirror/commands";
import { Prec, type Extension } from "@codemirror/state";
import { keymap, type Command, type KeyBinding } from "@codemirror/view";
import { acceptPasteOffer, keepPasted } from "./paste-offer.ts";

const first =
  (...commands: readonly Command[]): Command =>
  (view) =>
    commands.some((command) => command(view));

const whileListed =
  (command: Command): Command =>
  (view) =>
    completionStatus(view.state) === "active" && command(view);

const isOurs = ({ key }: KeyBinding): boolean => key === "Enter" || key === "Escape" || key === "Mod-Enter";

export function editorKeys(apply: Command, cancel: Command): Extension {
  return [
    Prec.highest(
      keymap.of([
        { key: "Mod-Enter", run: apply },
        { key: "Shift-Enter", run: insertNewline },
        { key: "Enter", run: first(acceptPasteOffer, whileListed(acceptCompletion), apply) },
        { key: "Escape", run: first(keepPasted, whileListed(closeCompletion), cancel) },
        { key: "Ctrl-Space", run: startCompletion },
      ]),
    ),
    keymap.of(
      [...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap].filter(
        (binding) => !isOurs(binding),
      ),
    ),
  ];
}
