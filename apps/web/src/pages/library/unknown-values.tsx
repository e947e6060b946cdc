/** Values of the last 30 days that the map does not list, to be added together; then what was held for them re-run. */
import { Autocomplete, Button, Group, Stack, Table, Text } from "@mantine/core";
import type { StoredValueMap, UnknownValue } from "@fieldbridge/model";
import { useState } from "react";
import { useApi, useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ActionError, Banner, Loaded, Panel, RowsSkeleton, TextLink } from "../../kit/index.ts";
import { RerunButton } from "../held/rerun-button.tsx";
import { suggestTarget } from "../held/suggest-target.ts";
import classes from "./library.module.css";

const describeEffect = ({ held, defaulted }: UnknownValue): string =>
  [held > 0 ? `${held} held` : "", defaulted > 0 ? `${defaulted} sent with a default` : ""]
    .filter((part) => part !== "")
    .join(", ");

interface RowProps {
  readonly unknown: UnknownValue;
  readonly targets: readonly string[];
  readonly to: string;
  readonly onChange: (to: string) => void;
}

function UnknownRow({ unknown, targets, to, onChange }: RowProps) {
  return (
    <Table.Tr>
      <Table.Td fw={600}>{unknown.value}</Table.Td>
      <Table.Td>{describeEffect(unknown)}</Table.Td>
      <Table.Td>{unknown.lastSeen}</Table.Td>
      <Table.Td>
        <TextLink to="/runs/$id" params={{ id: unknown.lastRunId }}>
          {unknown.example}
        </TextLink>
      </Table.Td>
      <Table.Td className={classes.target}>
        {unknown.to === null ? (
          <Autocomplete
            size="xs"
            aria-label={`Target for ${unknown.value}`}
            placeholder="Target value"
            data={[...targets]}
            value={to}
            onChange={onChange}
            openOnFocus={false}
          />
        ) : (
          <>listed now: {unknown.to}</>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

interface ListProps {
  readonly map: StoredValueMap;
  readonly items: readonly UnknownValue[];
  readonly disabled: boolean;
  readonly onAdded: (map: StoredValueMap) => void;
}

function UnknownList({ map, items, disabled, onAdded }: ListProps) {
  const [chosen, setChosen] = useState<Readonly<Record<string, string>>>({});
  const add = useApiMutation("addValueMapEntries", {
    invalidates: ["getValueMap", "listValueMaps", "listUnknownValues"],
    onSuccess: (stored) => {
      setChosen({});
      onAdded(stored);
    },
  });
  const targets = [...new Set(map.entries.map((entry) => entry.to))];
  const targetOf = ({ value }: UnknownValue): string => chosen[value] ?? suggestTarget(map, value);
  const entries = items
    .filter((each) => each.to === null && targetOf(each) !== "")
    .map((each) => ({ from: each.value, to: targetOf(each) }));
  const waiting = [...new Set(items.filter((each) => each.to !== null).flatMap((each) => each.heldIds))];
  return (
    <Stack gap="sm">
      {waiting.length === 0 ? null : (
        <Banner kind="success" title={`${countOf(waiting.length, "held record")} can pass now`}>
          <RerunButton
            ids={waiting}
            label={`Re-run the ${countOf(waiting.length, "record")} held for this`}
          />
        </Banner>
      )}
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing={6} fz="sm" aria-label="Unknown values">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Value</Table.Th>
              <Table.Th>Records</Table.Th>
              <Table.Th>Last seen</Table.Th>
              <Table.Th>Example</Table.Th>
              <Table.Th>Add as</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((each) => (
              <UnknownRow
                key={each.value}
                unknown={each}
                targets={targets}
                to={targetOf(each)}
                onChange={(to) => setChosen({ ...chosen, [each.value]: to })}
              />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {add.error ? <ActionError error={add.error} what="The values were not added" /> : null}
      {items.every((each) => each.to !== null) ? null : (
        <Group gap="sm">
          <Button
            disabled={disabled || entries.length === 0}
            loading={add.isPending}
            onClick={() => add.mutate({ params: { name: map.name }, body: { entries } })}
          >
            {entries.length === 0 ? "Add" : `Add ${countOf(entries.length, "value")}`}
          </Button>
          {disabled ? (
            <Text size="sm" c="dimmed">
              Save or discard your changes above first.
            </Text>
          ) : null}
        </Group>
      )}
    </Stack>
  );
}

export interface UnknownValuesProps {
  readonly map: StoredValueMap;
  /** Changes that are not saved yet would be in the way. */
  readonly disabled: boolean;
  readonly onAdded: (map: StoredValueMap) => void;
}

export function UnknownValues({ map, disabled, onAdded }: UnknownValuesProps) {
  const query = useApi("listUnknownValues", { params: { name: map.name } }, { staleTime: 0 });
  return (
    <Panel title="Unknown values seen in the last 30 days">
      <Loaded query={query} what="Unknown values" skeleton={<RowsSkeleton rows={2} />}>
        {({ items, total }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              None: every value that runs met is listed.
            </Text>
          ) : (
            <>
              <UnknownList map={map} items={items} disabled={disabled} onAdded={onAdded} />
              {total > items.length ? (
                <Text size="xs" c="dimmed">
                  The {items.length} most frequent of {total}.
                </Text>
              ) : null}
            </>
          )
        }
      </Loaded>
    </Panel>
  );
}
