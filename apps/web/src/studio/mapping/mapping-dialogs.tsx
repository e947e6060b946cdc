/** What opens above the mapping screen: the list of suggestions, "Map to", and the details of one field. */
import { setMapping } from "../graph/to-edit.ts";
import type { LineScope, SourceRow, TargetRow } from "../graph/rows.ts";
import { useApplyChange } from "../session/studio-context.tsx";
import type { Suggestion } from "../suggest/suggest-mappings.ts";
import { MappingInspector } from "./mapping-inspector.tsx";
import { PickFieldDialog } from "./pick-field-dialog.tsx";
import { typeText } from "./row-words.ts";
import { SuggestionsDialog } from "./suggestions-dialog.tsx";
import type { MappingScreen } from "./use-mapping-screen.ts";

export type MappingDialog =
  | { readonly kind: "suggestions" }
  | { readonly kind: "inspector"; readonly target: string }
  | { readonly kind: "pick-target"; readonly source: string };

export interface MappingDialogsProps {
  readonly dialog: MappingDialog | null;
  readonly screen: MappingScreen;
  readonly scope: LineScope;
  readonly onAccept: (suggestions: readonly Suggestion[]) => void;
  readonly onLink: (source: SourceRow, target: TargetRow | undefined) => void;
  readonly onClose: () => void;
}

export function MappingDialogs({ dialog, screen, scope, onAccept, onLink, onClose }: MappingDialogsProps) {
  const applyChange = useApplyChange();
  const { graph, samples, live } = screen;
  const rowOf = (id: string) => graph.target.find((each) => each.id === id);
  const picked =
    dialog?.kind === "pick-target" ? graph.source.find((each) => each.id === dialog.source) : undefined;
  const inspected = dialog?.kind === "inspector" ? (rowOf(dialog.target) ?? null) : null;
  const formula = screen.lines ? undefined : inspected?.mapping?.value;
  return (
    <>
      {dialog?.kind === "suggestions" ? (
        <SuggestionsDialog
          suggestions={screen.suggestions}
          sampleOf={(each) => screen.sampleOf(each.source)}
          onAccept={(list) => {
            onAccept(list);
            if (list.length !== 1) onClose();
          }}
          onReject={(each) => screen.reject(`${each.source.id}>${each.target.id}`)}
          onClose={onClose}
        />
      ) : null}
      {picked ? (
        <PickFieldDialog
          title={`Map ${picked.label} to`}
          items={rankTargets(picked, graph.target, screen.suggestions)}
          onClose={onClose}
          onPick={(id) => {
            onClose();
            onLink(picked, rowOf(id));
          }}
        />
      ) : null}
      <MappingInspector
        row={inspected}
        results={
          formula === undefined
            ? []
            : samples.records.map((each) => live.evaluate(formula, each.row, null, inspected?.field ?? null))
        }
        onChange={(name, mapping, mergeKey) => {
          if (!inspected) return;
          applyChange(
            { name, edits: [setMapping(scope, inspected.name, mapping)] },
            {
              place: { tab: "map", scope, target: inspected.id },
              ...(mergeKey !== undefined && { mergeKey }),
            },
          );
        }}
        onClose={onClose}
      />
    </>
  );
}

/** Targets of the same kind, suggested ones first, then free fields before mapped ones. */
function rankTargets(source: SourceRow, target: readonly TargetRow[], suggestions: readonly Suggestion[]) {
  const scores = new Map(
    suggestions.filter((each) => each.source.id === source.id).map((each) => [each.target.id, each]),
  );
  return target
    .filter((each) =>
      source.kind === "many" ? each.kind === "many" : each.kind === "field" && !each.readOnly,
    )
    .map((each) => ({
      id: each.id,
      label: each.label,
      name: each.name,
      detail: [
        each.field ? typeText(each.field) : "lines",
        each.required && "required",
        each.mapping && `mapped: ${each.mapping.value}`,
      ]
        .filter(Boolean)
        .join(", "),
      hint: scores.has(each.id)
        ? `${Math.round((scores.get(each.id)?.score ?? 0) * 100)} %, ${scores.get(each.id)?.reason ?? ""}`
        : null,
      rank: (scores.get(each.id)?.score ?? 0) * 10 - (each.mapping ? 1 : 0),
    }))
    .sort((a, b) => b.rank - a.rank);
}
