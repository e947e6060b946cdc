/** Lists of records as the columns of a set-based statement. */

/** The last one of equal keys counts: a statement may touch each row once. */
export const lastByKey = <T>(items: readonly T[], toKey: (item: T) => string): T[] => [
  ...new Map(items.map((item) => [toKey(item), item])).values(),
];

export const toColumns = <T>(items: readonly T[], ...pick: ((item: T) => unknown)[]): unknown[][] =>
  pick.map((column) => items.map(column));
