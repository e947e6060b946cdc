/** One held record: why it is held and how to repair it, what was read, what was sent, what was answered, step by step. */
import { Table, Tabs, Text } from "@mantine/core";
import type { HeldRecordDetail } from "@fieldbridge/model";
import { useApi } from "../../api/index.ts";
import { toStepName } from "../../format/issue-place.ts";
import { formatText } from "../../format/value.ts";
import { CopyButton, FormulaText, Loaded, RowsSkeleton } from "../../kit/index.ts";
import classes from "./held.module.css";
import { RecordTree } from "./record-tree.tsx";
import { SourceRecord } from "./source-record.tsx";
import { WhyHeld } from "./why-held.tsx";

const tabs = [
  { value: "why", label: "Why" },
  { value: "source", label: "Source record" },
  { value: "sent", label: "Sent" },
  { value: "answer", label: "Answer" },
  { value: "steps", label: "Steps" },
] as const;

function Steps({ held }: { held: HeldRecordDetail }) {
  if (held.trail.steps.length === 0)
    return (
      <Text c="dimmed" size="sm">
        No formula was computed for this record.
      </Text>
    );
  return (
    <Table aria-label="Formulas and their results" layout="fixed" verticalSpacing={4} fz={13}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Field and formula</Table.Th>
          <Table.Th scope="col" w="36%">
            Result
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {held.trail.steps.map((step) => (
          <Table.Tr key={step.path}>
            <Table.Td>
              <Text size="sm" fw={500}>
                {toStepName(step.path)}
              </Text>
              <FormulaText formula={step.formula} />
            </Table.Td>
            <Table.Td style={{ overflowWrap: "anywhere" }}>{formatText(step.value)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

function Answer({ answer }: { answer: string | null }) {
  if (answer === null)
    return (
      <Text c="dimmed" size="sm">
        Nothing was sent to the target, so there is no answer.
      </Text>
    );
  return (
    <>
      <pre className={classes.answer}>{answer}</pre>
      <CopyButton text={answer} label="Copy the answer" />
    </>
  );
}

export interface HeldInspectorProps {
  readonly id: string;
  /** A tab, or `edit` for the source record with its values open for correction. */
  readonly tab: string | undefined;
  readonly onTab: (tab: string) => void;
  /** Held records of the same cause, re-run together. */
  readonly rerunIds: readonly string[];
}

export function HeldInspector({ id, tab, onTab, rerunIds }: HeldInspectorProps) {
  const query = useApi("getHeld", { params: { id } });
  const editing = tab === "edit";
  const active = editing ? "source" : (tabs.find((each) => each.value === tab)?.value ?? "why");
  return (
    <div className={classes.inspector}>
      <Loaded query={query} what="This record" skeleton={<RowsSkeleton rows={5} />}>
        {(held) => (
          <Tabs value={active} onChange={(value) => onTab(value ?? "why")} keepMounted={false}>
            <Tabs.List mb="sm">
              {tabs.map((each) => (
                <Tabs.Tab key={each.value} value={each.value} px="sm">
                  {each.label}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value="why">
              <WhyHeld held={held} rerunIds={rerunIds} onEdit={() => onTab("edit")} />
            </Tabs.Panel>
            <Tabs.Panel value="source">
              <SourceRecord held={held} editing={editing} onEdit={(on) => onTab(on ? "edit" : "source")} />
            </Tabs.Panel>
            <Tabs.Panel value="sent">
              <RecordTree
                row={held.trail.sent}
                label={`Sent for ${held.label}`}
                empty="Nothing was sent: the record failed before it could be written."
              />
            </Tabs.Panel>
            <Tabs.Panel value="answer">
              <Answer answer={held.trail.answer} />
            </Tabs.Panel>
            <Tabs.Panel value="steps">
              <Steps held={held} />
            </Tabs.Panel>
          </Tabs>
        )}
      </Loaded>
    </div>
  );
}
