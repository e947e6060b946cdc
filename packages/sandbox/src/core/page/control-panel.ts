// The switches a person can reach from the overview: faults, clock, sign-in, reset.
import type { FaultEffect, FaultRule } from "../faults.ts";
import { html, labelled, type Html } from "./html.ts";

const EFFECTS: readonly (readonly [value: string, label: string])[] = [
  ["dropAnswerAfterCommit", "Do the work, then lose the answer"],
  ["cutBeforeWork", "Cut the connection before any work"],
  ["status-429", "Answer 429, wait (figure: seconds)"],
  ["status-403", "Answer 403, daily limit reached"],
  ["status-503", "Answer 503, not available"],
  ["delayMs", "Answer late (figure: seconds)"],
  ["shuffledAnswers", "Shuffle the answers of a batch"],
  ["shortAnswers", "Leave answers of a batch out (figure: how many)"],
  ["lockedRows", "Refuse writes: rows are locked"],
  ["lateCommit", "Stamp now, visible later (figure: seconds)"],
  ["sameSecondStamps", "Give all changes the same second"],
];

function countOf(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}

function describeEffect(effect: FaultEffect): string {
  switch (effect.type) {
    case "status":
      return effect.retryAfterSeconds === undefined
        ? `Answer ${effect.status}`
        : `Answer ${effect.status} and ask to wait ${countOf(effect.retryAfterSeconds, "second")}`;
    case "delayMs":
      return `Answer ${countOf(effect.ms / 1000, "second")} late`;
    case "shortAnswers":
      return `Leave ${countOf(effect.missing, "answer")} of a batch out`;
    case "lateCommit":
      return `Stamp now, visible ${countOf(effect.seconds, "second")} later`;
    case "dropAnswerAfterCommit":
    case "cutBeforeWork":
    case "shuffledAnswers":
    case "lockedRows":
    case "sameSecondStamps":
      return EFFECTS.find(([value]) => value === effect.type)?.[1] ?? effect.type;
  }
}

function describeRule(rule: FaultRule): string {
  const method = rule.match.method ? `${rule.match.method} calls` : "every call";
  const share = rule.share === undefined ? "" : `, ${rule.share * 100} % of them`;
  const often = rule.times === undefined ? ", until cleared" : `, ${countOf(rule.times, "time")}`;
  return `${describeEffect(rule.effect)}: ${method}${rule.match.path ? ` to ${rule.match.path}` : ""}${share}${often}`;
}

function activeFaults(faults: readonly (FaultRule & { struck: number })[]): Html {
  if (faults.length === 0)
    return html`<p class="lead">No fault is set: every call is answered as it should be.</p>`;
  const items = faults.map(
    (fault) => html`<li>${describeRule(fault)} (struck ${countOf(fault.struck, "time")} so far)</li>`,
  );
  return html`<ul>
    ${items}
  </ul>`;
}

function numberInput(id: string, name: string, value: number): Html {
  return html`<input id="${id}" type="number" name="${name}" value="${value}" />`;
}

export function controlPanel(state: {
  faults: readonly (FaultRule & { struck: number })[];
  now: string;
  offsetSeconds: number;
  calls: number;
}): Html {
  const options = EFFECTS.map(([value, label]) => html`<option value="${value}">${label}</option>`);
  const methods = ["", "GET", "POST", "PATCH", "DELETE"].map(
    (method) => html`<option value="${method}">${method || "Any method"}</option>`,
  );
  const effect = html`<select id="fault-effect" name="effect">
    ${options}
  </select>`;
  const method = html`<select id="fault-method" name="method">
    ${methods}
  </select>`;
  return html`<h2>Make it misbehave</h2>
    <div class="sheet pad">
      ${activeFaults(state.faults)}
      <form data-act="add-fault">
        <div class="tools">
          ${labelled("fault-effect", "Fault", effect)} ${labelled("fault-method", "Method", method)}
          ${labelled("fault-path", "Path begins with", html`<input id="fault-path" name="path" placeholder="any path" />`)}
          ${labelled("fault-figure", "Figure", numberInput("fault-figure", "figure", 2))}
          ${labelled("fault-times", "How often", numberInput("fault-times", "times", 1))}
          <button>Add fault</button>
        </div>
        <p class="note" role="status"></p>
      </form>
      <div class="tools">
        <form data-act="clear-faults">
          <button class="plain">Clear faults</button> <span role="status"></span>
        </form>
        <form data-act="expire-tokens">
          <button class="plain">Expire all access tokens</button> <span role="status"></span>
        </form>
      </div>
    </div>
    <h2>Clock and data</h2>
    <div class="sheet pad">
      <p class="lead">
        The server’s clock shows ${state.now}. ${state.calls} API calls were counted since the start or the
        last reset.
      </p>
      <form class="tools" data-act="clock">
        ${labelled("clock", "Seconds ahead of the machine", numberInput("clock", "offset", state.offsetSeconds))}
        <button class="plain">Set the clock</button> <span role="status"></span>
      </form>
      <form class="tools" data-act="reset">
        <button class="danger">Reset all data…</button> <span role="status"></span>
      </form>
    </div>`;
}
