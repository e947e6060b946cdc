/** Fixed on all tabs: name, state of the draft, undo and redo by name, and the three things one does with it. */
import { ActionIcon, Button, Group, Tooltip } from "@mantine/core";
import type { Transfer } from "@fieldbridge/model";
import { FileCheck, FilePen, Link2, ListChecks, Redo2, ScanEye, Undo2, Upload } from "lucide-react";
import { IconLink, StatusBadge } from "../../kit/index.ts";
import { NextRun } from "../../pages/schedules/next-run.tsx";
import { useDraft } from "../session/studio-context.tsx";
import { RenameTitle } from "./rename-title.tsx";
import { RunMenu } from "./run-menu.tsx";
import { SaveStateText } from "./save-state.tsx";
import classes from "./header.module.css";

export interface TopBarProps {
  readonly transfer: Transfer;
  readonly errorCount: number;
  readonly problemCount: number;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onPreview: () => void;
  readonly onPublish: () => void;
  readonly onProblems: () => void;
  readonly problemsShown: boolean;
}

export function TopBar(props: TopBarProps) {
  const { transfer } = props;
  const undo = useDraft((state) => state.past.at(-1)?.name ?? null);
  const redo = useDraft((state) => state.future[0]?.name ?? null);
  const changeCount = useDraft((state) => state.changeCount);
  const changed = transfer.changed || changeCount > 0;
  return (
    <div className={classes.bar}>
      <RenameTitle />
      {transfer.published === null ? (
        <StatusBadge tone="gray" icon={FilePen}>
          Draft
        </StatusBadge>
      ) : changed ? (
        <StatusBadge tone="blue" icon={FilePen}>{`Draft after v${transfer.published}`}</StatusBadge>
      ) : (
        <StatusBadge tone="green" icon={FileCheck}>{`Published v${transfer.published}`}</StatusBadge>
      )}
      <SaveStateText />
      <NextRun transferId={transfer.id} />
      <Group gap={6} ml="auto">
        <Tooltip label={undo === null ? "Nothing to undo" : `Undo: ${undo}`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={undo === null ? "Undo" : `Undo: ${undo}`}
            aria-disabled={undo === null}
            {...(undo === null && { "data-disabled": true })}
            onClick={props.onUndo}
          >
            <Undo2 size={17} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={redo === null ? "Nothing to redo" : `Redo: ${redo}`}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            aria-label={redo === null ? "Redo" : `Redo: ${redo}`}
            aria-disabled={redo === null}
            {...(redo === null && { "data-disabled": true })}
            onClick={props.onRedo}
          >
            <Redo2 size={17} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Links and reading position">
          <IconLink
            variant="subtle"
            color="gray"
            size={32}
            aria-label="Links and reading position"
            to="/transfers/$id/links"
            params={{ id: transfer.id }}
          >
            <Link2 size={17} aria-hidden />
          </IconLink>
        </Tooltip>
        <Button
          size="xs"
          variant={props.problemsShown ? "light" : "subtle"}
          color="gray"
          aria-pressed={props.problemsShown}
          leftSection={<ListChecks size={16} aria-hidden />}
          onClick={props.onProblems}
        >
          {props.problemCount === 0 ? "Checklist" : `${props.problemCount} to do`}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<ScanEye size={16} aria-hidden />}
          onClick={props.onPreview}
          title="Ctrl+Enter"
        >
          Preview
        </Button>
        <RunMenu transferId={transfer.id} published={transfer.published} changed={changed} />
        <Button
          size="xs"
          leftSection={<Upload size={16} aria-hidden />}
          disabled={transfer.published !== null && !changed}
          onClick={props.onPublish}
          title={props.errorCount > 0 ? `${props.errorCount} errors must be solved first` : "Ctrl+Shift+P"}
        >
          Publish
        </Button>
      </Group>
    </div>
  );
}
