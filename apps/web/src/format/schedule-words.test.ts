/** The clock of a schedule, in words and back. */
import { describe, expect, test } from "vitest";
import { describeCron, newClock, readCron, toCron } from "./schedule-words.ts";

test.each([
  ["*/15 8-18 * * 1-5", "Every 15 minutes from 08:00 to 19:00, Mon–Fri"],
  ["* * * * *", "Every minute"],
  ["0 * * * *", "Every hour"],
  ["5 8-18 * * 1,3", "Every hour at 5 past from 08:00 to 19:00, Mon, Wed"],
  ["30 6 * * *", "Daily at 06:30"],
  ["0 22 * * 0", "Sun at 22:00"],
  ["0 22 * * 5-7", "Fri–Sun at 22:00"],
  ["0 6 1 * *", "Cron 0 6 1 * *"],
  ["*/7 * * * *", "Cron */7 * * * *"],
])("%s is %s", (cron, words) => expect(describeCron(cron)).toBe(words));

describe("a form and its expression say the same", () => {
  test.each([
    "*/15 8-18 * * 1-5",
    "* * * * *",
    "*/30 * * * 0,6",
    "5 8-18 * * 1,3",
    "30 6 * * *",
    "0 22 * * 0",
    "0 6 1 * *",
  ])("%s", (cron) => expect(toCron(readCron(cron))).toBe(cron));

  test("a new one ticks every quarter of an hour", () => expect(toCron(newClock)).toBe("*/15 * * * *"));

  test("what was never finished typing is still an expression", () => {
    expect(readCron("*/15 8-")).toMatchObject({ kind: "cron", cron: "*/15 8-" });
    expect(readCron("")).toMatchObject({ kind: "cron", cron: "" });
  });
});
