/** Linking on the mapping screen in words and keys: what is said when it begins and ends, and link mode by keyboard. */
import type { KeyboardEvent, RefObject } from "react";
import type { SourceRow, TargetRow } from "../graph/rows.ts";
import { useStudio } from "../session/studio-context.tsx";
import type { Suggestion } from "../suggest/suggest-mappings.ts";
import type { MappingScreen } from "./use-mapping-screen.ts";
import { useLinking, type Linking, type PendingLink, type Side } from "./use-linking.ts";
import type { TreeHandle } from "./virtual-tree.tsx";

export interface FieldLinkingInput {
  readonly area: RefObject<HTMLElement | null>;
  readonly ghost: RefObject<SVGPathElement | null>;
  readonly sourceTree: RefObject<TreeHandle | null>;
  readonly targetTree: RefObject<TreeHandle | null>;
  readonly screen: MappingScreen;
  readonly activeSource: string | null;
  readonly activeTarget: string | null;
  /** Whether single letters are shortcuts. */
  readonly singleKeys: boolean;
  readonly onLink: (source: SourceRow | undefined, target: TargetRow | undefined) => void;
  readonly onCommonKey: (event: KeyboardEvent) => boolean;
}

export interface FieldLinking {
  readonly linking: Linking;
  /** True where the key belongs to linking, to the search of the pane, or to both trees. */
  readonly onKey: (side: Side, id: string, event: KeyboardEvent) => boolean;
}

const endsOf = (link: PendingLink, suggestion: Suggestion) =>
  link.from === "source"
    ? { own: suggestion.source, other: suggestion.target }
    : { own: suggestion.target, other: suggestion.source };

const offerOf = (count: number): string =>
  count === 0
    ? ""
    : count === 1
      ? " 1 suggestion, press S to hear it."
      : ` ${count} suggestions, press S to hear them.`;

export function useFieldLinking(input: FieldLinkingInput): FieldLinking {
  const { area, screen, sourceTree, targetTree } = input;
  const { sourceRows, targetRows, graph, suggestions } = screen;
  const { announce } = useStudio();
  const treeOf = (side: Side) => (side === "source" ? sourceTree : targetTree).current;
  const otherTree = (link: PendingLink) => treeOf(link.from === "source" ? "target" : "source");
  const suggestedFor = (link: PendingLink) =>
    suggestions.filter((each) => endsOf(link, each).own.id === link.id);

  const linking = useLinking({
    area,
    ghost: input.ghost,
    trees: { source: sourceTree, target: targetTree },
    onLink: (source, target) => {
      input.onLink(
        graph.source.find((row) => row.id === source),
        graph.target.find((row) => row.id === target),
      );
      targetTree.current?.reveal(target, true);
    },
    onStart: (link) => {
      const own: readonly (SourceRow | TargetRow)[] = link.from === "source" ? graph.source : graph.target;
      const label = own.find((each) => each.id === link.id)?.label ?? "";
      if (link.by === "drag") return announce(`Dragging ${label}`);
      const wanted = link.from === "source" ? "target" : "source field";
      const offer = link.by === "keyboard" ? offerOf(suggestedFor(link).length) : "";
      announce(`Choose a ${wanted} for ${label}.${offer}`);
      if (link.by !== "keyboard") return;
      const first =
        link.from === "source"
          ? (input.activeTarget ?? targetRows[0]?.id)
          : (input.activeSource ?? sourceRows[0]?.id);
      if (first !== undefined) otherTree(link)?.reveal(first, true);
    },
    onCancel: (link) => {
      announce("Cancelled");
      if (link.by === "keyboard") treeOf(link.from)?.reveal(link.id, true);
    },
  });

  const hearSuggestions = (link: PendingLink) => {
    const found = suggestedFor(link).map((each) => ({ ...endsOf(link, each), score: each.score }));
    announce(
      found.length === 0
        ? "No suggestions"
        : found.map(({ other, score }) => `${other.label}, ${Math.round(score * 100)} percent`).join("; "),
    );
    const [best] = found;
    if (best) otherTree(link)?.reveal(best.other.id, true);
  };

  const onKey = (side: Side, id: string, event: KeyboardEvent): boolean => {
    const { pending } = linking;
    if (pending !== null) {
      if (event.key === "Escape") return (linking.cancel(), true);
      if (event.key === "Enter") return linking.finish(side, id);
      if (event.key.toLowerCase() === "s" && pending.from !== side) return (hearSuggestions(pending), true);
    }
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && input.singleKeys && event.key.toLowerCase() === "l" && pending === null)
      return (linking.startByKeyboard(side, id), true);
    if (plain && event.key === "/") {
      const pane = area.current?.querySelector(`[data-pane="${side}"]`);
      return (pane?.querySelector("input")?.focus(), true);
    }
    return input.onCommonKey(event);
  };
  return { linking, onKey };
}
