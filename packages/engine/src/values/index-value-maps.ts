/** Value maps as formulas read them, with an ear for the keys they do not list. */
import type { EvalContext } from "@fieldbridge/formula";
import type { ValueMap } from "@fieldbridge/model";

export type MapReader = NonNullable<EvalContext["mapValue"]>;

/** Value maps made ready to be read. */
export interface ValueMapIndex {
  /** The value a map gives for a key, or its default. */
  readonly read: MapReader;
  /** The same, and tells of every key that a map does not list, whether it has a default or not. */
  readonly readNoting: (note: (map: string, key: string) => void) => MapReader;
}

export function indexValueMaps(valueMaps: readonly ValueMap[]): ValueMapIndex {
  const byName = new Map(
    valueMaps.map((map) => [
      map.name,
      { entries: new Map(map.entries.map(({ from, to }) => [from, to])), fallback: map.default },
    ]),
  );
  return {
    read: (name, key) => {
      const map = byName.get(name);
      return map?.entries.get(key) ?? map?.fallback;
    },
    readNoting: (note) => (name, key) => {
      const map = byName.get(name);
      const found = map?.entries.get(key);
      if (map !== undefined && found === undefined) note(name, key);
      return found ?? map?.fallback;
    },
  };
}
