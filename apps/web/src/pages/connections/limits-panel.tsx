/** What this connection may use of its system's limits, over all runs and workers together; blank takes the usual. */
import { Button, Group, NumberInput, Stack, Text } from "@mantine/core";
import type { Connection } from "@fieldbridge/model";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { ActionError, Panel } from "../../kit/index.ts";
import { limitFields, toLimits, withLimits } from "./connection-limits.ts";

export function LimitsPanel({ connection }: { connection: Connection }) {
  const fields = limitFields[connection.config.system];
  const stored = toLimits(connection.config);
  const [values, setValues] = useState(stored);
  const save = useApiMutation("updateConnection", { invalidates: ["getConnection", "listConnections"] });
  const isChanged = fields.some((field) => values[field.name] !== stored[field.name]);
  return (
    <Panel title="Limits">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({
            params: { id: connection.id },
            body: {
              name: connection.name,
              environment: connection.environment,
              config: withLimits(connection.config, values),
              secrets: {},
            },
          });
        }}
      >
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            All transfers and workers share them. Leave a field empty to use the number shown in it.
          </Text>
          {fields.map((field) => (
            <NumberInput
              key={field.name}
              label={field.label}
              description={field.hint}
              placeholder={String(field.usual)}
              suffix={field.suffix ?? ""}
              min={field.min}
              max={field.max}
              allowDecimal={false}
              clampBehavior="strict"
              thousandSeparator=","
              value={values[field.name] ?? ""}
              onChange={(value) =>
                setValues({ ...values, [field.name]: typeof value === "number" ? value : undefined })
              }
            />
          ))}
          {save.error ? <ActionError error={save.error} what="The limits were not stored" /> : null}
          <Group gap="sm">
            <Button type="submit" variant="default" disabled={!isChanged} loading={save.isPending}>
              Save limits
            </Button>
            <Text size="sm" c="dimmed" role="status">
              {save.isSuccess && !isChanged ? "Saved. The next run uses them." : ""}
            </Text>
          </Group>
        </Stack>
      </form>
    </Panel>
  );
}
