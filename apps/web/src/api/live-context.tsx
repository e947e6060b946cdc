/** Hands the one event feed to the components that show whether the page is live. */
import { createContext, use, useSyncExternalStore, type ReactNode } from "react";
import type { EventFeed, LiveState } from "./events.ts";

const FeedContext = createContext<EventFeed | null>(null);

export function LiveProvider({ feed, children }: { feed: EventFeed; children: ReactNode }) {
  return <FeedContext value={feed}>{children}</FeedContext>;
}

const idle: LiveState = { live: true, since: null };
const subscribeNothing = (): (() => void) => () => undefined;
const getIdle = (): LiveState => idle;

/** Whether live updates arrive, and when the last sign of life was. */
export function useLiveState(): LiveState {
  const feed = use(FeedContext);
  return useSyncExternalStore(feed?.subscribe ?? subscribeNothing, feed?.getState ?? getIdle);
}
