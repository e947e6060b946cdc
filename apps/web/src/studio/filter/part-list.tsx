/** The conditions of a filter that is edited as a formula, each with where it is evaluated. */
import { Code, Group, Stack } from "@mantine/core";
import { ConditionMark } from "./condition-mark.tsx";
import type { FilterPart } from "./split-conditions.ts";

export function PartList({ parts }: { readonly parts: readonly FilterPart[] }) {
  if (parts.length === 0) return null;
  return (
    <Stack gap={6} component="ul" m={0} pl={0} style={{ listStyle: "none" }} aria-label="Conditions">
      {parts.map((part) => (
        <li key={part.text}>
          <Group gap="xs">
            <Code>{part.text}</Code>
            <ConditionMark part={part} />
          </Group>
        </li>
      ))}
    </Stack>
  );
}
