// Date literals such as TODAY or LAST_N_DAYS:30: each is a range of days, in UTC here, since the demo user lives there.

type Unit = "DAY" | "WEEK" | "MONTH" | "QUARTER" | "YEAR";

/** Days from `start` up to but not including `end`, in milliseconds since 1970. */
export interface DateRange {
  readonly startMs: number;
  readonly endMs: number;
}

const FIXED =
  /^(YESTERDAY|TODAY|TOMORROW|(?:LAST|THIS|NEXT)_(?:WEEK|MONTH|QUARTER|YEAR)|(?:LAST|NEXT)_90_DAYS)$/;
const COUNTED = /^(?:(LAST|NEXT)_N_(DAY|WEEK|MONTH|QUARTER|YEAR)S|N_(DAY|WEEK|MONTH|QUARTER|YEAR)S_AGO)$/;

export function isRangeName(name: string): boolean {
  return FIXED.test(name) || COUNTED.test(name);
}

/** The start of the unit that holds `ms`, moved by `steps` units; weeks begin on Sunday. */
function startOf(unit: Unit, ms: number, steps: number): number {
  const date = new Date(ms);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  const day = date.getUTCDate();
  switch (unit) {
    case "DAY":
      return Date.UTC(year, month, day + steps);
    case "WEEK":
      return Date.UTC(year, month, day - date.getUTCDay() + 7 * steps);
    case "MONTH":
      return Date.UTC(year, month + steps, 1);
    case "QUARTER":
      return Date.UTC(year, month - (month % 3) + 3 * steps, 1);
    case "YEAR":
      return Date.UTC(year + steps, 0, 1);
  }
}

function between(unit: Unit, nowMs: number, from: number, to: number): DateRange {
  return { startMs: startOf(unit, nowMs, from), endMs: startOf(unit, nowMs, to) };
}

function fixedRange(name: string, nowMs: number): DateRange | null {
  const days: Readonly<Record<string, readonly [number, number]>> = {
    YESTERDAY: [-1, 0],
    TODAY: [0, 1],
    TOMORROW: [1, 2],
    LAST_90_DAYS: [-89, 1],
    NEXT_90_DAYS: [1, 91],
  };
  const span = days[name];
  if (span) return between("DAY", nowMs, span[0], span[1]);
  const [which, unit] = name.split("_") as [string, Unit]; // FIXED admits nothing else here
  const step = { LAST: -1, THIS: 0, NEXT: 1 }[which];
  return step === undefined ? null : between(unit, nowMs, step, step + 1);
}

/** The range a literal stands for at `nowMs`; null when the literal is incomplete. */
export function toDateRange(name: string, count: number | null, nowMs: number): DateRange | null {
  const counted = COUNTED.exec(name);
  if (!counted) return count === null ? fixedRange(name, nowMs) : null;
  if (count === null) return null;
  const [, direction, spanUnit, agoUnit] = counted;
  if (agoUnit) return between(agoUnit as Unit, nowMs, -count, 1 - count);
  const unit = spanUnit as Unit;
  if (direction === "NEXT") return between(unit, nowMs, 1, count + 1);
  // LAST_N_DAYS includes today; the longer units leave the current one out.
  return unit === "DAY" ? between(unit, nowMs, -count, 1) : between(unit, nowMs, -count, 0);
}

/** First and last moment as dates or as stored datetimes, comparable as text. */
export function toBounds(
  range: DateRange,
  type: "date" | "datetime",
): readonly [first: string, afterLast: string] {
  const text = (ms: number): string => {
    const iso = new Date(ms).toISOString();
    return type === "date" ? iso.slice(0, 10) : iso.replace("Z", "+0000");
  };
  return [text(range.startMs), text(range.endMs)];
}
