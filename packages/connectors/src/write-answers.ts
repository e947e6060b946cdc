/** The answers of a write batch while it is being worked off: one per request, whatever happens to the calls. */
import { Fault, type WriteAnswer, type WriteRequest } from "@fieldbridge/engine";
import { toIssue, type Issue, type Row } from "@fieldbridge/model";
import { shorten } from "./http/answer-text.ts";

const LONGEST_ANSWER = 4_000;

export interface WriteAnswers {
  done(request: WriteRequest, key: string, row: Row): void;
  refuse(request: WriteRequest, issues: readonly Issue[], answer: string): void;
  lose(request: WriteRequest, message: string): void;
  /**
   * A call as a whole failed: what may have been executed is unknown; what was not sent is refused, or the fault is
   * thrown again where nothing of the batch has been sent yet.
   */
  fail(requests: readonly WriteRequest[], fault: unknown): void;
  /** In the order of the requests; throws where one has none, which would be a bug. */
  all(): readonly WriteAnswer[];
}

export function createWriteAnswers(requests: readonly WriteRequest[]): WriteAnswers {
  const answers = new Map<string, WriteAnswer>();
  let isAnythingSent = false;

  function set(answer: WriteAnswer): void {
    if (answers.has(answer.ref)) throw new Error(`The request ${answer.ref} was answered twice.`);
    answers.set(answer.ref, answer);
  }

  const self: WriteAnswers = {
    done(request, key, row) {
      isAnythingSent = true;
      set({ ref: request.ref, state: "done", key, row });
    },
    refuse(request, issues, answer) {
      set({ ref: request.ref, state: "refused", issues, answer: shorten(answer, LONGEST_ANSWER) });
    },
    lose(request, message) {
      isAnythingSent = true;
      set({ ref: request.ref, state: "unknown", issue: toIssue("WRT-312", "", message) });
    },
    fail(failed, fault) {
      if (!(fault instanceof Fault)) throw fault;
      if (fault.sent) {
        for (const request of failed) self.lose(request, fault.message);
        return;
      }
      if (!isAnythingSent) throw fault;
      for (const request of failed) self.refuse(request, [fault.issue], "");
    },
    all() {
      return requests.map((request) => {
        const answer = answers.get(request.ref);
        if (answer === undefined) throw new Error(`The request ${request.ref} was left without an answer.`);
        return answer;
      });
    },
  };
  return self;
}
