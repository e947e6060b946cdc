/** Times of a transfer's zone, across the changes of its clocks. */
import { expect, test } from "vitest";
import { formatInZone, toInstant } from "./zoned-time.ts";

test.each([
  ["2026-11-20T08:00", "Europe/Copenhagen", "2026-11-20T07:00:00.000Z"],
  ["2026-07-20T08:00", "Europe/Copenhagen", "2026-07-20T06:00:00.000Z"],
  ["2026-07-20T08:00", "America/New_York", "2026-07-20T12:00:00.000Z"],
  ["2026-07-20T08:00:30", "UTC", "2026-07-20T08:00:30.000Z"],
])("%s in %s is %s", (local, zone, instant) => expect(toInstant(local, zone)).toBe(instant));

test("a time the clocks jump over is as far behind the jump, one they show twice is the first", () => {
  expect(toInstant("2026-03-29T02:30", "Europe/Copenhagen")).toBe("2026-03-29T01:30:00.000Z");
  expect(toInstant("2026-10-25T02:30", "Europe/Copenhagen")).toBe("2026-10-25T00:30:00.000Z");
});

test("what is no time gives no instant", () => {
  expect(toInstant("", "UTC")).toBeNull();
  expect(toInstant("2026-13-40T99:00", "UTC")).toBeNull();
});

test("an instant is shown on the clocks of the zone, which is named", () => {
  expect(formatInZone("2026-11-20T07:00:00.000Z", "Europe/Copenhagen")).toMatch(
    /08:00:00 \(Europe\/Copenhagen\)$/,
  );
});
