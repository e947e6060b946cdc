/** Shows the signature of the call the cursor is in, with the value being typed in bold. */
import { StateField, type EditorState } from "@codemirror/state";
import { showTooltip, type Tooltip } from "@codemirror/view";
import { describeParam, type FunctionDoc } from "@fieldbridge/formula";

/** The innermost open call before `position`: its name, where it starts, and which value the cursor is in. */
export function findOpenCall(
  text: string,
  position: number,
): { name: string; at: number; argument: number } | null {
  const stack: { name: string; at: number; argument: number }[] = [];
  for (let at = 0; at < position; at += 1) {
    const character = text[at];
    if (character === '"') {
      const end = text.indexOf('"', at + 1);
      if (end < 0 || end >= position) return null;
      at = end;
    } else if (character === "(") {
      const name = /[\p{L}_][\p{L}\p{N}_]*$/u.exec(text.slice(0, at))?.[0] ?? "";
      stack.push({ name: name.toUpperCase(), at: at - name.length, argument: 0 });
    } else if (character === ")") stack.pop();
    else if (character === ",") {
      const top = stack.at(-1);
      if (top) top.argument += 1;
    }
  }
  return stack.findLast((each) => each.name !== "") ?? null;
}

function toDom(doc: FunctionDoc, argument: number): HTMLElement {
  const box = document.createElement("div");
  box.className = "fb-signature";
  box.append(`${doc.name}(`);
  const active = Math.min(argument, doc.params.length - 1);
  doc.params.forEach((param, index) => {
    const part = document.createElement(index === active ? "b" : "span");
    part.textContent = param.optional ? `[${param.name}]` : param.name;
    box.append(part, index < doc.params.length - 1 ? ", " : "");
  });
  box.append(")");
  const param = doc.params[active];
  if (param) {
    const { type, notes } = describeParam(param);
    const words = param.words ? [`one of ${param.words.join(", ")}`] : [];
    const line = document.createElement("div");
    line.className = "fb-signature-param";
    line.textContent = `${param.name}: ${[type, ...notes, ...words].join(", ")}`;
    box.append(line);
  }
  return box;
}

export function signatureTooltip(functions: () => readonly FunctionDoc[]) {
  const read = (state: EditorState): readonly Tooltip[] => {
    const position = state.selection.main.head;
    const call = findOpenCall(state.doc.toString(), position);
    const doc = call && functions().find((each) => each.name === call.name);
    if (!call || !doc) return [];
    const dom = { create: () => ({ dom: toDom(doc, call.argument) }) };
    return [{ pos: call.at, above: true, strictSide: true, arrow: false, ...dom }];
  };
  return StateField.define<readonly Tooltip[]>({
    create: read,
    update: (value, change) => (change.docChanged || change.selection ? read(change.state) : value),
    provide: (field) => showTooltip.computeN([field], (state) => state.field(field)),
  });
}
