/** Search and filters of the two trees. Ancestors of a hit stay, so that a hit is never without its place. */
import type { SourceRow, TargetRow } from "../graph/rows.ts";

export const showFilters = ["all", "mapped", "unmapped", "required", "problems"] as const;
export type ShowFilter = (typeof showFilters)[number];

export const showWords: Record<ShowFilter, string> = {
  all: "All fields",
  mapped: "Mapped",
  unmapped: "Unmapped",
  required: "Required, missing",
  problems: "With problems",
};

const contains = (query: string, ...texts: (string | null | undefined)[]): boolean =>
  texts.some((text) => text?.toLowerCase().includes(query));

export interface SourceFilter {
  readonly query: string;
  readonly show: ShowFilter;
  /** Sample value of a row as text, for searching by value. */
  readonly sampleOf: (row: SourceRow) => string | null;
}

export function filterSourceRows(rows: readonly SourceRow[], filter: SourceFilter): readonly SourceRow[] {
  const query = filter.query.trim().toLowerCase();
  const byUse = filter.show === "mapped" || filter.show === "unmapped";
  if (query === "" && !byUse) return rows;
  const keep = new Set<string>();
  for (const row of rows) {
    if (filter.show === "mapped" && row.used === 0) continue;
    if (filter.show === "unmapped" && row.kind === "field" && row.used > 0) continue;
    if (query !== "" && !contains(query, row.label, row.name, row.field?.description, filter.sampleOf(row)))
      continue;
    keep.add(row.id);
    if (row.parentId !== null) keep.add(row.parentId);
  }
  const byId = new Map(rows.map((row) => [row.id, row]));
  for (const id of Array.from(keep)) {
    for (
      let parent = byId.get(id)?.parentId ?? null;
      parent !== null;
      parent = byId.get(parent)?.parentId ?? null
    )
      keep.add(parent);
  }
  return rows.filter((row) => keep.has(row.id));
}

const passes = (row: TargetRow, show: ShowFilter): boolean => {
  const isMapped = row.mapping !== null || row.mapped > 0;
  switch (show) {
    case "all":
      return true;
    case "mapped":
      return isMapped;
    case "unmapped":
      return !isMapped;
    case "required":
      return row.required && !isMapped;
    case "problems":
      return row.issues.length > 0;
  }
};

export interface TargetFilter {
  readonly query: string;
  readonly show: ShowFilter;
  readonly resultOf: (row: TargetRow) => string | null;
}

export function filterTargetRows(rows: readonly TargetRow[], filter: TargetFilter): readonly TargetRow[] {
  const query = filter.query.trim().toLowerCase();
  return rows.filter(
    (row) =>
      passes(row, filter.show) &&
      (query === "" ||
        contains(
          query,
          row.label,
          row.name,
          row.field?.description,
          row.mapping?.value,
          filter.resultOf(row),
        )),
  );
}

/** The target in the order of the source fields it reads, the rest behind; only the view changes. */
export function lineUp(target: readonly TargetRow[], source: readonly SourceRow[]): readonly TargetRow[] {
  const place = new Map(source.map((row, index) => [row.id, index]));
  const rank = (row: TargetRow): number => {
    const places = row.reads.map((id) => place.get(id) ?? place.get(`${id.split(".")[0]}/`) ?? Infinity);
    return Math.min(Infinity, ...places);
  };
  return target
    .map((row, index) => ({ row, index, rank: rank(row) }))
    .sort((a, b) => (a.rank === b.rank ? a.index - b.index : a.rank - b.rank))
    .map((each) => each.row);
}
