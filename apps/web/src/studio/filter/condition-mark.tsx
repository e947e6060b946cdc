/** Where a condition is evaluated: in the source, here, or in both; with the reason where the source cannot. */
import { Badge, Text } from "@mantine/core";
import { Database, MonitorCog } from "lucide-react";
import type { FilterPart } from "./split-conditions.ts";

const words: Record<FilterPart["runs"], string> = {
  source: "Runs in source",
  here: "Runs here, after reading",
  both: "Runs in source, checked again here",
};

export function ConditionMark({ part }: { readonly part: FilterPart }) {
  const Icon = part.runs === "here" ? MonitorCog : Database;
  return (
    <>
      <Badge variant="default" tt="none" leftSection={<Icon size={13} aria-hidden />}>
        {words[part.runs]}
      </Badge>
      {part.reason === null ? null : (
        <Text size="xs" c="dimmed">
          {part.reason}
        </Text>
      )}
    </>
  );
}
