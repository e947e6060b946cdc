/** Held records of several transfers grouped by what caused them. */
import type { HeldRecord, IssueClass } from "@fieldbridge/model";

export interface CauseGroup {
  readonly signature: string;
  readonly title: string;
  readonly class: IssueClass;
  readonly count: number;
}

/** Largest group first; the first record of a group names it. */
export function groupByCause(records: readonly HeldRecord[]): CauseGroup[] {
  const groups = new Map<string, CauseGroup>();
  for (const record of records) {
    const known = groups.get(record.signature);
    groups.set(record.signature, {
      signature: record.signature,
      title: known?.title ?? record.issues[0]?.message ?? "No reason was stored",
      class: record.class,
      count: (known?.count ?? 0) + 1,
    });
  }
  return [...groups.values()].sort((left, right) => right.count - left.count);
}
