/** Values of the samples that a value map of the formula does not know, each with the way to add it. */
import { Group, Text } from "@mantine/core";
import { TriangleAlert } from "lucide-react";
import { AddToValueMap } from "../../pages/held/add-to-value-map.tsx";
import type { LiveResult } from "../samples/live-result.ts";
import classes from "./formula-bar.module.css";

export interface UnknownValue {
  readonly map: string;
  readonly key: string;
  /** How many of the results it stops. */
  readonly count: number;
}

/** Each unknown value once, the one seen most first. */
export function findUnknownValues(results: readonly LiveResult[]): UnknownValue[] {
  const found = new Map<string, UnknownValue>();
  for (const { valueMap } of results) {
    if (!valueMap) continue;
    const id = JSON.stringify([valueMap.map, valueMap.key]);
    found.set(id, { ...valueMap, count: (found.get(id)?.count ?? 0) + 1 });
  }
  return [...found.values()].sort((a, b) => b.count - a.count);
}

const shown = 2;

export function UnknownMapValues({ results }: { readonly results: readonly LiveResult[] }) {
  const unknown = findUnknownValues(results);
  return (
    <>
      {unknown.slice(0, shown).map(({ map, key, count }) => (
        <Group key={`${map} ${key}`} gap={6} wrap="nowrap" className={classes.issue} data-severity="warning">
          <TriangleAlert size={15} aria-hidden style={{ flex: "none" }} />
          <Text size="sm">
            Value map {map} does not know “{key}”, seen in {count} of {results.length} samples
          </Text>
          <AddToValueMap map={map} value={key} rerunIds={[]} compact />
        </Group>
      ))}
      {unknown.length > shown ? (
        <Text size="xs" c="dimmed">
          and {unknown.length - shown} more unknown values; All samples shows them
        </Text>
      ) : null}
    </>
  );
}
