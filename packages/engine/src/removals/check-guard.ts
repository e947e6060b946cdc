/** The guard against mass removals: a source that suddenly shows too little stops the removals, not the records. */
import { toIssue, type Issue } from "@fieldbridge/model";

const toPercent = (part: number, whole: number): string => {
  const percent = (100 * part) / whole;
  return `${percent >= 10 ? Math.floor(percent) : Math.floor(percent * 10) / 10} %`;
};

const count = (value: number): string => value.toLocaleString("en-US");

/**
 * Null where the records that are gone may be removed: within the share the transfer allows, or as many as a person
 * has confirmed. Counted are the records found before anything is removed (I10).
 */
export function checkGuard(
  { linked, gone }: { readonly linked: number; readonly gone: number },
  guardPercent: number,
  confirmed: number | undefined,
): Issue | null {
  if (gone * 100 <= guardPercent * linked || gone <= (confirmed ?? 0)) return null;
  const allowed =
    confirmed === undefined
      ? `the ${guardPercent} % this transfer allows`
      : `the ${count(confirmed)} confirmed`;
  return toIssue(
    "RUN-707",
    "removals",
    `${count(gone)} of ${count(linked)} linked records (${toPercent(gone, linked)}) are gone in the source, more than ${allowed}. Nothing was removed.`,
  );
}
