/** The dry run of removals: counts every linked record that has disappeared and shows the first ones. */
import type { Preview, PreviewRecord } from "@fieldbridge/model";
import type { RecordLink, RunStore } from "../ports.ts";
import type { RunContext } from "../run-context.ts";
import { noCounts } from "../steps/log.ts";
import { toShownText } from "../values/compare-values.ts";
import type { Removal } from "./decide-removal.ts";
import { walkLinks } from "./mark-gone.ts";
import { planRemovals } from "./plan-removals.ts";

type PreviewContext = RunContext & {
  readonly store: Pick<RunStore, "readLinksInOrder" | "readTargetsInUse">;
};

const toRecord = (removal: Removal, { plan }: RunContext): PreviewRecord => {
  const { link, row, request, diff } = removal;
  const { nameField } = plan.target;
  return {
    sourceKey: link.sourceKey,
    label: toShownText(nameField === undefined ? null : row?.[nameField]) ?? link.sourceKey,
    action: removal.action ?? "removed",
    reason: removal.reason,
    targetKey: link.targetKey,
    source: {},
    payload: request?.op === "update" ? request.values : null,
    diff: [...diff],
    lines: [],
    writeBacks: [],
    steps: [],
    issues: [...removal.issues],
  };
};

export async function previewRemovals(
  context: PreviewContext,
  limit: number,
): Promise<Pick<Preview, "counts" | "matching" | "records">> {
  const { removals } = context.plan;
  let linked = 0;
  let gone = 0;
  const first: RecordLink[] = [];
  if (removals !== null)
    for await (const page of walkLinks(context, removals, ["linked", "gone"])) {
      const missing = page.flatMap(({ link, alive }) => (alive ? [] : link));
      linked += page.length;
      gone += missing.length;
      first.push(...missing.slice(0, limit - first.length));
    }
  const planned = removals === null ? [] : await planRemovals(removals, first, context);
  return {
    counts: { ...noCounts, read: gone, removed: gone },
    matching: linked,
    records: planned.map((removal) => toRecord(removal, context)),
  };
}
