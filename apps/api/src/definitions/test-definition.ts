/** Transfer tests of a definition: records are kept with what they give now, and mapped again after every change. */
import {
  compareOutcomes,
  createRunContext,
  keepRecord,
  mapKeptRecord,
  type RunContext,
} from "@fieldbridge/engine";
import {
  sampleParameters,
  toIssue,
  toParameterSet,
  type Issue,
  type KeptRecord,
  type RunParameters,
  type TestOutcome,
  type TestResult,
  type TransferDefinition,
  type TransferTest,
} from "@fieldbridge/model";
import type { AppContext } from "../app-context.ts";
import { notFound } from "../problem.ts";
import { createRunMemory } from "../stores/run-memory.store.ts";
import { openDefinition, type OpenDefinition } from "./open-definition.ts";

/** A test has no run that gives parameters: defaults, and a sample where there is none. */
const toTestParameters = ({ parameters = {} }: TransferDefinition): RunParameters =>
  sampleParameters(
    Object.fromEntries(Object.entries(parameters).filter(([, each]) => each.default === undefined)),
  );

/** Reads one record of the source with what its formulas look up. 404 where the source does not have it. */
export async function keepTestRecord(
  context: AppContext,
  definition: TransferDefinition,
  sourceKey: string,
): Promise<{ readonly kept: KeptRecord; readonly outcome: TestOutcome }> {
  const opened = await openDefinition(context, definition, {
    before: "a record is kept as a test",
    parameters: toTestParameters(definition),
  });
  const run = openAt(context, definition, opened, opened.clock.now());
  const found = await keepRecord(run, sourceKey);
  if (found === null) throw notFound(`The source has no record ${sourceKey}.`);
  return found;
}

/** What the steps of the engine need, with time standing at `at`. */
function openAt(
  context: AppContext,
  { id, target }: TransferDefinition,
  opened: OpenDefinition,
  at: string,
): RunContext {
  const memory = createRunMemory(context.db, {
    transferId: id,
    parameters: toParameterSet(opened.parameters),
    targetConnection: target.connection,
  });
  return createRunContext({
    ...opened,
    store: { ...memory, savePendingLinks: () => Promise.resolve() },
    runStartedAt: at,
  });
}

/** Results in the order of the tests. */
export async function runTransferTests(
  context: AppContext,
  definition: TransferDefinition,
  tests: readonly TransferTest[],
): Promise<TestResult[]> {
  if (tests.length === 0) return [];
  const opened = await openDefinition(context, definition, {
    before: "its tests run",
    parameters: toTestParameters(definition),
  });
  return Promise.all(
    tests.map(async (test) => {
      const { outcome, missing } = await mapKeptRecord(openAt(context, definition, opened, test.at), test);
      const differences = compareOutcomes(test.expected, outcome);
      const passed = differences.length === 0 && missing.length === 0;
      return { testId: test.id, passed, outcome, differences, missing: [...missing] };
    }),
  );
}

/** One issue per test that does not pass, for the gate of a publish. */
export const toTestIssues = (tests: readonly TransferTest[], results: readonly TestResult[]): Issue[] =>
  results.flatMap(({ testId, passed, differences, missing }) => {
    const name = tests.find((test) => test.id === testId)?.name ?? testId;
    if (passed) return [];
    if (missing.length > 0)
      return [
        toIssue("TST-002", `tests.${testId}`, `The record of test "${name}" lacks ${missing.join(", ")}.`),
      ];
    const [first] = differences;
    const more = differences.length > 1 ? `, and ${differences.length - 1} more` : "";
    const said = first
      ? `: ${first.place} is ${first.actual ?? "blank"} instead of ${first.expected ?? "blank"}${more}`
      : "";
    return [toIssue("TST-001", `tests.${testId}`, `Test "${name}" fails${said}.`)];
  });
