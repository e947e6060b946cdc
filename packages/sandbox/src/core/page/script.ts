// The few lines of script on the page: the fault panel, the clock, the reset with its question, and saving a record.

export const PAGE_SCRIPT = `
const call = async (method, url, body) => {
  const answer = await fetch(url, { method, headers: body ? { "content-type": "application/json" } : {}, body: body && JSON.stringify(body) });
  const text = await answer.text();
  return { ok: answer.ok, value: text ? JSON.parse(text) : null };
};
const say = (form, text) => { form.querySelector("[role=status]").textContent = text; };
const on = (name, act) => {
  const form = document.querySelector("form[data-act=" + name + "]");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = await act(new FormData(form), form, event.submitter);
    if (text) say(form, text); else location.reload();
  });
};
on("add-fault", async (data) => {
  const effect = { type: data.get("effect") };
  const figure = Number(data.get("figure") || 0);
  if (effect.type.startsWith("status")) { effect.status = Number(effect.type.slice(7)); effect.type = "status"; if (figure > 0) effect.retryAfterSeconds = figure; }
  if (effect.type === "delayMs") effect.ms = figure * 1000;
  if (effect.type === "lateCommit") effect.seconds = figure;
  if (effect.type === "shortAnswers") effect.missing = Math.max(1, figure);
  const match = {};
  if (data.get("method")) match.method = data.get("method");
  if (data.get("path")) match.path = data.get("path");
  const rule = { match, effect };
  if (data.get("times")) rule.times = Number(data.get("times"));
  const present = await call("GET", "/_sandbox/faults");
  const answer = await call("PUT", "/_sandbox/faults", [...present.value.map(({ struck, ...each }) => each), rule]);
  return answer.ok ? "" : answer.value.message;
});
on("clear-faults", async () => { await call("DELETE", "/_sandbox/faults"); });
on("expire-tokens", async () => { await call("POST", "/_sandbox/expire-tokens"); return "All access tokens have expired."; });
on("clock", async (data) => {
  const answer = await call("POST", "/_sandbox/clock", { offsetSeconds: Number(data.get("offset") || 0) });
  return answer.ok ? "" : answer.value.message;
});
on("reset", async (data, form) => {
  if (!confirm("Put all records back to the start? Everything written since is lost.")) return "Nothing was changed.";
  await call("POST", "/_sandbox/reset");
});
on("edit-record", async (data, form) => {
  const answer = await call("PUT", form.dataset.url, Object.fromEntries(data));
  return answer.ok ? "" : answer.value.message;
});
`;
