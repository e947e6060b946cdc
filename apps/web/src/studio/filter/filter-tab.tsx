/** What is read and which of it: connections and objects, change detection, the filter with its effect on real records. */
import { Select, Stack } from "@mantine/core";
import type { Changes, TransferEdit } from "@fieldbridge/model";
import { Panel } from "../../kit/index.ts";
import { useLive, useTransferContext } from "../data/use-transfer-context.ts";
import { useSamples } from "../samples/use-samples.ts";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";
import { FilterEditor } from "./filter-editor.tsx";
import { ObjectPicker } from "./object-picker.tsx";
import { SamplePanel } from "./sample-panel.tsx";
import classes from "../studio-page.module.css";

const nothingOpen: ReadonlySet<string> = new Set();

/** No field has this name. */
const byFeed = "(feed)";

const describeChanges = ({ by }: Changes): string => {
  switch (by) {
    case "all":
      return "Every run reads all records; those that did not change are not written again";
    case "watermark":
      return "A run reads what is new or changed since the last run; deletions are found through the links";
    case "feed":
      return "The source itself lists changes and deletions; if its list ends too early, all records are compared once";
  }
};

export function FilterTab() {
  const { schemas, session } = useStudio();
  const definition = useDefinition();
  const apply = useApply();
  const context = useTransferContext(definition, schemas);
  const samples = useSamples(definition, schemas.source, nothingOpen, session.read);
  const { live, scope } = useLive(context, definition, "filter", null);
  const { source, target, filter = "", changes } = definition;
  const schema = schemas.source[source.object];
  const record = samples.records[0]?.row ?? null;
  const stampFields = schema?.fields.filter((field) => field.type === "datetime") ?? [];
  const chooseChanges = (value: string | null) => {
    const edit: TransferEdit =
      value === null || value === ""
        ? { type: "set-changes", changes: { by: "all" } }
        : value === byFeed
          ? { type: "set-changes", changes: { by: "feed" } }
          : { type: "set-changes", changes: { by: "watermark", field: value } };
    apply("Change detection", [edit]);
  };
  const chooseSource = (connection: string, object: string) =>
    apply(object === "" ? "Choose source connection" : `Read ${object}`, [
      { type: "set-source", source: { connection, object } },
    ]);
  const chooseTarget = (connection: string, object: string) =>
    apply(object === "" ? "Choose target connection" : `Write ${object}`, [
      { type: "set-target", target: { connection, object } },
    ]);

  return (
    <div className={classes.form}>
      <Stack gap="md" maw={1280} mx="auto">
        <Panel title="From and to">
          <Stack gap="md">
            <ObjectPicker
              title="Read from"
              connection={source.connection}
              object={source.object}
              writableOnly={false}
              onChange={chooseSource}
            />
            <ObjectPicker
              title="Write to"
              connection={target.connection}
              object={target.object}
              writableOnly
              onChange={chooseTarget}
            />
          </Stack>
        </Panel>
        {source.object === "" ? null : (
          <Panel title="Which records">
            <Stack gap="md">
              <Select
                label="What counts as changed"
                description={describeChanges(changes)}
                maw={520}
                allowDeselect={false}
                value={changes.by === "watermark" ? changes.field : changes.by === "feed" ? byFeed : ""}
                data={[
                  { value: "", label: "Read everything each time" },
                  ...(schema?.feed === true || changes.by === "feed"
                    ? [{ value: byFeed, label: "Changed since the last run, as the source lists it" }]
                    : []),
                  ...stampFields.map((field) => ({
                    value: field.name,
                    label: `Changed since the last run, by ${field.label}`,
                  })),
                ]}
                onChange={chooseChanges}
              />
              <FilterEditor filter={filter} live={live} scope={scope} record={record} />
            </Stack>
          </Panel>
        )}
        {source.object === "" ? null : <SamplePanel samples={samples} filter={filter} />}
      </Stack>
    </div>
  );
}
