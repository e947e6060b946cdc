/** Live events: they patch what is cached, and their loss is noticed and bridged by polling. */
import type { Home, Run, RunEvent } from "@fieldbridge/model";
import { QueryClient, QueryObserver } from "@tanstack/react-query";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { applyRunEvent, openEventFeed, type EventFeed } from "./events.ts";
import { toRun } from "../testing/runs.ts";

const toEvent = (change: Partial<RunEvent> = {}): RunEvent => ({
  runId: "1",
  transferId: "tr_a",
  groupId: null,
  state: "running",
  phase: "write",
  counts: { ...toRun().counts, read: 40, created: 30 },
  expected: 60,
  ...change,
});

const send = (event: RunEvent): void => {
  FakeSource.last?.dispatchEvent(new MessageEvent("run", { data: JSON.stringify(event) }));
};

class FakeSource extends EventTarget {
  static readonly OPEN = 1;
  static last: FakeSource | null = null;
  readyState = 0;
  constructor() {
    super();
    FakeSource.last = this;
  }
  close(): void {
    this.readyState = 2;
  }
}

describe("applyRunEvent", () => {
  test("the run, Home, the list and the pages of the list show the event's numbers", () => {
    const client = new QueryClient();
    client.setQueryData(["getRun", { params: { id: "1" } }], toRun());
    client.setQueryData(["listRuns", {}], { items: [toRun(), toRun({ id: "2" })], next: null, total: 2 });
    client.setQueryData(["listRuns", {}, "pages"], { pages: [{ items: [toRun()] }], pageParams: [""] });
    client.setQueryData(["getHome"], {
      openHeld: [],
      running: [toRun()],
      recentRuns: [],
      transfers: [],
      connections: 2,
    });
    applyRunEvent(client, toEvent());
    expect(client.getQueryData<Home>(["getHome"])?.running[0]?.phase).toBe("write");
    expect(client.getQueryData<Run>(["getRun", { params: { id: "1" } }])?.counts.created).toBe(30);
    const list = client.getQueryData<{ items: Run[] }>(["listRuns", {}]);
    expect(list?.items.map((run) => run.phase)).toEqual(["write", null]);
    const pages = client.getQueryData<{ pages: { items: Run[] }[] }>(["listRuns", {}, "pages"]);
    expect(pages?.pages[0]?.items[0]?.expected).toBe(60);
  });
});

describe("openEventFeed", () => {
  let feed: EventFeed;
  let invalidated: string[];

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("EventSource", FakeSource);
    vi.stubGlobal("BroadcastChannel", undefined);
    const client = new QueryClient();
    invalidated = [];
    vi.spyOn(client, "invalidateQueries").mockImplementation((filters) => {
      invalidated.push(String(filters?.queryKey?.[0]));
      return Promise.resolve();
    });
    feed = openEventFeed(client, "/api/events");
  });

  afterEach(() => {
    feed.close();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  test("is live once the stream opens, and stale with the time of the last sign of life when it breaks", () => {
    FakeSource.last?.dispatchEvent(new Event("open"));
    expect(feed.getState().live).toBe(true);
    FakeSource.last?.dispatchEvent(new Event("error"));
    expect(feed.getState()).toMatchObject({ live: false, since: expect.any(Number) });
  });

  test("reads the runs again every five seconds while it is stale, and not while it is live", () => {
    FakeSource.last?.dispatchEvent(new Event("error"));
    invalidated = [];
    vi.advanceTimersByTime(5_000);
    expect(invalidated).toContain("getRun");
    FakeSource.last?.dispatchEvent(new Event("open"));
    invalidated = [];
    vi.advanceTimersByTime(15_000);
    expect(invalidated).toEqual([]);
  });

  test("a run of a group makes the group old with every news, and no other run does", () => {
    invalidated = [];
    send(toEvent());
    expect(invalidated).not.toContain("getGroup");
    send(toEvent({ groupId: "daily" }));
    expect(invalidated).toEqual(expect.arrayContaining(["getGroup", "listGroups", "listGroupRuns"]));
  });

  test("a run that ends makes its outcomes, causes and held records old", () => {
    send(toEvent());
    invalidated = [];
    send(toEvent({ state: "finished", phase: null }));
    expect(invalidated).toEqual(expect.arrayContaining(["getRun", "listOutcomes", "listCauses", "listHeld"]));
  });
});

test("a run whose first answer is still on its way when it ends is asked for again", async () => {
  vi.stubGlobal("EventSource", FakeSource);
  vi.stubGlobal("BroadcastChannel", undefined);
  const client = new QueryClient();
  const feed = openEventFeed(client, "/api/events");
  const answers = [new Promise<Run>(() => {}), Promise.resolve(toRun({ state: "finished" }))];
  const observer = new QueryObserver(client, {
    queryKey: ["getRun", { params: { id: "1" } }],
    queryFn: () => answers.shift() ?? Promise.reject(new Error("asked too often")),
  });
  const stop = observer.subscribe(() => {});
  const data = JSON.stringify(toEvent({ state: "finished", phase: null }));
  FakeSource.last?.dispatchEvent(new MessageEvent("run", { data }));
  await vi.waitFor(() => expect(observer.getCurrentResult().data?.state).toBe("finished"));
  stop();
  feed.close();
  vi.unstubAllGlobals();
});
