/** The transfers touched last. */
import { Group, Text } from "@mantine/core";
import type { Home } from "@fieldbridge/model";
import { Panel, TextLink, TimeText } from "../../kit/index.ts";
import classes from "./home.module.css";

export function Continue({ transfers }: { transfers: Home["transfers"] }) {
  return (
    <Panel title="Continue where you were">
      <ul className={classes.lines}>
        {transfers.slice(0, 6).map((each) => (
          <li key={each.id}>
            <Group justify="space-between" gap="xs" wrap="nowrap" mih={32}>
              <TextLink to="/transfers/$id/$tab" params={{ id: each.id, tab: "map" }}>
                {each.name}
              </TextLink>
              <Text span size="sm" c="dimmed" style={{ whiteSpace: "nowrap" }}>
                <TimeText at={each.updatedAt} />
              </Text>
            </Group>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
