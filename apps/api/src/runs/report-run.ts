/** The figures of a run that a person judges it by: speed, and API calls against the fewest that would have done. */
import type { SystemLimits } from "@fieldbridge/engine";
import type { CallReport, Run, RunReport, TransferDefinition } from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { orNotFound } from "../problem.ts";
import { findConnection } from "../stores/connections.store.ts";
import { countWriteBacks } from "../stores/outcomes.store.ts";
import { readLookupUses } from "../stores/runs.store.ts";
import { listTotals } from "../stores/run-totals.store.ts";
import { findRevision } from "../stores/transfers.store.ts";

type Minimum = NonNullable<CallReport["minimum"]>;

/** A run of changes asks for a page also where there is none. */
const countReads = ({ counts, scope }: Run, { readPage }: SystemLimits): number =>
  Math.max(scope.kind === "changes" || scope.kind === "compare" ? 1 : 0, Math.ceil(counts.read / readPage));

/**
 * Who was written and is matched by keys had to be searched; who is unchanged may be known by its link, except in a
 * compare, which looks at every record.
 */
function countTarget({ counts, scope }: Run, { match }: TransferDefinition, limits: SystemLimits): Minimum {
  const written = counts.created + counts.updated;
  const searched = scope.kind === "compare" ? counts.read - counts.filtered : written;
  return {
    reads: 0,
    finds: match?.by === "keys" ? Math.ceil(searched / limits.findBatch) : 0,
    writes: Math.ceil((written + counts.removed) / limits.writeBatch),
  };
}

const toSeconds = ({ startedAt, endedAt }: Run): number | null =>
  startedAt === null
    ? null
    : (Date.parse(endedAt ?? new Date().toISOString()) - Date.parse(startedAt)) / 1_000;

export async function reportRun(
  { db, systems }: Pick<AppContext, "db" | "systems">,
  run: Run,
): Promise<RunReport> {
  const { definition } = orNotFound(
    await findRevision(db, run.transferId, run.revision),
    `Revision ${run.revision}`,
  );
  const limitsOf = async (connectionId: string): Promise<SystemLimits | undefined> =>
    (await findConnection(db, connectionId)) && (await systems.openPort(connectionId)).limits;
  const [source, target, writtenBack, totals] = await Promise.all([
    limitsOf(definition.source.connection),
    limitsOf(definition.target.connection),
    countWriteBacks(db, run.id),
    listTotals(db, run.id, definition.totals ?? []),
  ]);
  const seconds = toSeconds(run);
  return {
    seconds,
    recordsPerSecond:
      seconds === null || seconds === 0 ? null : Math.round((run.counts.read / seconds) * 10) / 10,
    source: {
      calls: run.sourceCalls,
      minimum:
        source === undefined
          ? null
          : {
              reads: countReads(run, source),
              finds: 0,
              writes: Math.ceil(writtenBack / source.writeBatch),
            },
    },
    target: {
      calls: run.targetCalls,
      minimum: target === undefined ? null : countTarget(run, definition, target),
    },
    lookups: [...(await readLookupUses(db, run.id))],
    totals,
  };
}
