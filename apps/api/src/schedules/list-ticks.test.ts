/** When schedules tick, above all where clocks are put forward and back. */
import { describe, expect, test } from "vitest";
import { checkClock, listTicks } from "./list-ticks.ts";

const ticks = (cron: string, timeZone: string, after: string, count: number) =>
  listTicks({ cron, timeZone }, new Date(after), count).map((tick) => tick.toISOString().slice(0, 16));

describe("around the night in which clocks are put forward, 02:00 to 03:00 in Copenhagen", () => {
  test("a fixed time that does not exist ticks right behind the gap, once", () => {
    expect(ticks("30 2 * * *", "Europe/Copenhagen", "2026-03-28T12:00Z", 2)).toEqual([
      "2026-03-29T01:00",
      "2026-03-30T00:30",
    ]);
  });

  test("what ticks all day long goes on at its pace", () => {
    expect(ticks("*/30 * * * *", "Europe/Copenhagen", "2026-03-29T00:10Z", 3)).toEqual([
      "2026-03-29T00:30",
      "2026-03-29T01:00",
      "2026-03-29T01:30",
    ]);
  });
});

describe("around the night in which clocks are put back, 03:00 to 02:00 in Copenhagen", () => {
  test("a fixed time that comes twice ticks once", () => {
    expect(ticks("30 2 * * *", "Europe/Copenhagen", "2026-10-24T12:00Z", 2)).toEqual([
      "2026-10-25T00:30",
      "2026-10-26T01:30",
    ]);
  });

  test("what ticks all day long goes on through both hours", () => {
    expect(ticks("5 * * * *", "Europe/Copenhagen", "2026-10-24T23:10Z", 3)).toEqual([
      "2026-10-25T00:05",
      "2026-10-25T01:05",
      "2026-10-25T02:05",
    ]);
  });
});

describe("a schedule that cannot tick is explained", () => {
  const now = new Date("2026-11-20T12:00Z");
  test.each([
    ["0 6 * *", "UTC", "CLK-801", "it has 4 fields and needs five"],
    ["@daily", "UTC", "CLK-801", "it has 1 field and needs five"],
    ["61 * * * *", "UTC", "CLK-801", "Invalid value for minute: 61"],
    ["0 6 * * *", "Mars/Base", "CLK-802", 'no time zone "Mars/Base"'],
    ["0 0 31 2 *", "UTC", "CLK-803", "never comes"],
  ])("%s in %s", (cron, timeZone, code, reason) => {
    const [issue] = checkClock({ cron, timeZone }, now);
    expect(issue?.code).toBe(code);
    expect(issue?.message).toContain(reason);
  });

  test("and one that ticks has no issue", () => {
    expect(checkClock({ cron: "*/15 8-18 * * 1-5", timeZone: "Europe/Copenhagen" }, now)).toEqual([]);
  });
});
