/** The totals a transfer compares: both sides of a run, exactly, and whether they are equal. */
import { Group, Table, Text } from "@mantine/core";
import type { Run, TotalReport } from "@fieldbridge/model";
import { CircleCheck, TriangleAlert } from "lucide-react";
import { useApi } from "../../api/index.ts";
import { formatAmount, isZeroAmount } from "../../format/amount.ts";
import { countOf, formatCount } from "../../format/number.ts";
import { isActive } from "../../format/run-words.ts";
import { Panel } from "../../kit/index.ts";
import classes from "./runs.module.css";

function Difference({ total }: { total: TotalReport }) {
  const isEqual = isZeroAmount(total.difference);
  const Icon = isEqual ? CircleCheck : TriangleAlert;
  return (
    <span className={classes.difference} data-equal={isEqual || undefined}>
      <Icon size={14} aria-hidden />
      <span className="fb-hidden">{isEqual ? "Equal:" : "Not equal:"}</span>
      {formatAmount(total.difference)}
    </span>
  );
}

/** Nothing where the transfer compares no totals. */
export function RunTotals({ run }: { run: Run }) {
  const report = useApi(
    "getRunReport",
    { params: { id: run.id } },
    { refetchInterval: isActive(run) ? 2_000 : false, keepPrevious: true },
  );
  const totals = report.data?.totals ?? [];
  if (totals.length === 0) return null;
  const isDivided = totals.some((total) => total.by !== null);
  const missing = totals.filter((total) => total.missing > 0);
  return (
    <Panel title="Totals">
      <div className={classes.totals}>
        <Table verticalSpacing={6} aria-label="Totals of both sides">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Total</Table.Th>
              {isDivided ? <Table.Th>By</Table.Th> : null}
              <Table.Th ta="end">Records</Table.Th>
              <Table.Th ta="end">Source</Table.Th>
              <Table.Th ta="end">Target</Table.Th>
              <Table.Th ta="end">Difference</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className="fb-numbers">
            {totals.map((total) => (
              <Table.Tr key={`${total.label} ${total.by ?? ""}`}>
                <Table.Td>{total.label}</Table.Td>
                {isDivided ? <Table.Td>{total.by ?? "—"}</Table.Td> : null}
                <Table.Td ta="end">{formatCount(total.records)}</Table.Td>
                <Table.Td ta="end">{formatAmount(total.source)}</Table.Td>
                <Table.Td ta="end">{formatAmount(total.target)}</Table.Td>
                <Table.Td ta="end">
                  <Difference total={total} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <Text size="sm" c="dimmed" mt={8}>
        Over the records this run created, updated or found unchanged. Held records are in neither sum.
      </Text>
      {missing.map((total) => (
        <Group key={`${total.label} ${total.by ?? ""}`} gap={6} mt={4} wrap="nowrap" align="flex-start">
          <TriangleAlert size={16} aria-hidden className={classes.warn} />
          <Text size="sm">
            {total.label}
            {total.by === null ? "" : ` (${total.by})`}: {countOf(total.missing, "record")} could not be
            computed and {total.missing === 1 ? "is" : "are"} in neither sum.
          </Text>
        </Group>
      ))}
    </Panel>
  );
}
