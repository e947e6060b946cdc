/** Every formula of a definition in one place, to find what they name and to rename it in them. */
import type { Mappings, Removals, TransferDefinition } from "./transfer.ts";

type Change = (formula: string) => string;

const mapValues = <T>(values: Readonly<Record<string, T>>, change: (value: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));

const inMappings = (mappings: Mappings, change: Change): Mappings =>
  mapValues(mappings, (mapping) => ({
    ...mapping,
    value: change(mapping.value),
    ...(mapping.default !== undefined && { default: change(mapping.default) }),
  }));

const inFilter = <T extends { filter?: string | undefined }>(part: T, change: Change): T =>
  part.filter === undefined ? part : { ...part, filter: change(part.filter) };

const inEnd = <T extends { company?: string | undefined }>(end: T, change: Change): T =>
  end.company === undefined ? end : { ...end, company: change(end.company) };

const inRemovals = (removals: Removals, change: Change): Removals =>
  removals.mode === "ignore"
    ? removals
    : {
        ...removals,
        ...(removals.scope !== undefined && { scope: change(removals.scope) }),
        ...(removals.mode === "flag" &&
          removals.values !== undefined && { values: mapValues(removals.values, change) }),
      };

/** The definition with every formula replaced by what `change` makes of it. */
export function mapFormulas(definition: TransferDefinition, change: Change): TransferDefinition {
  const { source, target, match, lines, writeBacks, removals, totals } = definition;
  return {
    ...inFilter(definition, change),
    source: inEnd(source, change),
    target: inEnd(target, change),
    ...(match?.by === "keys" && { match: { ...match, keys: mapValues(match.keys, change) } }),
    mappings: inMappings(definition.mappings, change),
    ...(lines && {
      lines: lines.map((each) => ({
        ...inFilter(each, change),
        ...(each.rows !== undefined && { rows: change(each.rows) }),
        mappings: inMappings(each.mappings, change),
      })),
    }),
    ...(writeBacks && {
      writeBacks: writeBacks.map((each) => ({ ...each, values: mapValues(each.values, change) })),
    }),
    ...(removals && { removals: inRemovals(removals, change) }),
    ...(totals && {
      totals: totals.map(({ by, ...each }) => ({
        ...each,
        source: change(each.source),
        target: change(each.target),
        ...(by !== undefined && { by: change(by) }),
      })),
    }),
  };
}
