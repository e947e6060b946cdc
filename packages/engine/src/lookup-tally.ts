/** Counts what a run looks up, so that a person sees what lookups cost and how much the run remembered. */
import type { LinkRequest, LookupRequest } from "@fieldbridge/formula";
import type { LookupUse } from "@fieldbridge/model";

type Request = LookupRequest | LinkRequest;
type Counts = { -readonly [K in keyof LookupUse]: LookupUse[K] };

export interface LookupTally {
  /** A question that got its answer. */
  readonly noteQuestion: (request: Request) => void;
  /** A question nobody asked before. */
  readonly noteDifferent: (request: Request) => void;
  /** A request to a system, for many questions at once. */
  readonly noteRequest: (request: Request) => void;
  readonly uses: () => readonly LookupUse[];
}

export function createLookupTally(): LookupTally {
  const counts = new Map<string, Counts>();
  const countsOf = (request: Request): Counts => {
    const field = request.kind === "linked" ? null : request.keyField;
    const place = JSON.stringify([request.object, field]);
    const known = counts.get(place);
    if (known) return known;
    const fresh = { object: request.object, field, questions: 0, different: 0, requests: 0 };
    counts.set(place, fresh);
    return fresh;
  };
  return {
    noteQuestion: (request) => void (countsOf(request).questions += 1),
    noteDifferent: (request) => void (countsOf(request).different += 1),
    noteRequest: (request) => void (countsOf(request).requests += 1),
    uses: () => [...counts.values()].map((each) => ({ ...each })),
  };
}

/** Uses of several processes that worked on one run, in the order of their first appearance. */
export function addLookupUses(before: readonly LookupUse[], more: readonly LookupUse[]): LookupUse[] {
  const sums = new Map<string, LookupUse>();
  for (const each of [...before, ...more]) {
    const place = JSON.stringify([each.object, each.field]);
    const sum = sums.get(place);
    sums.set(
      place,
      sum === undefined
        ? each
        : {
            ...each,
            questions: sum.questions + each.questions,
            different: sum.different + each.different,
            requests: sum.requests + each.requests,
          },
    );
  }
  return [...sums.values()];
}
