/** What becomes of the target record when its source record disappears: nothing, a flag, or a delete behind a guard. */
import { NumberInput, Radio, Stack, Text } from "@mantine/core";
import { formatSegment } from "@fieldbridge/formula";
import { defaultGuardPercent, type Removals } from "@fieldbridge/model";
import { useMemo } from "react";
import { Banner, IssueText, Panel } from "../../kit/index.ts";
import { useLive, useTransferContext } from "../data/use-transfer-context.ts";
import { FormulaField } from "../formula-editor/formula-field.tsx";
import { toVocabulary } from "../formula-editor/vocabulary.ts";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";
import { FlagValues } from "./flag-values.tsx";
import { changeMode, setGuard, setScope, type ActiveRemovals } from "./removal-rules.ts";

export function RemovalsPanel() {
  const { issues } = useStudio();
  const definition = useDefinition();
  const apply = useApply();
  const removals: Removals = definition.removals ?? { mode: "ignore" };
  const save = (name: string, next: Removals, mergeKey?: string) =>
    apply(
      name,
      [{ type: "set-removals", removals: next.mode === "ignore" ? null : next }],
      mergeKey === undefined ? undefined : { mergeKey },
    );
  const own = issues.filter((each) => each.path === "removals" || each.path.startsWith("removals."));
  return (
    <Panel title="When a record disappears from the source">
      <Stack gap="md">
        <Radio.Group
          label="Its record in the target"
          value={removals.mode}
          onChange={(mode) => save("Removals", changeMode(removals, mode))}
        >
          <Stack gap={6} mt={6}>
            <Radio value="ignore" label="stays as it is" />
            <Radio value="flag" label="is flagged: the fields you choose are filled" />
            <Radio value="delete" label="is deleted" />
          </Stack>
        </Radio.Group>
        {removals.mode === "ignore" ? null : <Rules removals={removals} save={save} />}
        {own.map((issue) => (
          <IssueText key={`${issue.code}${issue.path}${issue.message}`} issue={issue} />
        ))}
      </Stack>
    </Panel>
  );
}

function Rules({
  removals,
  save,
}: {
  removals: ActiveRemovals;
  save: (name: string, next: Removals, mergeKey?: string) => void;
}) {
  const { schemas } = useStudio();
  const definition = useDefinition();
  const context = useTransferContext(definition, schemas);
  const { live, scope } = useLive(context, definition, "filter", null);
  const vocabulary = useMemo(() => toVocabulary(scope, () => null, formatSegment), [scope]);
  const percent = removals.guardPercent ?? defaultGuardPercent;
  return (
    <>
      {removals.mode === "delete" ? (
        <Banner kind="warning" title="Records are deleted in the target">
          Only records that this transfer has linked itself are ever deleted, and never more at once than the
          share below.
        </Banner>
      ) : (
        <FlagValues
          values={removals.values ?? {}}
          onChange={(name, values) => save(name, { ...removals, values })}
        />
      )}
      <div>
        <FormulaField
          label="A record also counts as removed when it no longer meets"
          value={removals.scope ?? ""}
          placeholder="A condition such as IsActive, or empty: only when it is gone"
          vocabulary={vocabulary}
          check={(text) => live.check(text, { name: "scope", label: "Scope", type: "boolean" }).issues}
          onApply={(text) => save("Scope of removals", setScope(removals, text))}
        />
        <Text size="xs" c="dimmed" mt={4}>
          This is not the filter: a record that leaves the filter is left alone in the target.
        </Text>
      </div>
      <NumberInput
        label="Ask a person above this share of the linked records"
        description="If more have disappeared at once, nothing is removed: the run stops, shows them and waits for a confirmation"
        suffix=" %"
        maw={420}
        min={1}
        max={100}
        allowDecimal={false}
        clampBehavior="strict"
        value={percent}
        onChange={(value) => save("Removal guard", setGuard(removals, value), "removal-guard")}
      />
    </>
  );
}
