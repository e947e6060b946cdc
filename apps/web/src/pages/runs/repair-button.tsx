/** Brings the records of a compare in step, after saying what that writes and what it leaves alone. */
import { Button, Stack, Text } from "@mantine/core";
import type { Run } from "@fieldbridge/model";
import { useNavigate } from "@tanstack/react-router";
import { Wrench } from "lucide-react";
import { useState } from "react";
import { useApiMutation } from "../../api/index.ts";
import { countOf } from "../../format/number.ts";
import { ConfirmDialog } from "../../kit/index.ts";
import type { DriftCounts } from "./use-drift-counts.ts";

const describeWrites = ({ missing, different }: DriftCounts): string =>
  [
    ...(missing > 0 ? [`${countOf(missing, "record")} will be created`] : []),
    ...(different > 0 ? [`${countOf(different, "record")} will be updated`] : []),
  ].join(" and ");

export function RepairButton({ run, found }: { run: Run; found: DriftCounts }) {
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const repair = useApiMutation("repairDrift", {
    invalidates: ["listRuns", "getHome", "listTransfers"],
    onSuccess: (next) => {
      setAsking(false);
      void navigate({ to: "/runs/$id", params: { id: next.id } });
    },
  });
  const count = found.missing + found.different;
  if (count === 0) return null;
  const records = `${count === 1 ? "this" : "these"} ${countOf(count, "record")}`;
  return (
    <>
      <Button leftSection={<Wrench size={16} aria-hidden />} onClick={() => setAsking(true)}>
        Repair {count === 1 ? "this record" : records}
      </Button>
      <ConfirmDialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={`Repair ${countOf(count, "record")}?`}
        confirmLabel="Repair"
        loading={repair.isPending}
        error={repair.error}
        onConfirm={() => repair.mutate({ params: { id: run.id } })}
      >
        <Stack gap="xs">
          <Text size="sm">
            In the target, {describeWrites(found)} with the values of the source, by the newest published
            revision. Each is read again first: what agrees by then is left alone.
          </Text>
          <Text size="sm">
            {found.orphaned > 0
              ? `Nothing is deleted: ${countOf(found.orphaned, "orphaned record")} ${found.orphaned === 1 ? "stays as it is" : "stay as they are"}.`
              : "Nothing is deleted."}
          </Text>
        </Stack>
      </ConfirmDialog>
    </>
  );
}
