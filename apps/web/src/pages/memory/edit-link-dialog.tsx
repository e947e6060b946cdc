/** Links one source record to one target record by hand: an import of a single line. */
import { Text, TextInput } from "@mantine/core";
import { writeCsv, type LinkImport, type Transfer, type TransferLink } from "@fieldbridge/model";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { Banner, ConfirmDialog } from "../../kit/index.ts";
import { ParameterFields } from "../../parameters/parameter-fields.tsx";
import { useParameterValues, usePublishedParameters } from "../../parameters/use-parameter-values.ts";
import { FindTarget } from "./find-target.tsx";

export interface EditLinkDialogProps {
  readonly transfer: Transfer;
  /** Null to link a record that has no link yet. */
  readonly link: TransferLink | null;
  readonly onClose: () => void;
}

export function EditLinkDialog({ transfer, link, onClose }: EditLinkDialogProps) {
  const [sourceKey, setSourceKey] = useState(link?.sourceKey ?? "");
  const parameters = useParameterValues(transfer.id, usePublishedParameters(transfer.id, transfer.published));
  const [targetKey, setTargetKey] = useState("");
  const [refused, setRefused] = useState<LinkImport["refused"]>([]);
  const save = useApiMutation("importLinks", {
    invalidates: ["listLinks"],
    onSuccess: (report) => (report.refused.length === 0 ? onClose() : setRefused(report.refused)),
  });
  const csv = writeCsv([
    ["sourceKey", "targetKey"],
    [sourceKey.trim(), targetKey.trim()],
  ]);
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={link === null ? "Link two records" : `Link ${link.sourceKey} to another record`}
      confirmLabel="Link"
      disabled={sourceKey.trim() === "" || targetKey.trim() === ""}
      loading={save.isPending}
      error={save.error}
      onConfirm={() =>
        save.mutate({
          params: { id: transfer.id },
          body: { csv, parameters: link?.parameters ?? parameters.values },
        })
      }
    >
      {link === null && parameters.isAsked ? <ParameterFields asked={parameters} /> : null}
      {link === null ? (
        <TextInput
          label="Key of the source record"
          value={sourceKey}
          maxLength={400}
          onChange={(event) => setSourceKey(event.currentTarget.value)}
          data-autofocus
        />
      ) : (
        <Text size="sm">Linked to {link.targetKey ?? "no record that is known"} now.</Text>
      )}
      <FindTarget target={transfer.definition.target} value={targetKey} onChange={setTargetKey} />
      {refused.map((each) => (
        <Banner key={each.line} kind="error" title={each.reason} />
      ))}
      <Text size="sm" c="dimmed">
        Nothing is written now. The next run that reads the source record compares it with this target record
        and updates that one where it differs.
      </Text>
    </ConfirmDialog>
  );
}
