/** An instant as relative words with the absolute time in the accessible name and on hover and focus. */
import { useSyncExternalStore } from "react";
import { formatInstant, formatRelative, formatShortInstant, zoneName } from "../format/time.ts";

const tickMs = 30_000;

const subscribeTick = (listener: () => void): (() => void) => {
  const timer = setInterval(listener, tickMs);
  return () => clearInterval(timer);
};

const getTick = (): number => Math.floor(Date.now() / tickMs) * tickMs;

/** `both` writes "12:04 (4 minutes ago)"; otherwise only the relative words show. */
export function TimeText({ at, both = false }: { at: string; both?: boolean }) {
  const tick = useSyncExternalStore(subscribeTick, getTick);
  const now = Math.max(tick, Date.parse(at));
  const exact = `${formatInstant(at)} ${zoneName()}`;
  const relative = formatRelative(at, now);
  return (
    <time dateTime={at} title={exact}>
      {both ? `${formatShortInstant(at, now)} (${relative})` : relative}
      <span className="fb-hidden">{both ? "" : `, ${exact}`}</span>
    </time>
  );
}
