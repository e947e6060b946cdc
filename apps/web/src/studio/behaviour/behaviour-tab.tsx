/** How the transfer decides and when it stops: match rule, blanks, limits, removals, time zone. */
import { Button, Group, NumberInput, Select, Stack, Table, Text } from "@mantine/core";
import type { TransferDefinition } from "@fieldbridge/model";
import { Panel } from "../../kit/index.ts";
import { useApply, useDefinition, useStudio } from "../session/studio-context.tsx";
import { MatchPanel } from "./match-panel.tsx";
import { RemovalsPanel } from "./removals-panel.tsx";
import { ParametersPanel } from "./parameters-panel.tsx";
import { TotalsPanel } from "./totals-panel.tsx";
import classes from "../studio-page.module.css";

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

export function BehaviourTab() {
  return (
    <div className={classes.form}>
      <Stack gap="md" maw={1000} mx="auto">
        <MatchPanel />
        <BlankPanel />
        <RemovalsPanel />
        <TotalsPanel />
        <ParametersPanel />
        <LimitsPanel />
      </Stack>
    </div>
  );
}

/** Mappings that do something else with a blank than leaving the field alone. */
function BlankPanel() {
  const { goTo } = useStudio();
  const definition = useDefinition();
  const words = {
    leave: "leave",
    clear: "clear the field",
    default: "use the default",
    hold: "hold the record",
  };
  const special = Object.entries(definition.mappings).filter(
    ([, mapping]) => (mapping.whenBlank ?? "leave") !== "leave",
  );
  return (
    <Panel title="Blank values">
      <Text size="sm" mb="xs">
        A blank result leaves the target field alone.{" "}
        {special.length === 0 ? "No mapping has another rule." : "These mappings have another rule:"}
      </Text>
      {special.length === 0 ? null : (
        <Table verticalSpacing={4} aria-label="Blank rules">
          <Table.Tbody>
            {special.map(([field, mapping]) => (
              <Table.Tr key={field}>
                <Table.Td>{field}</Table.Td>
                <Table.Td>
                  {words[mapping.whenBlank ?? "leave"]}
                  {mapping.whenBlank === "default" ? ` ${mapping.default ?? ""}` : ""}
                </Table.Td>
                <Table.Td ta="end">
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    aria-label={`Show mapping ${field}`}
                    onClick={() => goTo({ tab: "map", scope: null, target: field })}
                  >
                    Show
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}

function LimitsPanel() {
  const definition = useDefinition();
  const apply = useApply();
  const limits = definition.limits ?? {};
  const setLimit =
    (key: keyof NonNullable<TransferDefinition["limits"]>, name: string) => (value: string | number) => {
      const { [key]: _before, ...rest } = limits;
      const next = typeof value === "number" && value >= 1 ? { ...rest, [key]: Math.round(value) } : rest;
      apply(name, [{ type: "set-limits", limits: Object.keys(next).length === 0 ? null : next }], {
        mergeKey: key,
      });
    };
  return (
    <Panel title="Limits and time">
      <Stack gap="md">
        <Group grow align="flex-start">
          <NumberInput
            label="Stop after failures"
            description="Empty means never; records not tried are read by the next run"
            min={1}
            max={1_000_000}
            allowDecimal={false}
            value={limits.stopAfterFailures ?? ""}
            onChange={setLimit("stopAfterFailures", "Stop rule")}
          />
          <NumberInput
            label="Records per batch"
            description="Empty means what the target system allows"
            min={1}
            max={2_000}
            allowDecimal={false}
            value={limits.batchSize ?? ""}
            onChange={setLimit("batchSize", "Batch size")}
          />
        </Group>
        <Select
          label="Time zone"
          description="In which dates are taken from instants, by TODAY(), TODATE() and YEAR()"
          searchable
          limit={80}
          allowDeselect={false}
          data={zones}
          value={definition.timeZone ?? "UTC"}
          onChange={(zone) =>
            apply("Time zone", [{ type: "set-time-zone", timeZone: zone === "UTC" ? null : zone }])
          }
        />
      </Stack>
    </Panel>
  );
}
