/** Going back to a moment or the beginning: first how many records that reads again, then the confirmation. */
import { Button, Group, Radio, Stack, Text, TextInput } from "@mantine/core";
import type { RunParameters } from "@fieldbridge/model";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { formatInZone, toInstant } from "../../format/zoned-time.ts";
import { ActionError, Banner, ConfirmDialog } from "../../kit/index.ts";

export interface GoBackDialogProps {
  readonly transferId: string;
  /** Each set of values has a reading position of its own. */
  readonly parameters: RunParameters;
  /** How far it has read; going forward would leave records out. */
  readonly place: string;
  readonly zone: string;
  readonly onClose: () => void;
}

type Kind = "moment" | "beginning";

export function GoBackDialog({ transferId, parameters, place, zone, onClose }: GoBackDialogProps) {
  const [kind, setKind] = useState<Kind>("moment");
  const [local, setLocal] = useState("");
  const params = { id: transferId };
  const preview = useApiMutation("previewCursor");
  const move = useApiMutation("moveCursor", { invalidates: ["getCursor"], onSuccess: onClose });
  const from = kind === "beginning" ? null : toInstant(local, zone);
  const isLater = from !== null && Date.parse(from) > Date.parse(place);
  const isReady = kind === "beginning" || (from !== null && !isLater);
  /** Another choice makes the count of the one before moot. */
  const change = (set: () => void): void => {
    preview.reset();
    move.reset();
    set();
  };
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title="Go back and read again"
      confirmLabel={kind === "beginning" ? "Go back to the beginning" : "Go back"}
      disabled={!isReady || preview.data === undefined}
      loading={move.isPending}
      error={move.error}
      onConfirm={() => move.mutate({ params, body: { from, parameters } })}
    >
      <Radio.Group
        label="Where shall the next run start?"
        value={kind}
        onChange={(value) => change(() => setKind(value === "beginning" ? "beginning" : "moment"))}
      >
        <Stack gap={8} mt={6}>
          <Radio value="moment" label="At a moment" />
          <Radio value="beginning" label="At the beginning: every record is read again" />
        </Stack>
      </Radio.Group>
      {kind === "moment" ? (
        <TextInput
          type="datetime-local"
          step={1}
          label={`Moment (${zone})`}
          description={`The transfer has read up to ${formatInZone(place, zone)}.`}
          error={isLater ? "That lies ahead: records in between would be left out." : undefined}
          value={local}
          onChange={(event) => {
            const { value } = event.currentTarget;
            change(() => setLocal(value));
          }}
          data-autofocus
        />
      ) : null}
      <Group>
        <Button
          variant="default"
          disabled={!isReady}
          loading={preview.isPending}
          onClick={() => preview.mutate({ params, body: { from, parameters } })}
        >
          Count what is read again
        </Button>
      </Group>
      {preview.error ? <ActionError error={preview.error} what="The records were not counted" /> : null}
      {preview.data === undefined ? null : (
        <Banner
          kind="info"
          title={`${preview.data.more ? "More than " : ""}${countOf(preview.data.count, "record")} would be read again`}
        >
          <Text size="sm">
            Those whose values equal what was sent last are found unchanged and not written. The links stay,
            so nothing is created twice. Nothing runs yet: the next run starts from there.
          </Text>
        </Banner>
      )}
    </ConfirmDialog>
  );
}
