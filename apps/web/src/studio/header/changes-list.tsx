/** Changes between two definitions in words, each with its text before and after. */
import { Code, Stack, Text } from "@mantine/core";
import type { DefinitionChange } from "@fieldbridge/model";

export function ChangesList({ changes }: { readonly changes: readonly DefinitionChange[] }) {
  if (changes.length === 0)
    return (
      <Text size="sm" c="dimmed">
        No difference.
      </Text>
    );
  return (
    <Stack gap={8} component="ul" m={0} pl={0} style={{ listStyle: "none" }}>
      {changes.map((change) => (
        <li key={change.path}>
          <Text size="sm" fw={600}>
            {change.words}
          </Text>
          {change.before === null ? null : (
            <Code
              block
              fz="xs"
              style={{ textDecoration: "line-through", whiteSpace: "pre-wrap" }}
              aria-label="Before"
            >
              {change.before}
            </Code>
          )}
          {change.after === null ? null : (
            <Code block fz="xs" style={{ whiteSpace: "pre-wrap" }} aria-label="After">
              {change.after}
            </Code>
          )}
        </li>
      ))}
    </Stack>
  );
}
