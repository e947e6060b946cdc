/** Why a record is held, in words of the analyst, with the ways out: value map, mapping, re-run, ignore. */
import { Accordion, Button, Group, Stack, Text } from "@mantine/core";
import type { HeldRecordDetail, Issue } from "@fieldbridge/model";
import { PencilLine, Wrench } from "lucide-react";
import { describeAttempts } from "../../format/held-words.ts";
import { countOf } from "../../format/number.ts";
import { isStepOf, toIssuePlace } from "../../format/issue-place.ts";
import { toTitle } from "../../format/object-words.ts";
import { formatText } from "../../format/value.ts";
import {
  Banner,
  ButtonLink,
  CauseClassBadge,
  CopyButton,
  FormulaText,
  TextLink,
  TimeText,
} from "../../kit/index.ts";
import { describeParameters } from "../../parameters/describe-parameters.ts";
import { useNow } from "../../state/use-now.ts";
import { AddToValueMap } from "./add-to-value-map.tsx";
import { AssignHeld } from "./assign-held.tsx";
import { useEntryOf } from "./use-entry-of.ts";
import classes from "./held.module.css";
import { IgnoreHeld } from "./ignore-held.tsx";
import { ReopenHeld } from "./reopen-held.tsx";
import { RerunButton } from "./rerun-button.tsx";
import { SettleUncertain } from "./settle-uncertain.tsx";
import { WaitsFor } from "./waits-for.tsx";

/** The formula that made the value an issue is about, where the trail knows it. */
const findFormula = (held: HeldRecordDetail, issue: Issue): string | null => {
  const place = toIssuePlace(issue.path);
  return place === null
    ? null
    : (held.trail.steps.find((step) => isStepOf(step.path, place))?.formula ?? null);
};

