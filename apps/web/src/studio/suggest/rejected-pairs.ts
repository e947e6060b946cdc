/** Pairs a person turned down for one transfer, remembered in this browser. */
import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";

export function useRejectedPairs(transferId: string): readonly [ReadonlySet<string>, (pair: string) => void] {
  const [pairs, setPairs] = useLocalStorage<string[]>({
    key: `fieldbridge.rejected.${transferId}`,
    defaultValue: [],
  });
  const set = useMemo(() => new Set(pairs), [pairs]);
  return [set, (pair) => setPairs((before) => [...before, pair])];
}
