/**
 * Calls one system through its gate, signed in, and knows what may be repeated: reads and refused calls yes, a write
 * whose answer was lost never. What an answer means is told by the connector's `judge`.
 */
import { Fault } from "@fieldbridge/engine";
import { toIssue, type Issue } from "@fieldbridge/model";
import type { HttpAnswer, HttpClient, HttpRequest } from "./http-client.ts";
import { parseRetryAfter } from "./retry-after.ts";
import type { Resilience } from "./resilience.ts";

export interface SystemCall extends HttpRequest {
  /** True where sending it twice does no harm. */
  readonly safe: boolean;
}

/**
 * - `final`: the answer is for the caller, whatever its status.
 * - `signed-out`: the token is not taken; nothing was executed.
 * - `throttled`: refused for now, nothing was executed; `waitMs` where the system says how long.
 * - `broken`: the system failed; `executed` is false only where it says itself that it did nothing.
 * - `refused`: it will never work like this.
 */
export type Verdict =
  | { readonly kind: "final" }
  | { readonly kind: "signed-out"; readonly reason: string }
  | { readonly kind: "throttled"; readonly issue: Issue; readonly waitMs?: number | undefined }
  | { readonly kind: "broken"; readonly issue: Issue; readonly executed: boolean }
  | { readonly kind: "refused"; readonly issue: Issue };

export interface SignIn {
  /** Headers that prove who is calling. */
  headers(): Promise<Readonly<Record<string, string>>>;
  /**
   * Replaces what `headers` gave when it was refused; callers at the same time share one renewal. What was taken from
   * another process may be refused as well; what was requested says that the sign-in itself is not accepted.
   */
  renew(refused: Readonly<Record<string, string>>): Promise<"requested" | "taken">;
}

export interface SystemClient {
  /** Answers that `judge` calls final; everything else becomes a `Fault`. */
  call(call: SystemCall): Promise<HttpAnswer>;
}

export function createSystemClient(parts: {
  readonly http: HttpClient;
  readonly resilience: Resilience;
  readonly signIn: SignIn;
  readonly judge: (answer: HttpAnswer) => Verdict;
}): SystemClient {
  const { http, resilience, signIn, judge } = parts;

  let refusals = 0;

  /** Before the call leaves the gate, so that nobody slips through between the refusal and the pause. */
  function holdEverybody(answer: HttpAnswer, verdict: Verdict & { kind: "throttled" }): void {
    refusals += 1;
    const backOffMs = resilience.backOffMs(refusals);
    const told = parseRetryAfter(answer.header("retry-after"), {
      serverDate: answer.header("date"),
      localMs: resilience.now(),
    });
    const waitMs = told === 0 ? backOffMs : (told ?? verdict.waitMs ?? backOffMs);
    resilience.gate.pause(resilience.now() + waitMs, verdict.issue);
  }

  async function tryOnce(
    call: SystemCall,
    signed: Readonly<Record<string, string>>,
  ): Promise<{ answer: HttpAnswer; verdict: Verdict }> {
    const leave = await resilience.gate.enter(resilience.maxWaitMs, resilience.sleep);
    try {
      const answer = await http.send({ ...call, headers: { ...call.headers, ...signed } });
      const verdict = judge(answer);
      if (verdict.kind !== "broken") resilience.gate.noteAnswer();
      if (verdict.kind === "throttled") holdEverybody(answer, verdict);
      else refusals = 0;
      return { answer, verdict };
    } finally {
      leave();
    }
  }

  return {
    async call(call) {
      let failures = 0;
      let renewed = false;
      const startedAt = resilience.now();

      /** Waits before the next try, or gives up with the fault. */
      async function waitOrThrow(fault: Fault, isBroken: boolean): Promise<void> {
        failures += 1;
        if (failures >= resilience.attempts) throw fault;
        // The gate says at once that the system is broken: nothing to wait for here.
        if (!isBroken) await resilience.sleep(resilience.backOffMs(failures));
      }

      for (;;) {
        const signed = await signIn.headers();
        let result: Awaited<ReturnType<typeof tryOnce>>;
        try {
          result = await tryOnce(call, signed);
        } catch (error) {
          if (!(error instanceof Fault) || !error.retryable || error.retryAfterMs !== undefined) throw error;
          const isBroken = resilience.gate.noteFailure(error.issue);
          if (error.sent && !call.safe) throw error;
          await waitOrThrow(error, isBroken);
          continue;
        }
        const { answer, verdict } = result;
        switch (verdict.kind) {
          case "final":
            return answer;
          case "signed-out":
            if (renewed) throw signedOutFault(verdict.reason);
            renewed = (await signIn.renew(signed)) === "requested";
            break;
          case "throttled":
            if (resilience.now() - startedAt > resilience.maxWaitMs)
              throw new Fault(verdict.issue, { retryable: true, sent: false });
            break;
          case "broken": {
            const fault = new Fault(verdict.issue, { retryable: true, sent: verdict.executed });
            const isBroken = resilience.gate.noteFailure(verdict.issue);
            if (verdict.executed && !call.safe) throw fault;
            await waitOrThrow(fault, isBroken);
            break;
          }
          case "refused":
            throw new Fault(verdict.issue, { retryable: false, sent: false });
        }
      }
    },
  };
}

function signedOutFault(reason: string): Fault {
  const message = `The system does not accept the sign-in, not even a fresh one: ${reason}`;
  return new Fault(toIssue("CON-601", "", message), { retryable: false, sent: false });
}
