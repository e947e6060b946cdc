/** Entries from a CSV file or pasted text: checked first, line by line, then brought in. */
import { Button, FileButton, Group, Modal, Radio, Stack, Text, Textarea } from "@mantine/core";
import type { StoredValueMap, ValueMapImport } from "@fieldbridge/model";
import { FileUp } from "lucide-react";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ActionError } from "../../kit/index.ts";
import { ImportReport } from "./import-report.tsx";

type Existing = "keep" | "update" | "replace";

const choices: readonly { readonly value: Existing; readonly label: string }[] = [
  { value: "update", label: "Change them to what the file says" },
  { value: "keep", label: "Keep them as they are" },
  { value: "replace", label: "Change them, and remove entries the file does not have" },
];

const countEffects = ({ lines, removed }: ValueMapImport): number =>
  lines.filter(({ state }) => state === "added" || state === "changed").length + removed.length;

function ImportForm({ map, onDone }: { map: StoredValueMap; onDone: (map: StoredValueMap) => void }) {
  const [csv, setCsv] = useState("");
  const [existing, setExisting] = useState<Existing>("update");
  const check = useApiMutation("importValueMap", { invalidates: [] });
  const bringIn = useApiMutation("importValueMap", {
    invalidates: ["listValueMaps", "getValueMap", "listUnknownValues"],
    onSuccess: (done) => onDone(done.map),
  });
  const params = { name: map.name };
  const change = (text: string, mode: Existing): void => {
    setCsv(text);
    setExisting(mode);
    check.reset();
  };
  const report = check.data;
  const effects = report === undefined ? 0 : countEffects(report);
  return (
    <Stack gap="sm">
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" c="dimmed">
          Columns from, to and, if you like, note. A file that was exported here fits.
        </Text>
        <FileButton
          accept=".csv,.txt,text/csv,text/plain"
          onChange={(file) => void file?.text().then((text) => change(text, existing))}
        >
          {(props) => (
            <Button {...props} variant="default" leftSection={<FileUp size={16} aria-hidden />}>
              Choose file
            </Button>
          )}
        </FileButton>
      </Group>
      <Textarea
        label="Lines"
        description="Or paste them here, also straight from Excel."
        rows={7}
        value={csv}
        onChange={(event) => change(event.currentTarget.value, existing)}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
        data-autofocus
      />
      <Radio.Group
        label="Values the map has already"
        value={existing}
        onChange={(value) => change(csv, choices.find((each) => each.value === value)?.value ?? existing)}
      >
        <Stack gap={6} mt={4}>
          {choices.map((each) => (
            <Radio key={each.value} value={each.value} label={each.label} />
          ))}
        </Stack>
      </Radio.Group>
      {report === undefined ? null : <ImportReport report={report} />}
      {check.error ? <ActionError error={check.error} what="The lines cannot be read" /> : null}
      {bringIn.error ? <ActionError error={bringIn.error} what="Nothing was imported" /> : null}
      <Group justify="flex-end">
        <Button
          variant={report === undefined ? "filled" : "default"}
          disabled={csv.trim() === ""}
          loading={check.isPending}
          onClick={() => check.mutate({ params, body: { csv, existing, check: true } })}
        >
          Check
        </Button>
        <Button
          disabled={effects === 0}
          loading={bringIn.isPending}
          onClick={() => bringIn.mutate({ params, body: { csv, existing, check: false } })}
        >
          {effects === 0 ? "Import" : `Import ${countOf(effects, "change")}`}
        </Button>
      </Group>
    </Stack>
  );
}

export interface ImportEntriesProps {
  readonly map: StoredValueMap;
  readonly disabled: boolean;
  readonly onDone: (map: StoredValueMap) => void;
}

export function ImportEntries({ map, disabled, onDone }: ImportEntriesProps) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button variant="default" disabled={disabled} onClick={() => setOpened(true)}>
        Import CSV…
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={`Import into ${map.name}`} size="lg">
        <ImportForm
          map={map}
          onDone={(stored) => {
            setOpened(false);
            onDone(stored);
          }}
        />
      </Modal>
    </>
  );
}
