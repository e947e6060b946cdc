/** Who corrected which values of a held record, when, and which run tried them. */
import { Stack, Text } from "@mantine/core";
import type { HeldEdit } from "@fieldbridge/model";
import { formatCell } from "../../format/value.ts";
import { TextLink, TimeText } from "../../kit/index.ts";
import classes from "./held.module.css";

export function Corrections({ edits }: { edits: readonly HeldEdit[] }) {
  if (edits.length === 0) return null;
  return (
    <section aria-label="Corrections so far">
      <Text size="sm" fw={600} mb={4}>
        Corrections so far
      </Text>
      <Stack gap={8}>
        {edits.map((edit) => (
          <div key={edit.at}>
            <Text size="sm">
              {edit.by}, <TimeText at={edit.at} both />
              {", "}
              {edit.runId === null ? (
                "not tried yet"
              ) : (
                <TextLink to="/runs/$id" params={{ id: edit.runId }}>
                  tried once
                </TextLink>
              )}
            </Text>
            <ul className={classes.changes}>
              {edit.values.map((value) => (
                <li key={value.path}>
                  {value.path}: <del>{formatCell(value.before)}</del> → <ins>{formatCell(value.after)}</ins>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Stack>
    </section>
  );
}
