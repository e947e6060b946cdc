/**
 * The work of one run: its revision compiled against the schemas of today, ports opened, and the engine set on it
 * with a store bound to this run. A run that cannot even start fails with the reasons in plain words.
 */
import { addLookupUses, compileTransfer, runTransfer, type Clock, type RunEnd } from "@fieldbridge/engine";
import {
  resolveParameters,
  toParameterSet,
  underAllNames,
  type Issue,
  type RunParameters,
  type TransferDefinition,
} from "@fieldbridge/model";
import { setTimeout as wait } from "node:timers/promises";
import type { AppContext } from "../app-context.ts";
import { findDrift } from "../definitions/find-drift.ts";
import { loadTransferContext } from "../definitions/load-transfer-context.ts";
import { orNotFound, ProblemError, wrongParameters } from "../problem.ts";
import { createRunStore } from "../stores/run-page.store.ts";
import type { RunPulse } from "../stores/run-lease.store.ts";
import { findRun, readLookupUses } from "../stores/runs.store.ts";
import { findRevision } from "../stores/transfers.store.ts";
import { endReview, fillUsedFields, pauseForReview, readUsedFields } from "../stores/used-fields.store.ts";
import { listValueMaps } from "../stores/value-maps.store.ts";
import { chooseCompanies } from "./choose-companies.ts";
import type { RunJob } from "./execute-run.ts";

/** The clock of this process; sleeping ends early when the run is asked to stop. */
const createRunClock = (signal: AbortSignal): Clock => ({
  now: () => new Date().toISOString(),
  sleep: (ms) => wait(ms, undefined, { signal }).catch(() => undefined),
});

/** It was sound when it was published, so that a system has changed since. */
const nameTransfer = (name: string, issues: readonly Issue[]): readonly Issue[] =>
  issues.map((issue) =>
    issue.severity === "error"
      ? { ...issue, message: `${issue.message} The transfer "${name}" cannot run as it was published.` }
      : issue,
  );

/**
 * A held record may be older than the revision: parameters that are gone are left out, new ones have their default.
 * What the run remembers stays under the parameters it was started with.
 */
function readKnownParameters({ parameters = {} }: TransferDefinition, given: RunParameters): RunParameters {
  const known = Object.fromEntries(Object.entries(given).filter(([name]) => Object.hasOwn(parameters, name)));
  const { values, issues } = resolveParameters(parameters, known);
  if (issues.length > 0) throw wrongParameters("The run cannot start with its parameters.", issues);
  return values;
}

export const createRunJob =
  (context: Pick<AppContext, "db" | "systems">): RunJob =>
  async ({ runId, workerId, signal, stop }, tell): Promise<RunEnd> => {
    const { db, systems } = context;
    const run = orNotFound(await findRun(db, runId), `Run ${runId}`);
    const { definition, namedFormulas } = orNotFound(
      await findRevision(db, run.transferId, run.revision),
      `Revision ${run.revision}`,
    );
    const clock = createRunClock(signal);
    const runStartedAt = run.startedAt ?? clock.now();
    try {
      const parameters = readKnownParameters(definition, run.parameters);
      const { source: from, target: to } = chooseCompanies(definition, parameters, runStartedAt);
      const [source, target] = await Promise.all([
        systems.openPort(definition.source.connection, { clock, ...from }),
        systems.openPort(definition.target.connection, { clock, ...to }),
      ]);
      const valueMaps = underAllNames(await listValueMaps(db));
      // The systems are asked anew: a field may be gone since the designer looked.
      const schemas = await loadTransferContext(context, definition, {
        refresh: true,
        ports: { source, target },
        namedFormulas,
      });
      const usedFields = await readUsedFields(db, run.transferId, run.revision);
      const drift = findDrift(run.transferName, usedFields ?? [], {
        source: schemas.sourceObjects,
        target: schemas.targetObjects,
      });
      if (drift.length > 0) {
        await pauseForReview(db, run.transferId, run.revision, drift);
        return { state: "failed", issues: drift };
      }
      const compiled = compileTransfer(definition, {
        ...schemas,
        valueMaps,
        sourceDialect: source.filterDialect,
      });
      if (!compiled.ok) return { state: "failed", issues: nameTransfer(run.transferName, compiled.issues) };
      await endReview(db, run.transferId);
      if (usedFields === undefined)
        await fillUsedFields(db, run.transferId, run.revision, compiled.plan.usedFields);

      const lookupsBefore = await readLookupUses(db, runId);
      const tellNow = (progress: Pick<RunPulse, "phase" | "expected" | "lookups">) =>
        tell({
          phase: progress.phase,
          expected: progress.expected,
          sourceCalls: run.sourceCalls + source.callCount(),
          targetCalls: run.targetCalls + target.callCount(),
          lookups: addLookupUses(lookupsBefore, progress.lookups),
        });
      tellNow({ phase: null, expected: run.expected, lookups: [] });
      const summary = await runTransfer({
        plan: compiled.plan,
        source,
        target,
        store: createRunStore(db, {
          runId,
          transferId: run.transferId,
          parameters: toParameterSet(run.parameters),
          workerId,
          scope: run.scope,
          targetConnection: definition.target.connection,
          onStopRequested: stop,
        }),
        clock,
        valueMaps,
        runStartedAt,
        parameters,
        scope: run.scope,
        resumed: run.counts.read > 0,
        stopSignal: signal,
        onProgress: tellNow,
      });
      tellNow({ phase: null, expected: summary.expected, lookups: summary.lookups });
      return summary;
    } catch (error) {
      // A connection that was deleted meanwhile, for example.
      if (error instanceof ProblemError) return { state: "failed", issues: error.issues };
      throw error;
    }
  };
