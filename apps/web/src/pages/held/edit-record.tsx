/** "Edit and re-run": source values a person corrects for one attempt; the source keeps its own. */
import { Button, Group, Stack, Switch, Text, TextInput } from "@mantine/core";
import type { HeldRecordDetail, Row, TransferDefinition } from "@fieldbridge/model";
import { Play } from "lucide-react";
import { findOwnSource, type OwnSource } from "@fieldbridge/engine";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ActionError, Banner, Loaded, RowsSkeleton } from "../../kit/index.ts";
import { useOwnName } from "../../state/own-name.ts";
import { useSchemas } from "../../studio/data/use-schemas.ts";
import { readFormula } from "../../studio/graph/read-formula.ts";
import { resolvePath } from "../../studio/graph/resolve-path.ts";
import { CorrectValue, type Corrected } from "./correct-value.tsx";
import classes from "./held.module.css";
import { describePlace, isPlain, listRecordValues, type RecordValue } from "./used-values.ts";

export interface EditRecordProps {
  readonly held: HeldRecordDetail;
  readonly onStarted: (runId: string) => void;
  readonly onCancel: () => void;
}

interface FormProps extends EditRecordProps {
  /** With the values the source itself has. */
  readonly source: Row;
  readonly corrections: OwnSource["corrections"];
  readonly definition: TransferDefinition;
}

/** What the last attempt was corrected with is the start of the next. */
const toCorrected = (corrections: OwnSource["corrections"]): Readonly<Record<string, Corrected>> =>
  Object.fromEntries(
    corrections.flatMap(({ path, after }) => (isPlain(after) ? [[path, after] as const] : [])),
  );

interface ValueGroup {
  readonly heading: string;
  readonly values: readonly RecordValue[];
}

/** What the reason is about first, then the values by their row or relation in the order of the record. */
function groupValues(values: readonly RecordValue[], label: string): ValueGroup[] {
  const groups = new Map<string, RecordValue[]>();
  const headingOf = (value: RecordValue): string =>
    value.isBlamed ? "What the reason is about" : describePlace(value.path) || label;
  for (const value of [...values].sort((a, b) => Number(b.isBlamed) - Number(a.isBlamed)))
    groups.set(headingOf(value), [...(groups.get(headingOf(value)) ?? []), value]);
  return [...groups].map(([heading, each]) => ({ heading, values: each }));
}

function EditForm({ held, source, corrections, definition, onStarted, onCancel }: FormProps) {
  const [corrected, setCorrected] = useState(() => toCorrected(corrections));
  const [all, setAll] = useState(false);
  const [ownName, setOwnName] = useOwnName();
  const [by, setBy] = useState(ownName);
  const { source: schemas } = useSchemas(definition, readFormula);
  const values = listRecordValues(source, definition, held.issues);
  const shown = values.filter((each) => all || each.isUsed || each.path in corrected);
  const unread = values.filter((each) => !each.isUsed).length;
  const changes = Object.keys(corrected).length;
  const edit = useApiMutation("editHeld", {
    invalidates: ["getHeld", "listRuns", "getHome"],
    onSuccess: ({ runs }) => {
      const run = runs[0];
      if (run) onStarted(run.id);
    },
  });
  const correct = (path: string, value: Corrected | undefined): void => {
    const { [path]: _before, ...rest } = corrected;
    setCorrected(value === undefined ? rest : { ...rest, [path]: value });
  };
  const fieldOf = (path: string) =>
    resolvePath(
      schemas[definition.source.object],
      path.split(".").filter((name) => !/^\d+$/.test(name)),
      schemas,
    )?.field ?? undefined;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (changes === 0) return;
        setOwnName(by);
        edit.mutate({
          params: { id: held.id },
          body: { values: { ...corrected }, ...(by.trim() === "" ? {} : { by: by.trim() }) },
        });
      }}
    >
      <Stack gap="sm">
        <Text size="sm">
          Correct what is wrong and run the record once. The source keeps its own values, and a newer value
          there wins.
        </Text>
        <Switch
          size="xs"
          label={`Also show the ${countOf(unread, "value")} that no formula reads`}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
        {groupValues(shown, held.label).map((group) => (
          <fieldset key={group.heading} className={classes.group}>
            <legend>{group.heading}</legend>
            {group.values.map((value) => (
              <CorrectValue
                key={value.path}
                value={value}
                field={fieldOf(value.path)}
                corrected={corrected[value.path]}
                onCorrect={(next) => correct(value.path, next)}
              />
            ))}
          </fieldset>
        ))}
        <TextInput
          size="xs"
          label="Your name"
          description="Stands in the history of the record."
          placeholder="somebody at this computer"
          maw={320}
          value={by}
          onChange={(event) => setBy(event.currentTarget.value)}
        />
        {edit.error ? <ActionError error={edit.error} what="The record was not run" /> : null}
        <div className={classes.stickyActions}>
          <Group gap="xs">
            <Button
              type="submit"
              size="xs"
              leftSection={<Play size={14} aria-hidden />}
              disabled={changes === 0}
              loading={edit.isPending}
            >
              {changes === 0
                ? "Run once with these values"
                : `Run once with ${countOf(changes, "corrected value")}`}
            </Button>
            <Button size="xs" variant="default" onClick={onCancel}>
              Cancel
            </Button>
          </Group>
        </div>
      </Stack>
    </form>
  );
}

export function EditRecord(props: EditRecordProps) {
  const { held } = props;
  const transfer = useApi("getTransfer", { params: { id: held.transferId } });
  const { source, corrections } = findOwnSource(held);
  if (source === null) return <Banner kind="info" title="There is no source record to correct" />;
  return (
    <Loaded query={transfer} what="The transfer" skeleton={<RowsSkeleton rows={6} />}>
      {({ definition }) => (
        <EditForm {...props} source={source} corrections={corrections} definition={definition} />
      )}
    </Loaded>
  );
}
