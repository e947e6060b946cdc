/** What a template holds, counted and put to use with chosen connections. */
import type { Mapping, Template, TransferDefinition } from "@fieldbridge/model";

export const countMappings = (template: Template): number =>
  template.transfers.reduce(
    (sum, transfer) =>
      sum +
      Object.keys(transfer.mappings).length +
      (transfer.lines ?? []).reduce((lines, each) => lines + Object.keys(each.mappings).length, 0),
    0,
  );

/** The template's transfers with its roles replaced by chosen connections. */
export const withConnections = (
  template: Template,
  connections: Readonly<Record<string, string>>,
): TransferDefinition[] =>
  template.transfers.map((transfer) => ({
    ...transfer,
    source: { ...transfer.source, connection: connections[transfer.source.connection] ?? "" },
    target: { ...transfer.target, connection: connections[transfer.target.connection] ?? "" },
  }));

export interface MappingRow {
  /** Place in the definition, as issues name it. */
  readonly path: string;
  readonly field: string;
  /** Target relation of the lines; null for the header. */
  readonly lines: string | null;
  readonly mapping: Mapping;
}

/** All mappings of a transfer in their order, header first. */
export const listMappings = (transfer: TransferDefinition): MappingRow[] => [
  ...Object.entries(transfer.mappings).map(([field, mapping]) => ({
    path: `mappings.${field}`,
    field,
    lines: null,
    mapping,
  })),
  ...(transfer.lines ?? []).flatMap((each, index) =>
    Object.entries(each.mappings).map(([field, mapping]) => ({
      path: `lines.${index}.mappings.${field}`,
      field,
      lines: each.target,
      mapping,
    })),
  ),
];
