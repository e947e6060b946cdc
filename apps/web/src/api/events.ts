/**
 * Live run events. One tab per browser holds the stream (elected with a web lock) and passes events on to the
 * others, because a browser opens few connections to one host. Events carry ids and counters only: they patch or
 * invalidate the queries. While the stream is down the pages poll.
 */
import type { Home, RouteName, Run, RunEvent } from "@fieldbridge/model";
import type { QueryClient } from "@tanstack/react-query";
import { apiKey, invalidateApi } from "./hooks.ts";

/** `since` is the time of the last sign of life (epoch milliseconds); null before the first. */
export interface LiveState {
  readonly live: boolean;
  readonly since: number | null;
}

export interface EventFeed {
  readonly getState: () => LiveState;
  readonly subscribe: (listener: () => void) => () => void;
  readonly close: () => void;
}

type Message =
  | { readonly kind: "run"; readonly event: RunEvent }
  | { readonly kind: "state"; readonly live: boolean };

/** A new tab asks the one that holds the stream whether it is live. */
interface Hello {
  readonly kind: "hello";
}

const pollMs = 5_000;
/** The rows of a running run are read again at most this often. */
const rowsMs = 1_500;

const isFinal = (state: Run["state"]): boolean =>
  state === "finished" || state === "stopped" || state === "failed";

const patchRun = (run: Run, event: RunEvent): Run =>
  run.id === event.runId
    ? { ...run, state: event.state, phase: event.phase, counts: event.counts, expected: event.expected }
    : run;

/** Applies one event to whatever the cache holds of that run. */
export function applyRunEvent(client: QueryClient, event: RunEvent): void {
  client.setQueriesData<Run>({ queryKey: ["getRun"] }, (run) => run && patchRun(run, event));
  client.setQueriesData<Home>(
    { queryKey: ["getHome"] },
    (home) =>
      home && {
        ...home,
        running: home.running.map((run) => patchRun(run, event)),
        recentRuns: home.recentRuns.map((run) => patchRun(run, event)),
      },
  );
  client.setQueriesData<{ items?: Run[]; pages?: { items: Run[] }[] }>({ queryKey: ["listRuns"] }, (list) => {
    if (!list) return list;
    if (list.items) return { ...list, items: list.items.map((run) => patchRun(run, event)) };
    if (!list.pages) return list;
    return {
      ...list,
      pages: list.pages.map((page) => ({ ...page, items: page.items.map((run) => patchRun(run, event)) })),
    };
  });
}

/** What is old once a run started or ended. */
export const runRoutes: readonly RouteName[] = [
  "getRun",
  "getRunReport",
  "listRuns",
  "getHome",
  "listOutcomes",
  "listCauses",
  "listHeld",
  "countHeld",
  "getHeld",
  "listTransfers",
  "listSchedules",
  "getTransfer",
];

/** What is old once a group run has moved on. */
const groupRoutes: readonly RouteName[] = ["listGroups", "getGroup", "listGroupRuns"];

/** Opens the feed; it lives as long as the page. */
export function openEventFeed(client: QueryClient, path: string): EventFeed {
  const listeners = new Set<() => void>();
  const channel = typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("fieldbridge-events");
  const closing = new AbortController();
  const known = new Map<string, Run["state"]>();
  let state: LiveState = { live: false, since: null };
  let source: EventSource | null = null;
  let rowsDue: ReturnType<typeof setTimeout> | null = null;

  const setLive = (live: boolean): void => {
    state = { live, since: live ? Date.now() : state.since };
    for (const listener of listeners) listener();
  };

  const onRun = (event: RunEvent): void => {
    if (!state.live) setLive(true);
    applyRunEvent(client, event);
    if (event.groupId !== null) void invalidateApi(client, groupRoutes);
    const before = known.get(event.runId);
    known.set(event.runId, event.state);
    if (before === undefined || before !== event.state) {
      // A first answer that is on its way may be older than this event, and would not be asked for again.
      if (isFinal(event.state))
        void client.cancelQueries({ queryKey: apiKey("getRun", { params: { id: event.runId } }) });
      void invalidateApi(client, isFinal(event.state) ? runRoutes : ["getHome", "listRuns", "getRun"]);
      return;
    }
    rowsDue ??= setTimeout(() => {
      rowsDue = null;
      void invalidateApi(client, ["listOutcomes", "listCauses", "getRun"]);
    }, rowsMs);
  };

  const receive = (message: Message): void => {
    if (message.kind === "run") onRun(message.event);
    else setLive(message.live);
  };

  const tellTabs = (message: Message | Hello): void => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a BroadcastChannel takes none
    channel?.postMessage(message);
  };

  const publish = (message: Message): void => {
    receive(message);
    tellTabs(message);
  };

  const openStream = (): void => {
    source = new EventSource(path);
    source.addEventListener("open", () => {
      publish({ kind: "state", live: true });
      void invalidateApi(client, [...runRoutes, ...groupRoutes]);
    });
    source.addEventListener("error", () => publish({ kind: "state", live: false }));
    source.addEventListener("run", (message: MessageEvent<string>) =>
      publish({ kind: "run", event: JSON.parse(message.data) as RunEvent }),
    );
  };

  const poll = setInterval(() => {
    if (!state.live && document.visibilityState === "visible")
      void invalidateApi(client, [...runRoutes, ...groupRoutes]);
  }, pollMs);

  channel?.addEventListener("message", (message: MessageEvent<Message | Hello>) => {
    if (message.data.kind !== "hello") receive(message.data);
    else if (source) tellTabs({ kind: "state", live: source.readyState === EventSource.OPEN });
  });

  if (channel && "locks" in navigator) {
    tellTabs({ kind: "hello" });
    const untilClosed = new Promise<void>((resolve) =>
      closing.signal.addEventListener("abort", () => resolve()),
    );
    navigator.locks
      .request("fieldbridge-events", { signal: closing.signal }, () => {
        openStream();
        return untilClosed;
      })
      .catch(() => undefined);
  } else openStream();

  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => {
      closing.abort();
      source?.close();
      channel?.close();
      clearInterval(poll);
      if (rowsDue) clearTimeout(rowsDue);
    },
  };
}
