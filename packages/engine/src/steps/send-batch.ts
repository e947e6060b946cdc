/**
 * One batch to a system and an answer for every request in it, whatever the system does: short, doubled or
 * shuffled answers, a lost connection, an endpoint that takes all or nothing.
 */
import { toIssue, type Issue } from "@fieldbridge/model";
import { callPatiently, type Patience } from "../port-calls.ts";
import { Fault, type SystemPort, type WriteAnswer, type WriteBatch } from "../ports.ts";

/** `unsent` means that nothing was written and the fault is not about this record. */
export type SendResult =
  | WriteAnswer
  | { readonly ref: string; readonly state: "unsent"; readonly fault: Fault };

const toUnknown = (ref: string, issue: Issue): WriteAnswer => ({
  ref,
  state: "unknown",
  issue: toIssue("WRT-312", "", `The answer was lost: ${issue.message}`),
});

/** Answers belong to requests by `ref` alone; none, or two different ones, prove nothing. */
const pairAnswers = (batch: WriteBatch, answers: readonly WriteAnswer[]): WriteAnswer[] => {
  const byRef = new Map<string, WriteAnswer[]>();
  for (const answer of answers) byRef.set(answer.ref, [...(byRef.get(answer.ref) ?? []), answer]);
  return batch.requests.map(({ ref }) => {
    const [answer, second] = byRef.get(ref) ?? [];
    return answer !== undefined && second === undefined
      ? answer
      : toUnknown(
          ref,
          toIssue(
            "CON-607",
            "",
            answer ? "The system answered twice for one record." : "The system left this record out.",
          ),
        );
  });
};

const aboutSystem = new Set(["connection", "permission", "throttle", "uncertain", "waiting"]);

/** A refusal of the batch that one of its records caused: splitting finds which. */
const isAboutRecords = (fault: Fault): boolean =>
  !fault.retryable && fault.issue.class !== undefined && !aboutSystem.has(fault.issue.class);

/** Never throws a `Fault`; never sends a request again that may have arrived. */
export async function sendBatch(
  patience: Patience,
  port: SystemPort,
  batch: WriteBatch,
): Promise<SendResult[]> {
  try {
    const answers = await callPatiently(
      patience,
      (fault) => !fault.sent,
      () => port.write(batch),
    );
    return pairAnswers(batch, answers);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    if (error.sent) return batch.requests.map(({ ref }) => toUnknown(ref, error.issue));
    if (!isAboutRecords(error))
      return batch.requests.map(({ ref }) => ({ ref, state: "unsent", fault: error }));
    const [only] = batch.requests;
    if (batch.requests.length === 1 && only)
      return [{ ref: only.ref, state: "refused", issues: [error.issue], answer: error.issue.message }];
    const half = Math.ceil(batch.requests.length / 2);
    return [
      ...(await sendBatch(patience, port, { ...batch, requests: batch.requests.slice(0, half) })),
      ...(await sendBatch(patience, port, { ...batch, requests: batch.requests.slice(half) })),
    ];
  }
}

/** Records a write locks beside its own: what its reference fields point to. */
const parentsOf = ({ schema, requests }: WriteBatch): Set<string> => {
  const references = schema.fields.filter((field) => field.refersTo !== undefined).map((field) => field.name);
  const keys = requests.flatMap(({ values }) => references.map((name) => values[name]));
  return new Set(keys.flatMap((key) => (typeof key === "string" && key !== "" ? key : [])));
};

/**
 * Sends batches in order with at most `parallelWrites` in flight, and never two with the same parent: they would
 * wait for each other's row locks. `mayGoOn` is asked before each; batches not started any more give no results.
 */
export async function sendBatches(
  patience: Patience,
  port: SystemPort,
  batches: readonly WriteBatch[],
  mayGoOn: (results: ReadonlyMap<string, SendResult>, next: WriteBatch) => boolean,
): Promise<Map<string, SendResult>> {
  const results = new Map<string, SendResult>();
  const inFlight = new Map<Promise<void>, Set<string>>();
  let waiting = batches.map((batch) => ({ batch, parents: parentsOf(batch) }));
  const bugs: unknown[] = [];
  let isBroken = false;
  const send = async (batch: WriteBatch): Promise<void> => {
    try {
      for (const result of await sendBatch(patience, port, batch)) {
        results.set(result.ref, result);
        isBroken ||= result.state === "unsent";
      }
    } catch (bug) {
      bugs.push(bug);
    }
  };
  const findFree = () =>
    inFlight.size >= port.limits.parallelWrites
      ? undefined
      : waiting.find(({ parents }) =>
          [...inFlight.values()].every((busy) => [...parents].every((parent) => !busy.has(parent))),
        );
  while (waiting.length > 0 || inFlight.size > 0) {
    const next = findFree();
    if (next === undefined) await Promise.race(inFlight.keys());
    else if (isBroken || bugs.length > 0 || !mayGoOn(results, next.batch)) waiting = [];
    else {
      waiting = waiting.filter((each) => each !== next);
      const sending = send(next.batch).finally(() => inFlight.delete(sending));
      inFlight.set(sending, next.parents);
    }
  }
  if (bugs.length > 0) throw bugs[0];
  return results;
}
