/** What a run has to be told before it starts: its parameters, and the keys where single records are meant. */
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import type { RunScope } from "@fieldbridge/model";
import { useState } from "react";
import { ActionError } from "../../kit/index.ts";
import { ParameterFields } from "../../parameters/parameter-fields.tsx";
import type { ParameterValues } from "../../parameters/use-parameter-values.ts";

/** A null scope asks for the keys of single records. */
export interface AskedRun {
  readonly title: string;
  readonly scope: RunScope | null;
}

export interface RunDialogProps {
  readonly asked: AskedRun | null;
  readonly published: number | null;
  readonly parameters: ParameterValues;
  readonly isStarting: boolean;
  readonly error: Error | null;
  readonly onClose: () => void;
  readonly onBegin: (scope: RunScope) => void;
}

export function RunDialog({ asked, published, parameters, ...props }: RunDialogProps) {
  const [text, setText] = useState("");
  const keys = text.split(/[\s,;]+/).filter((key) => key !== "");
  const asksKeys = asked !== null && asked.scope === null;
  const scope = asked?.scope ?? (keys.length === 0 ? null : { kind: "records" as const, keys });
  const label = asksKeys
    ? `Run ${keys.length === 0 ? "records" : `${keys.length} ${keys.length === 1 ? "record" : "records"}`}`
    : "Start";
  return (
    <Modal opened={asked !== null} onClose={props.onClose} title={asked?.title ?? ""}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (scope !== null) props.onBegin(scope);
        }}
      >
        <Stack gap="md">
          {asksKeys ? (
            <TextInput
              label="Keys of source records"
              description="Separated by commas or spaces"
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              data-autofocus
            />
          ) : null}
          {parameters.isAsked ? <ParameterFields asked={parameters} /> : null}
          {asksKeys ? (
            <Text size="sm" c="dimmed">
              Exactly these records are read fresh and written with version {published}.
            </Text>
          ) : null}
          {props.error ? <ActionError error={props.error} what="The run was not started" /> : null}
          <Group justify="flex-end">
            <Button variant="default" onClick={props.onClose}>
              Cancel
            </Button>
            <Button
              type="submit"
              disabled={scope === null || Object.keys(parameters.problems).length > 0}
              loading={props.isStarting}
            >
              {label}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
