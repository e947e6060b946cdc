/** Whether a value map knows a value by now, so that a repaired cause shows as repaired, also after a reload. */
import type { Issue, ValueMap } from "@fieldbridge/model";
import { useApi } from "../../api/index.ts";

/** The entry; null where the map has none; undefined while that is not known. */
export function useEntryOf(unknown: Issue["valueMap"]): ValueMap["entries"][number] | null | undefined {
  const map = useApi(
    "getValueMap",
    { params: { name: unknown?.map ?? "" } },
    { enabled: unknown !== undefined },
  );
  if (unknown === undefined) return null;
  if (map.isError) return null;
  if (map.data === undefined) return undefined;
  return map.data.entries.find((entry) => entry.from === unknown.key) ?? null;
}
