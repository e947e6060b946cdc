/** One value through a value map, exactly as MAPVALUE would. */
import type { ValueMap } from "@fieldbridge/model";

export type Translation =
  | { readonly state: "listed"; readonly to: string }
  /** `close` is a listed value that differs in capitals or spaces only. */
  | { readonly state: "default"; readonly to: string; readonly close?: string | undefined }
  | { readonly state: "unknown"; readonly close?: string | undefined };

const plain = (text: string): string => text.replace(/\s+/g, "").toLowerCase();

export function translateValue(map: Pick<ValueMap, "entries" | "default">, value: string): Translation {
  const entry = map.entries.find((each) => each.from === value);
  if (entry !== undefined) return { state: "listed", to: entry.to };
  const close = map.entries.find((each) => plain(each.from) === plain(value))?.from;
  return map.default === undefined
    ? { state: "unknown", close }
    : { state: "default", to: map.default, close };
}
