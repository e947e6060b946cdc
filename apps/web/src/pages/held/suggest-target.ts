/** A guess at the target of an unknown value: the listed code that reads the same without case and punctuation. */
import type { ValueMap } from "@fieldbridge/model";

const plain = (text: string): string =>
  text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");

/** The target to propose; empty where nothing is close, because a wrong proposal is worse than none. */
export function suggestTarget(map: ValueMap, value: string): string {
  const wanted = plain(value);
  if (wanted === "") return "";
  const { entries } = map;
  const same = (text: string): boolean => plain(text) === wanted;
  const near = (text: string): boolean =>
    plain(text) !== "" && (wanted.startsWith(plain(text)) || plain(text).startsWith(wanted));
  return (
    (entries.find((entry) => same(entry.to)) ?? entries.find((entry) => same(entry.from)))?.to ??
    (wanted.length >= 3 ? (entries.find((entry) => near(entry.to) || near(entry.from))?.to ?? "") : "")
  );
}
