/** Brings links in from CSV: checked first, with a report per line, and stored only after that. */
import { FileInput, List, ScrollArea, Stack, Text } from "@mantine/core";
import type { LinkImport, Transfer } from "@fieldbridge/model";
import { FileSpreadsheet } from "lucide-react";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { countOf, formatCount } from "../../format/number.ts";
import { ActionError, Banner, ConfirmDialog } from "../../kit/index.ts";
import { describeParameters } from "../../parameters/describe-parameters.ts";
import { ParameterFields } from "../../parameters/parameter-fields.tsx";
import { useParameterValues, usePublishedParameters } from "../../parameters/use-parameter-values.ts";

const mostShown = 200;

function Report({ report }: { report: LinkImport }) {
  const { added, changed, unchanged, refused } = report;
  return (
    <Stack gap="xs">
      <Banner
        kind={refused.length === 0 ? "success" : "warning"}
        title={`${formatCount(added)} added, ${formatCount(changed)} changed, ${formatCount(unchanged)} as before`}
      >
        {refused.length === 0 ? null : (
          <Text size="sm">
            {countOf(refused.length, "line")} cannot be {refused.length === 1 ? "a link" : "links"} and{" "}
            {refused.length === 1 ? "is" : "are"} left out.
          </Text>
        )}
      </Banner>
      {refused.length === 0 ? null : (
        <ScrollArea.Autosize
          mah={220}
          type="auto"
          viewportProps={{ tabIndex: 0, "aria-label": "Lines left out" }}
        >
          <List size="sm">
            {refused.slice(0, mostShown).map((each) => (
              <List.Item key={each.line}>
                Line {each.line}: {each.reason}
              </List.Item>
            ))}
          </List>
          {refused.length > mostShown ? (
            <Text size="sm">and {countOf(refused.length - mostShown, "more line")}</Text>
          ) : null}
        </ScrollArea.Autosize>
      )}
    </Stack>
  );
}

export function ImportLinksDialog({ transfer, onClose }: { transfer: Transfer; onClose: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [csv, setCsv] = useState("");
  const check = useApiMutation("importLinks");
  const save = useApiMutation("importLinks", { invalidates: ["listLinks"], onSuccess: onClose });
  const params = { id: transfer.id };
  const parameters = useParameterValues(transfer.id, usePublishedParameters(transfer.id, transfer.published));
  const choose = async (next: File | null): Promise<void> => {
    setFile(next);
    check.reset();
    save.reset();
    if (next === null) return;
    const text = await next.text();
    setCsv(text);
    check.mutate({ params, body: { csv: text, check: true, parameters: parameters.values } });
  };
  const report = check.data;
  const count = report === undefined ? 0 : report.added + report.changed;
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title="Import links from CSV"
      confirmLabel={count === 0 ? "Import" : `Import ${countOf(count, "link")}`}
      disabled={count === 0}
      loading={check.isPending || save.isPending}
      error={save.error}
      onConfirm={() => save.mutate({ params, body: { csv, parameters: parameters.values } })}
    >
      <Text size="sm">
        One line per link, with the columns <code>sourceKey</code> and <code>targetKey</code> named in the
        first line; other columns are ignored. An export has this form.
      </Text>
      {!parameters.isAsked ? null : file === null ? (
        <ParameterFields asked={parameters} />
      ) : (
        <Text size="sm">For {describeParameters(parameters.values)}.</Text>
      )}
      <FileInput
        label="CSV file"
        disabled={Object.keys(parameters.problems).length > 0}
        placeholder="Choose a file"
        accept=".csv,text/csv"
        leftSection={<FileSpreadsheet size={16} aria-hidden />}
        clearable
        clearButtonProps={{ "aria-label": "Take the file away" }}
        value={file}
        onChange={(next) => void choose(next)}
      />
      {check.error ? <ActionError error={check.error} what="The file was not understood" /> : null}
      {report === undefined ? null : <Report report={report} />}
      <Text size="sm" c="dimmed">
        Nothing is written to the systems. A changed link is compared with its new target record by the next
        run that reads it.
      </Text>
    </ConfirmDialog>
  );
}
