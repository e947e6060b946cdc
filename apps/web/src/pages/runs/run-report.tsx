/** How fast a run was, and its API calls on each side against the fewest that would have done. */
import { Accordion, Stack, Table, Text } from "@mantine/core";
import type { CallReport, LookupUse, Run, RunReport as Report } from "@fieldbridge/model";
import { useApi } from "../../api/index.ts";
import { countOf, formatCount } from "../../format/number.ts";
import { isActive } from "../../format/run-words.ts";

const fewestOf = ({ minimum }: CallReport): number | null =>
  minimum === null ? null : minimum.reads + minimum.finds + minimum.writes;

/** "84 records a second, 12 API calls of at least 10" */
function describeReport({ recordsPerSecond, source, target }: Report): string {
  const [fromSource, fromTarget] = [fewestOf(source), fewestOf(target)];
  const calls = `${countOf(source.calls + target.calls, "API call")}${
    fromSource === null || fromTarget === null ? "" : ` of at least ${formatCount(fromSource + fromTarget)}`
  }`;
  return recordsPerSecond === null ? calls : `${countOf(recordsPerSecond, "record")} a second, ${calls}`;
}

function Calls({ report }: { report: Report }) {
  const sides = [
    { name: "Source", report: report.source },
    { name: "Target", report: report.target },
  ];
  return (
    <Table.ScrollContainer minWidth={480}>
      <Table aria-label="API calls of each side" verticalSpacing={4} fz={14} className="fb-numbers">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Side</Table.Th>
            <Table.Th scope="col" ta="end">
              Calls made
            </Table.Th>
            <Table.Th scope="col" ta="end">
              Fewest possible
            </Table.Th>
            <Table.Th scope="col" ta="end">
              to read
            </Table.Th>
            <Table.Th scope="col" ta="end">
              to search
            </Table.Th>
            <Table.Th scope="col" ta="end">
              to write
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sides.map(({ name, report: { calls, minimum } }) => (
            <Table.Tr key={name}>
              <Table.Th scope="row" fw={500}>
                {name}
              </Table.Th>
              {[
                calls,
                minimum && minimum.reads + minimum.finds + minimum.writes,
                minimum?.reads,
                minimum?.finds,
                minimum?.writes,
              ].map((count, index) => (
                <Table.Td key={index} ta="end">
                  {count == null ? "not known" : formatCount(count)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Lookups({ lookups }: { lookups: readonly LookupUse[] }) {
  if (lookups.length === 0) return null;
  return (
    <Table aria-label="Lookups of formulas" verticalSpacing={4} fz={14} className="fb-numbers">
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Looked up by formulas</Table.Th>
          <Table.Th scope="col" ta="end">
            Asked
          </Table.Th>
          <Table.Th scope="col" ta="end">
            Different
          </Table.Th>
          <Table.Th scope="col" ta="end">
            Requests
          </Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {lookups.map((use) => (
          <Table.Tr key={`${use.object}.${use.field ?? ""}`}>
            <Table.Th scope="row" fw={500}>
              {use.field === null ? `${use.object}, by its link` : `${use.object} by ${use.field}`}
            </Table.Th>
            {[use.questions, use.different, use.requests].map((count, index) => (
              <Table.Td key={index} ta="end">
                {formatCount(count)}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}

export function RunReport({ run }: { run: Run }) {
  const { data } = useApi(
    "getRunReport",
    { params: { id: run.id } },
    { refetchInterval: isActive(run) ? 5_000 : false, enabled: run.startedAt !== null },
  );
  if (data === undefined) return null;
  return (
    <Accordion variant="contained" mt="sm">
      <Accordion.Item value="report">
        <Accordion.Control>
          <Text size="sm" className="fb-numbers">
            <Text span inherit fw={600}>
              Speed and API calls:
            </Text>{" "}
            {describeReport(data)}
          </Text>
        </Accordion.Control>
        <Accordion.Panel>
          <Stack gap="sm">
            <Calls report={data} />
            <Text size="sm" c="dimmed">
              The fewest is what the batch sizes of the systems allow for what this run did. Signing in,
              reading fields, counting, looking up and trying again make the difference.
            </Text>
            <Lookups lookups={data.lookups} />
          </Stack>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
