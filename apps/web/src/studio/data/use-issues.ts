/** All findings about the draft, from the engine's own check, a moment after the last edit. */
import { checkTransfer, type TransferContext } from "@fieldbridge/engine";
import type { Issue, TransferDefinition } from "@fieldbridge/model";
import { useDeferredValue, useMemo } from "react";

const none: readonly Issue[] = [];

/** `ready` is false while schemas are still being read: nothing is judged against fields that are not known yet. */
export function useIssues(
  definition: TransferDefinition,
  context: TransferContext,
  ready: boolean,
): readonly Issue[] {
  const settled = useDeferredValue(definition);
  return useMemo(() => (ready ? checkTransfer(settled, context) : none), [settled, context, ready]);
}

/** The tab of the studio on which an issue is solved. */
export function tabOfIssue(issue: Issue): "filter" | "map" | "writeback" | "behaviour" {
  const [part = ""] = issue.path.split(".");
  if (part === "source" || part === "filter" || part === "changes") return "filter";
  if (part === "writeBacks") return "writeback";
  if (
    part === "match" ||
    part === "parameters" ||
    part === "totals" ||
    part === "removals" ||
    part === "limits" ||
    part === "timeZone"
  )
    return "behaviour";
  return "map";
}
