/**
 * Text pasted from Excel or Rapidi goes in as it is; where it is better converted, that is offered right there, with
 * the converted text shown: Enter takes it, Escape or any other key keeps what was pasted.
 */
import { StateEffect, StateField, type Extension } from "@codemirror/state";
import { EditorView, showTooltip, type Command, type Tooltip } from "@codemirror/view";
import { convertPasted } from "@fieldbridge/formula";

interface Offer {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly program: string;
}

const setOffer = StateEffect.define<Offer | null>();
const programs = { excel: "Excel", rapidi: "Rapidi" } as const;

function describeOffer(offer: Offer, view: EditorView): HTMLElement {
  const box = document.createElement("div");
  box.className = "fb-paste-offer";
  box.setAttribute("role", "status");
  const question = document.createElement("span");
  question.textContent = `Pasted as ${offer.program} writes it. Convert to`;
  const text = document.createElement("code");
  text.textContent = offer.text;
  box.append(question, text);
  for (const [label, run] of [
    ["Convert pasted text (Enter)", acceptPasteOffer],
    ["Keep as is (Esc)", keepPasted],
  ] as const) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    // The formula keeps the focus: leaving it would apply it.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => run(view));
    box.append(button);
  }
  return box;
}

const offerField = StateField.define<Offer | null>({
  create: () => null,
  update: (offer, change) => {
    for (const effect of change.effects) if (effect.is(setOffer)) return effect.value;
    return change.docChanged ? null : offer;
  },
  provide: (field) =>
    showTooltip.compute([field], (state): Tooltip | null => {
      const offer = state.field(field);
      return (
        offer && { pos: offer.from, above: false, create: (view) => ({ dom: describeOffer(offer, view) }) }
      );
    }),
});

export const acceptPasteOffer: Command = (view) => {
  const offer = view.state.field(offerField);
  if (!offer) return false;
  view.dispatch({
    changes: { from: offer.from, to: offer.to, insert: offer.text },
    selection: { anchor: offer.from + offer.text.length },
    userEvent: "input.complete",
  });
  return true;
};

export const keepPasted: Command = (view) => {
  if (!view.state.field(offerField)) return false;
  view.dispatch({ effects: setOffer.of(null) });
  return true;
};

const afterPaste = EditorView.updateListener.of(({ transactions, state, view }) => {
  const paste = transactions.find((each) => each.isUserEvent("input.paste"));
  if (!paste) return;
  paste.changes.iterChanges((_from, _to, from, to) => {
    const formula = state.doc.toString();
    const place = { before: formula.slice(0, from), after: formula.slice(to) };
    const converted = convertPasted(formula.slice(from, to), place);
    if (!converted) return;
    const offer = { from, to, text: converted.text, program: programs[converted.from] };
    // An update must be over before the next begins.
    queueMicrotask(() => view.dispatch({ effects: setOffer.of(offer) }));
  });
});

export const pasteOffer: Extension = [offerField, afterPaste];
