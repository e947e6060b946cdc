// The switches a person can reach from the overview: faults, clock, sign-in, reset.
import type { FaultEffect, FaultRule } from "../faults.ts";
import { html, type Html } from "./html.ts";

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

function describeEffect(effect: FaultEffect): string {
  const name = effect.type === "status" ? `status-${effect.status}` : effect.type;
  const label = EFFECTS.find(([value]) => value === name)?.[1] ?? name;
  const figures = Object.entries(effect).filter(([key]) => key !== "type" && key !== "status");
  const details = figures.map(([key, value]) => `${key} ${String(value)}`).join(", ");
  return details === "" ? label : `${label} · ${details}`;
}

function activeFaults(faults: readonly (FaultRule & { struck: number })[]): Html {
  if (faults.length === 0)
    return html`<p class="lead">No fault is set: every call is answered as it should be.</p>`;
  const items = faults.map((fault) => {
    const where = [fault.match.method ?? "Every call", fault.match.path ?? ""].join(" ").trim();
    const often = fault.times === undefined ? "until cleared" : `${fault.times} times`;
    return html`<li>${describeEffect(fault.effect)}: ${where}, ${often}, struck ${fault.struck} so far</li>`;
  });
  return html`<ul>
    ${items}
  </ul>`;
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
  return html`<h2>Make it misbehave</h2>
    <div class="sheet pad">
      ${activeFaults(state.faults)}
      <form data-act="add-fault">
        <div class="tools">
          <label
            >Fault
            <select name="effect">
              ${options}
            </select></label
          >
          <label
            >Method
            <select name="method">
              ${methods}
            </select></label
          >
          <label>Path begins with <input name="path" placeholder="any path" /></label>
          <label>Figure <input type="number" name="figure" min="0" value="2" /></label>
          <label>How often <input type="number" name="times" min="1" value="1" /></label>
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
        <label
          >Seconds ahead of the machine
          <input type="number" name="offset" value="${state.offsetSeconds}" />
        </label>
        <button class="plain">Set the clock</button> <span role="status"></span>
      </form>
      <form class="tools" data-act="reset">
        <button class="danger">Reset all data…</button> <span role="status"></span>
      </form>
    </div>`;
}
