/** How many records of a compare are missing, different and orphaned. */
import type { Drift, Run } from "@fieldbridge/model";
import { useApi } from "../../api/index.ts";

export type DriftCounts = Readonly<Record<Drift, number>>;

/** Asked again as the run finds more; undefined until all three are known. */
export function useDriftCounts(run: Run): DriftCounts | undefined {
  const input = (drift: Drift) => ({ params: { id: run.id }, query: { limit: 1, drift } });
  const options = { enabled: run.drift !== null && run.drift > 0 };
  const missing = useApi("listOutcomes", input("missing"), options).data?.total;
  const different = useApi("listOutcomes", input("different"), options).data?.total;
  const orphaned = useApi("listOutcomes", input("orphaned"), options).data?.total;
  return missing === undefined || different === undefined || orphaned === undefined
    ? undefined
    : { missing, different, orphaned };
}
