/** Two ways to begin something new. */
import { Group, Text } from "@mantine/core";
import { ButtonLink, Panel } from "../../kit/index.ts";

export function StartCards() {
  return (
    <Panel title="Start something">
      <Text size="sm" c="dimmed" mb="sm">
        A template brings its mappings and value maps; from scratch you begin with two objects.
      </Text>
      <Group gap="xs">
        <ButtonLink to="/templates" variant="light">
          Use a template
        </ButtonLink>
        <ButtonLink to="/transfers" search={{ new: "1" }} variant="default">
          New transfer
        </ButtonLink>
      </Group>
    </Panel>
  );
}
