/** Counts in the reader's own number format, and words that agree with them. */

export const formatCount = (value: number): string => new Intl.NumberFormat().format(value);

/** "1 record", "12 records". */
export const countOf = (value: number, one: string, many = `${one}s`): string =>
  `${formatCount(value)} ${value === 1 ? one : many}`;