function Reason({ held, issue }: { held: HeldRecordDetail; issue: Issue }) {
  const place = toIssuePlace(issue.path);
  const formula = findFormula(held, issue);
  const unknown = issue.valueMap;
  return (
    <Stack gap={4}>
      <Text>
        {place === null ? null : (
          <>
            Field <strong>{toTitle(place.field)}</strong>
            {place.lines === null ? "" : " of a line"}
            {": "}
          </>
        )}
        {unknown === undefined ? (
          <>
            {issue.value === undefined ? null : (
              <>
                value <span className={classes.value}>{formatText(issue.value)}</span>.{" "}
              </>
            )}
            {issue.message}
          </>
        ) : (
          <>
            value <span className={classes.value}>{formatText(unknown.key)}</span> is not known in the value
            map <strong>{unknown.map}</strong>.
          </>
        )}
      </Text>
      {formula === null || place === null ? null : (
        <Text size="sm">
          It comes from the mapping <strong>{place.field}</strong> = <FormulaText formula={formula} />
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {unknown === undefined
          ? issue.hint
          : `Add ${unknown.key} to the value map ${unknown.map}, or correct the record in the source.`}
      </Text>
      <Text size="xs" c="dimmed">
        {issue.code}
        {unknown === undefined ? "" : `: ${issue.message}`}
      </Text>
    </Stack>
  );
}

export interface WhyHeldProps {
  readonly held: HeldRecordDetail;
  readonly rerunIds: readonly string[];
  /** Shows the source record, where its values are corrected. */
  readonly onEdit: () => void;
}

function Repair({ held, rerunIds, onEdit }: WhyHeldProps) {
  const unknown = held.issues.find((issue) => issue.valueMap !== undefined)?.valueMap;
  const entry = useEntryOf(unknown);
  const first = held.issues[0];
  const place = first ? toIssuePlace(first.path) : null;
  const needsEntry = unknown !== undefined && entry === null;
  const ids = rerunIds.includes(held.id) ? rerunIds : [held.id];
  return (
    <>
      {unknown !== undefined && entry !== null && entry !== undefined ? (
        <Banner
          kind="success"
          title={
            <>
              The value map {unknown.map} translates “{unknown.key}” to “{entry.to}” now
            </>
          }
        >
          <Text size="sm">Re-run to send what waited for it.</Text>
        </Banner>
      ) : null}
      <Group gap="xs">
        {unknown === undefined || entry !== null ? null : (
          <AddToValueMap map={unknown.map} value={unknown.key} rerunIds={ids} />
        )}
        <RerunButton
          withKey
          ids={ids}
          label={`Re-run ${countOf(ids.length, "held record")}`}
          variant={needsEntry ? "default" : "filled"}
        />
        {held.step === "record" && held.trail.source !== null ? (
          <Button variant="default" leftSection={<PencilLine size={16} aria-hidden />} onClick={onEdit}>
            Edit values
          </Button>
        ) : null}
        <ButtonLink
          variant="default"
          leftSection={<Wrench size={16} aria-hidden />}
          to="/transfers/$id/$tab"
          params={{ id: held.transferId, tab: "map" }}
          search={{
            record: held.sourceKey,
            ...(place === null ? {} : { field: place.field }),
            ...(place?.lines ? { lines: place.lines } : {}),
          }}
        >
          Open mapping
        </ButtonLink>
        <IgnoreHeld ids={[held.id]} what={held.label} />
      </Group>
    </>
  );
}

export function WhyHeld(props: WhyHeldProps) {
  const { held } = props;
  const now = useNow(held.state === "open");
  const parameters = describeParameters(held.parameters);
  return (
    <Stack gap="md">
      <Group gap="xs">
        <Text fw={650} fz="lg">
          {held.label}
        </Text>
        <CauseClassBadge value={held.class} />
      </Group>
      {held.step === "write-back" ? (
        <Banner kind="info" title="The target has this record">
          <Text size="sm">
            Only the answer could not be stored in the source. A re-run repeats just that step.
          </Text>
        </Banner>
      ) : null}
      {held.step === "removal" ? (
        <Banner kind="info" title="The source record is gone">
          <Text size="sm">
            The target did not let its record go. A re-run asks the source once more and tries again.
          </Text>
        </Banner>
      ) : null}
      {held.issues.map((issue) => (
        <Reason key={`${issue.code}-${issue.path}-${issue.message}`} held={held} issue={issue} />
      ))}
      {held.state === "open" ? (
        <>
          <WaitsFor parents={held.waitsFor} />
          {held.class === "uncertain" ? <SettleUncertain held={held} /> : null}
          <Repair {...props} />
        </>
      ) : (
        <Banner
          kind={held.state === "resolved" ? "success" : "info"}
          title={
            held.state === "resolved" ? "Repaired by a later run" : `Ignored: ${held.ignoredReason ?? ""}`
          }
          actions={held.state === "ignored" ? <ReopenHeld held={held} /> : undefined}
        >
          {held.closedAt === null ? null : <TimeText at={held.closedAt} both />}
        </Banner>
      )}
      <Group gap="xs" justify="space-between">
        <Text size="sm">
          {held.assignee === null ? "Nobody looks after it" : `${held.assignee} looks after it`}
        </Text>
        <AssignHeld ids={[held.id]} assignee={held.assignee} label="Assign to…" size="xs" />
      </Group>
      <Text size="sm" c="dimmed">
        {parameters === "" ? "" : `With ${parameters}. `}
        Held <TimeText at={held.heldSince} both />, {describeAttempts(held, now)}.{" "}
        <TextLink to="/runs/$id" params={{ id: held.lastRunId }}>
          Last run
        </TextLink>
      </Text>
      {held.trail.answer === null ? null : (
        <Accordion variant="contained">
          <Accordion.Item value="answer">
            <Accordion.Control>What the target answered</Accordion.Control>
            <Accordion.Panel>
              <pre className={classes.answer}>{held.trail.answer}</pre>
              <CopyButton text={held.trail.answer} label="Copy the answer" />
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      )}
    </Stack>
  );
}
