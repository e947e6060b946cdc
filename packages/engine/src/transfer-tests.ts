/**
 * Transfer tests: a source record is kept with what its formulas looked up, and mapped again later by the same steps as
 * in a run. Nothing is asked of any system then, so that a test says what changed in the transfer and nothing else.
 */
import type { LookupAnswer } from "@fieldbridge/formula";
import type { Cell, KeptLookup, KeptRecord, Row, TestDifference, TestOutcome } from "@fieldbridge/model";
import { requestText, type Lookups } from "./lookups.ts";
import type { ReadShape } from "./ports.ts";
import { toRecordState, type RecordState } from "./record-state.ts";
import type { RunContext } from "./run-context.ts";
import { filterPage } from "./steps/filter.ts";
import { toSent } from "./steps/log.ts";
import { mapPage } from "./steps/map.ts";
import { readRecords } from "./steps/read.ts";
import { toShownText } from "./values/compare-values.ts";

const task = { kind: "page", record: true, writeBack: false } as const;

/** A row as text by place: `number`, `lines.0.quantity`. */
const flatten = (row: Row, prefix = ""): [string, string | null][] =>
  Object.entries(row).flatMap(([name, cell]) =>
    Array.isArray(cell)
      ? cell.flatMap((line, index) => flatten(line, `${prefix}${name}.${index}.`))
      : [[`${prefix}${name}`, toShownText(cell)] satisfies [string, string | null]],
  );

const actionOf = ({ action }: RecordState): TestOutcome["action"] =>
  action === "filtered" || action === "skipped" || action === "held" ? action : "sent";

const toTestOutcome = (state: RecordState): TestOutcome => {
  const action = actionOf(state);
  return {
    action,
    reason: state.reason,
    values: action === "sent" ? Object.fromEntries(flatten(toSent(state) ?? {})) : {},
    issues: state.issues
      .filter((issue) => issue.severity === "error")
      .map(({ code, path }) => ({ code, path })),
  };
};

const mapOne = async (state: RecordState, context: RunContext): Promise<TestOutcome> => {
  const [mapped = state] = await mapPage(await filterPage([state], context), context);
  return toTestOutcome(mapped);
};

/** Lookups that note every answer they give. */
const noteAnswers = (lookups: Lookups, noted: Map<string, LookupAnswer>): Lookups => ({
  ...lookups,
  answer: (request) => {
    const answer = lookups.answer(request);
    if (answer.state !== "pending") noted.set(requestText(request), answer);
    return answer;
  },
});

/** Reads a record and what its formulas look up; null where the source does not have it. Throws `Fault`. */
export async function keepRecord(
  context: RunContext,
  sourceKey: string,
): Promise<{ readonly kept: KeptRecord; readonly outcome: TestOutcome } | null> {
  const [state] = await readRecords(context, [[sourceKey, task]]);
  if (!state?.source) return null;
  const noted = new Map<string, LookupAnswer>();
  const outcome = await mapOne(state, { ...context, lookups: noteAnswers(context.lookups, noted) });
  const lookups = [...noted].flatMap(([ask, answer]): KeptLookup[] =>
    answer.state === "pending" ? [] : [{ ask, answer }],
  );
  const { label, source } = state;
  return { kept: { sourceKey, label, source, lookups, at: context.runStartedAt }, outcome };
}

/** Paths that are read by now and that the row does not have; a related record that is blank lacks nothing. */
const missingPaths = (shape: ReadShape, row: Row, prefix = ""): string[] => {
  const below = (name: string, next: ReadShape, cell: Cell | undefined): string[] => {
    if (cell === undefined) return [`${prefix}${name}`];
    const rows = Array.isArray(cell) ? cell : cell !== null && typeof cell === "object" ? [cell] : [];
    return rows.flatMap((each) => missingPaths(next, each, `${prefix}${name}.`));
  };
  return [
    ...shape.fields.filter((name) => !(name in row)).map((name) => `${prefix}${name}`),
    ...Object.entries({ ...shape.one, ...shape.many }).flatMap(([name, next]) =>
      below(name, next, row[name]),
    ),
  ];
};

/** Maps a kept record; `context` must stand at the record's instant. `missing` names what the record lacks, once. */
export async function mapKeptRecord(
  context: RunContext,
  kept: KeptRecord,
): Promise<{ readonly outcome: TestOutcome; readonly missing: readonly string[] }> {
  const known = new Map(kept.lookups.map(({ ask, answer }) => [ask, answer]));
  const missing = new Set(missingPaths(context.plan.sourceShape, kept.source));
  const lookups: Lookups = {
    answer: (request) => {
      const answer = known.get(requestText(request));
      if (answer === undefined) missing.add(`${request.kind.toUpperCase()} of ${request.object}`);
      return answer ?? { state: "missing" };
    },
    fetch: () => Promise.resolve(),
    uses: () => [],
  };
  const state = toRecordState(kept.sourceKey, kept.label, kept.source, task);
  return { outcome: await mapOne(state, { ...context, lookups }), missing: [...missing] };
}

const issueText = ({ issues }: TestOutcome): string | null =>
  issues.length === 0 ? null : issues.map(({ code, path }) => `${code} at ${path}`).join(", ");

/** Where `actual` is not as expected. Values the expectation does not name may be anything. */
export function compareOutcomes(expected: TestOutcome, actual: TestOutcome): TestDifference[] {
  if (expected.action !== actual.action)
    return [{ place: "outcome", expected: expected.action, actual: actual.action }];
  const differences: TestDifference[] = [];
  if (expected.reason !== actual.reason)
    differences.push({ place: "reason", expected: expected.reason, actual: actual.reason });
  if (issueText(expected) !== issueText(actual))
    differences.push({ place: "issues", expected: issueText(expected), actual: issueText(actual) });
  for (const [place, value] of Object.entries(expected.values))
    if (actual.values[place] !== value)
      differences.push({
        place,
        expected: value,
        ...(place in actual.values && { actual: actual.values[place] }),
      });
  return differences;
}
