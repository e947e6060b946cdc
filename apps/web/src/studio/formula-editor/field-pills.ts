/**
 * Known fields of a formula as pills: label and sample value instead of the name. Only drawing: the text underneath
 * stays the formula, is copied as such and is read out as such. Where the cursor touches a field it is plain text.
 */
import { syntaxTree } from "@codemirror/language";
import { Facet, RangeSetBuilder, type EditorState, type Extension } from "@codemirror/state";
import {
  Decoration,
  EditorView,
  hoverTooltip,
  ViewPlugin,
  WidgetType,
  type DecorationSet,
  type ViewUpdate,
} from "@codemirror/view";
import { typeWords } from "../mapping/row-words.ts";
import type { FormulaVocabulary, PathWord } from "./vocabulary.ts";

export interface PillSettings {
  readonly vocabulary: FormulaVocabulary;
  readonly namesAsText: boolean;
}

export const pillSettings = Facet.define<PillSettings, PillSettings | null>({
  combine: (values) => values[0] ?? null,
});

type SyntaxNode = ReturnType<typeof syntaxTree>["topNode"];

const typeOf = (word: PathWord): string =>
  word.type === "one" ? "related record" : word.type === "many" ? "list" : typeWords[word.type];

/** `Billing city · Account.BillingCity · text · Hamburg`. */
const describe = (word: PathWord): string =>
  [word.label, word.name, typeOf(word), word.sample].filter(Boolean).join(" · ");

class PillWidget extends WidgetType {
  private readonly word: PathWord;
  constructor(word: PathWord) {
    super();
    this.word = word;
  }
  override eq(other: PillWidget): boolean {
    return other.word.name === this.word.name && describe(other.word) === describe(this.word);
  }
  override toDOM(): HTMLElement {
    const pill = document.createElement("span");
    pill.className = "fb-pill";
    pill.title = describe(this.word);
    pill.setAttribute("role", "img");
    pill.setAttribute("aria-label", this.word.name);
    pill.append(this.word.label);
    if (this.word.sample !== null && this.word.sample !== "") {
      const sample = document.createElement("span");
      sample.className = "fb-pill-sample";
      sample.textContent = this.word.sample;
      pill.append(sample);
    }
    return pill;
  }
  override ignoreEvent(): boolean {
    return false;
  }
}

/** The names of a `Path` node. */
function namesOf(state: EditorState, path: SyntaxNode): string[] {
  const names: string[] = [];
  for (let part = path.firstChild; part; part = part.nextSibling) {
    if (!part.name.endsWith("Field")) continue;
    const text = state.sliceDoc(part.from, part.to);
    names.push(part.name === "QuotedField" ? text.replace(/^\[|\]$/g, "") : text);
  }
  return names;
}

/** The known path at a place of the formula, with where it stands. */
export function findPathAt(
  state: EditorState,
  position: number,
): { readonly from: number; readonly to: number; readonly word: PathWord } | undefined {
  let node: SyntaxNode | null = syntaxTree(state).resolveInner(position, 1);
  while (node && node.name !== "Path") node = node.parent;
  const word = node && state.facet(pillSettings)?.vocabulary.findPath(namesOf(state, node));
  return node && word ? { from: node.from, to: node.to, word } : undefined;
}

function drawPills(view: EditorView): DecorationSet {
  const { state } = view;
  const settings = state.facet(pillSettings);
  const builder = new RangeSetBuilder<Decoration>();
  if (settings && !settings.namesAsText) {
    const isTouched = (from: number, to: number): boolean =>
      state.selection.ranges.some(({ head }) => head >= from && head <= to);
    for (const range of view.visibleRanges)
      syntaxTree(state).iterate({
        ...range,
        enter: ({ name, from, to, node }) => {
          if (name !== "Path") return true;
          const word = isTouched(from, to) ? undefined : settings.vocabulary.findPath(namesOf(state, node));
          if (word) builder.add(from, to, Decoration.replace({ widget: new PillWidget(word) }));
          return false;
        },
      });
  }
  return builder.finish();
}

const isStale = (update: ViewUpdate): boolean =>
  update.docChanged ||
  update.selectionSet ||
  update.viewportChanged ||
  update.startState.facet(pillSettings) !== update.state.facet(pillSettings) ||
  syntaxTree(update.startState) !== syntaxTree(update.state);

const drawing = ViewPlugin.define<{ pills: DecorationSet; update: (update: ViewUpdate) => void }>(
  (view) => ({
    pills: drawPills(view),
    update(update) {
      if (isStale(update)) this.pills = drawPills(update.view);
    },
  }),
  { decorations: ({ pills }) => pills },
);

const help = hoverTooltip((view, position) => {
  const found = findPathAt(view.state, position);
  if (!found) return null;
  const dom = document.createElement("div");
  dom.className = "fb-signature";
  dom.textContent = describe(found.word);
  return { pos: found.from, end: found.to, above: true, create: () => ({ dom }) };
});

export const fieldPills: Extension = [drawing, help];
