/** Totals to compare: sums that must be equal on both sides, shown in the report of every run. */
import { ActionIcon, Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { formatSegment, type FieldShape } from "@fieldbridge/formula";
import type { Total } from "@fieldbridge/model";
import { Plus, Trash2 } from "lucide-react";
import { useMemo } from "react";
import { IssueText, Panel } from "../../kit/index.ts";
import { useLive, useTransferContext } from "../data/use-transfer-context.ts";
import { FormulaField } from "../formula-editor/formula-field.tsx";
import { toVocabulary } from "../formula-editor/vocabulary.ts";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";
import classes from "./behaviour.module.css";

const MOST_TOTALS = 10;

const amountField: FieldShape = { name: "amount", label: "Amount", type: "number", nullable: true };
const groupField: FieldShape = { name: "by", label: "Divided by", type: "text", nullable: true };

export function TotalsPanel() {
  const { schemas, issues } = useStudio();
  const definition = useDefinition();
  const apply = useApply();
  const context = useTransferContext(definition, schemas);
  const { live, scope } = useLive(context, definition, "total", null);
  const vocabulary = useMemo(() => toVocabulary(scope, () => null, formatSegment), [scope]);
  const totals = definition.totals ?? [];
  const save = (name: string, next: readonly Total[], mergeKey?: string) =>
    apply(
      name,
      [{ type: "set-totals", totals: [...next] }],
      mergeKey === undefined ? undefined : { mergeKey },
    );
  const change = (index: number, name: string, next: Total, mergeKey?: string) =>
    save(name, totals.with(index, next), mergeKey);
  return (
    <Panel
      title="Totals to compare"
      actions={
        totals.length >= MOST_TOTALS ? null : (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<Plus size={14} aria-hidden />}
            onClick={() =>
              save("Add total", [...totals, { label: `Total ${totals.length + 1}`, source: "", target: "" }])
            }
          >
            Add total
          </Button>
        )
      }
    >
      <Text size="sm" mb={totals.length === 0 ? 0 : "md"}>
        Each run sums both sides exactly and shows the difference, so that money that went astray is seen at
        once.{totals.length === 0 ? " No total is compared yet." : ""}
      </Text>
      <Stack gap="lg">
        {totals.map((total, index) => (
          <Stack key={index} gap="sm" className={classes.entry}>
            <Group align="flex-end" gap="sm" wrap="nowrap">
              <TextInput
                label="Name"
                flex={1}
                value={total.label}
                maxLength={100}
                onChange={({ currentTarget: { value } }) => {
                  if (value !== "")
                    change(index, "Name of a total", { ...total, label: value }, `total-${index}`);
                }}
              />
              <ActionIcon
                variant="subtle"
                color="gray"
                size={36}
                aria-label={`Remove the total ${total.label}`}
                onClick={() => save(`Remove total ${total.label}`, totals.toSpliced(index, 1))}
              >
                <Trash2 size={16} aria-hidden />
              </ActionIcon>
            </Group>
            <div className={classes.columns}>
              <FormulaField
                label="Source side"
                value={total.source}
                placeholder="Amount of the source record"
                vocabulary={vocabulary}
                check={(text) => live.check(text, amountField).issues}
                onApply={(source) => change(index, `Source side of ${total.label}`, { ...total, source })}
              />
              <FormulaField
                label="Target side"
                value={total.target}
                placeholder="target. and its amount"
                vocabulary={vocabulary}
                check={(text) => live.check(text, amountField).issues}
                onApply={(target) => change(index, `Target side of ${total.label}`, { ...total, target })}
              />
              <FormulaField
                label="One sum for each (optional)"
                value={total.by ?? ""}
                placeholder="For example the currency"
                vocabulary={vocabulary}
                check={(text) => live.check(text, groupField).issues}
                onApply={(by) => {
                  const { by: _before, ...rest } = total;
                  change(index, `Division of ${total.label}`, by === "" ? rest : { ...rest, by });
                }}
              />
            </div>
            {issues
              .filter((issue) => issue.path.startsWith(`totals.${index}.`))
              .map((issue) => (
                <IssueText key={`${issue.code}${issue.path}${issue.message}`} issue={issue} />
              ))}
          </Stack>
        ))}
      </Stack>
    </Panel>
  );
}
