/** A question before something that writes: what happens, to which records, and one button that says the verb. */
import { Button, Group, Modal, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { ActionError } from "./states.tsx";

export interface ConfirmDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  readonly title: string;
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly onConfirm: () => void;
  readonly loading?: boolean;
  readonly error?: unknown;
  readonly danger?: boolean;
  readonly disabled?: boolean;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  return (
    <Modal opened={props.opened} onClose={props.onClose} title={props.title}>
      <Stack gap="md">
        {props.children}
        {props.error === undefined || props.error === null ? null : (
          <ActionError error={props.error} what="That did not work" />
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            Cancel
          </Button>
          <Button
            {...(props.danger ? { color: "red" } : {})}
            loading={props.loading ?? false}
            disabled={props.disabled ?? false}
            onClick={props.onConfirm}
            data-autofocus
          >
            {props.confirmLabel}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
