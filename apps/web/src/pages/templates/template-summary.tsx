/** What the template will make, always in view beside the steps. */
import { List, Stack, Text, Title } from "@mantine/core";
import type { Connection, Template } from "@fieldbridge/model";
import { countOf } from "../../format/number.ts";
import { FromTo, FormulaText, Panel } from "../../kit/index.ts";
import { countMappings, withConnections } from "./template-words.ts";

export interface TemplateSummaryProps {
  readonly template: Template;
  readonly chosen: Readonly<Record<string, string>>;
  readonly connections: readonly Connection[];
}

export function TemplateSummary({ template, chosen, connections }: TemplateSummaryProps) {
  return (
    <Panel title="What you get" style={{ position: "sticky", top: 72 }}>
      <Stack gap="md">
        {withConnections(template, chosen).map((transfer) => (
          <Stack gap={6} key={transfer.id}>
            <FromTo definition={transfer} connections={connections} />
            {transfer.filter === undefined ? null : (
              <Text size="sm">
                Takes records where <FormulaText formula={transfer.filter} />
              </Text>
            )}
          </Stack>
        ))}
        <Text size="sm">
          {countOf(template.transfers.length, "transfer")} with {countOf(countMappings(template), "mapping")}{" "}
          and {countOf(template.valueMaps.length, "value map")}. Everything can be changed afterwards.
        </Text>
        {template.lessons.length === 0 ? null : (
          <div>
            <Title order={3} size="h6" mb={4}>
              What you will meet on the sandboxes
            </Title>
            <List size="sm" spacing={4}>
              {template.lessons.map((lesson) => (
                <List.Item key={lesson}>{lesson}</List.Item>
              ))}
            </List>
          </div>
        )}
        <Text size="sm" c="dimmed">
          Nothing is created or written before you press the last button.
        </Text>
      </Stack>
    </Panel>
  );
}
