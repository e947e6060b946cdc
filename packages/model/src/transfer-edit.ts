/**
 * Every change the designer can make to a transfer, as a small value applied by one pure function. Undo,
 * autosave, audit and "what changed" are all made from these values.
 */
import * as z from "zod";
import { parameters } from "./parameters.ts";
import {
  changes,
  formulaText,
  limits,
  lines,
  mapping,
  match,
  removals,
  sourceEnd,
  targetEnd,
  totals,
  writeBack,
  type TransferDefinition,
} from "./transfer.ts";

/** `lines` is the target relation of the lines meant; absent means the header. A null mapping removes it. */
export const transferEdit = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("rename"), name: z.string().min(1).max(200) }),
  z.strictObject({ type: z.literal("describe"), description: z.string().max(4_000) }),
  z.strictObject({ type: z.literal("set-source"), source: sourceEnd }),
  z.strictObject({ type: z.literal("set-target"), target: targetEnd }),
  z.strictObject({ type: z.literal("set-parameters"), parameters: parameters.nullable() }),
  z.strictObject({ type: z.literal("set-changes"), changes }),
  z.strictObject({ type: z.literal("set-filter"), filter: formulaText.nullable() }),
  z.strictObject({ type: z.literal("set-match"), match: match.nullable() }),
  z.strictObject({
    type: z.literal("set-mappings"),
    lines: z.string().optional(),
    mappings: z.record(z.string(), mapping.nullable()),
  }),
  z.strictObject({ type: z.literal("set-lines"), target: z.string(), lines: lines.nullable() }),
  z.strictObject({ type: z.literal("set-write-backs"), writeBacks: z.array(writeBack) }),
  z.strictObject({ type: z.literal("set-removals"), removals: removals.nullable() }),
  z.strictObject({ type: z.literal("set-totals"), totals }),
  z.strictObject({ type: z.literal("set-limits"), limits: limits.nullable() }),
  z.strictObject({ type: z.literal("set-time-zone"), timeZone: z.string().nullable() }),
]);
export type TransferEdit = z.infer<typeof transferEdit>;

/** A copy of `definition` without `key`, or with the value set. */
const withOptional = <K extends keyof TransferDefinition>(
  definition: TransferDefinition,
  key: K,
  value: TransferDefinition[K] | null | undefined,
): TransferDefinition => {
  const { [key]: _previous, ...rest } = definition;
  return (value === null || value === undefined ? rest : { ...rest, [key]: value }) as TransferDefinition;
};

const mergeMappings = (
  current: TransferDefinition["mappings"],
  changed: Extract<TransferEdit, { type: "set-mappings" }>["mappings"],
): TransferDefinition["mappings"] =>
  Object.fromEntries(
    Object.entries({ ...current, ...changed }).filter(
      (entry): entry is [string, TransferDefinition["mappings"][string]] => entry[1] !== null,
    ),
  );

/** The definition after the edit; the given one is not touched. An edit of lines that do not exist changes nothing. */
export function applyTransferEdit(definition: TransferDefinition, edit: TransferEdit): TransferDefinition {
  switch (edit.type) {
    case "rename":
      return { ...definition, name: edit.name };
    case "describe":
      return withOptional(definition, "description", edit.description === "" ? null : edit.description);
    case "set-source":
      return { ...definition, source: edit.source };
    case "set-target":
      return { ...definition, target: edit.target };
    case "set-parameters": {
      const isEmpty = edit.parameters === null || Object.keys(edit.parameters).length === 0;
      return withOptional(definition, "parameters", isEmpty ? null : edit.parameters);
    }
    case "set-changes":
      return { ...definition, changes: edit.changes };
    case "set-filter":
      return withOptional(definition, "filter", edit.filter === "" ? null : edit.filter);
    case "set-match":
      return withOptional(definition, "match", edit.match);
    case "set-mappings": {
      if (edit.lines === undefined)
        return { ...definition, mappings: mergeMappings(definition.mappings, edit.mappings) };
      return withOptional(
        definition,
        "lines",
        definition.lines?.map((each) =>
          each.target === edit.lines
            ? { ...each, mappings: mergeMappings(each.mappings, edit.mappings) }
            : each,
        ),
      );
    }
    case "set-lines": {
      const current = definition.lines ?? [];
      const others = current.filter((each) => each.target !== edit.target);
      const at = current.findIndex((each) => each.target === edit.target);
      const next =
        edit.lines === null ? others : at < 0 ? [...current, edit.lines] : current.with(at, edit.lines);
      return withOptional(definition, "lines", next.length === 0 ? null : next);
    }
    case "set-write-backs":
      return withOptional(definition, "writeBacks", edit.writeBacks.length === 0 ? null : edit.writeBacks);
    case "set-removals":
      return withOptional(definition, "removals", edit.removals);
    case "set-totals":
      return withOptional(definition, "totals", edit.totals.length === 0 ? null : edit.totals);
    case "set-limits":
      return withOptional(definition, "limits", edit.limits);
    case "set-time-zone":
      return withOptional(definition, "timeZone", edit.timeZone);
  }
}
