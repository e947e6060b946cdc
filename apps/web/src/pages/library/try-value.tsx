/** What the map makes of one value, as it stands in the grid, saved or not. */
import { Stack, Text, TextInput } from "@mantine/core";
import type { ValueMap } from "@fieldbridge/model";
import { Check, CircleX, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { MarkIcon, Panel } from "../../kit/index.ts";
import classes from "./library.module.css";
import { translateValue } from "./translate-value.ts";

export function TryValue({ map }: { map: ValueMap }) {
  const [value, setValue] = useState("");
  const result = translateValue(map, value);
  return (
    <Panel title="Try a value">
      <Stack gap={8}>
        <TextInput
          label="Value in the source"
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Text size="sm" component="output" mih="3.1em">
          {value === "" ? (
            <Text span size="sm" c="dimmed">
              Type a value to see what it becomes.
            </Text>
          ) : result.state === "listed" ? (
            <>
              <MarkIcon icon={Check} label="Listed" className={classes.mark} /> becomes{" "}
              <strong>{result.to}</strong>
            </>
          ) : result.state === "default" ? (
            <>
              <MarkIcon icon={TriangleAlert} label="Default" className={classes.mark} /> is not listed, so it
              becomes <strong>{result.to}</strong>
            </>
          ) : (
            <>
              <MarkIcon icon={CircleX} label="Unknown" className={classes.mark} /> is not listed: the record
              would be held, unless the formula has a default
            </>
          )}
          {result.state !== "listed" && result.close !== undefined ? (
            <Text span size="sm" c="dimmed" display="block">
              Listed is “{result.close}”; capitals and spaces count.
            </Text>
          ) : null}
        </Text>
      </Stack>
    </Panel>
  );
}
