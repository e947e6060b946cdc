/**
 * When a cron expression must tick, worked out without the product's library: minute after minute of a stretch of time,
 * read in its zone. What names one time of the day ticks once a day, right behind the gap where clocks skip it and at
 * its first occurrence where they repeat it; everything else ticks at every minute that fits.
 */
const minuteMs = 60_000;

interface LocalMinute {
  readonly atMs: number;
  readonly day: string;
  readonly minuteOfDay: number;
  readonly fields: readonly number[];
}

/** Every minute of the stretch by the clock on the wall; the start itself is before the first one. */
export function readWall(timeZone: string, fromMs: number, toMs: number): readonly LocalMinute[] {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  });
  const wall: LocalMinute[] = [];
  for (let atMs = fromMs + minuteMs; atMs <= toMs; atMs += minuteMs) {
    const parts = Object.fromEntries(
      format.formatToParts(atMs).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = parts;
    const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay();
    wall.push({
      atMs,
      day: `${year}-${month}-${day}`,
      minuteOfDay: hour * 60 + minute,
      fields: [minute, hour, day, month, weekday],
    });
  }
  return wall;
}

const isMet = (field: string, value: number): boolean =>
  field.split(",").some((part) => {
    const [range = "", step = "1"] = part.split("/");
    const [first = "0", last = first] = range === "*" ? ["0", "99"] : range.split("-");
    return value >= Number(first) && value <= Number(last) && (value - Number(first)) % Number(step) === 0;
  });

const isTime = (cron: string): boolean => /^\d+ \d+ /.test(cron);

/** Ticks of one day-time: at its first minute of each day, else at the first one behind the gap. */
function tickOnceADay(cron: string, wall: readonly LocalMinute[]): number[] {
  const [minute = "0", hour = "0", ...dayFields] = cron.split(" ");
  const wanted = Number(hour) * 60 + Number(minute);
  const done = new Set<string>();
  return wall.flatMap(({ atMs, day, minuteOfDay, fields }, index) => {
    const before = wall[index - 1];
    const isReached =
      minuteOfDay === wanted ||
      (before !== undefined && before.day === day && before.minuteOfDay < wanted && minuteOfDay > wanted);
    if (!isReached || done.has(day)) return [];
    done.add(day);
    return dayFields.every((field, place) => isMet(field, fields[place + 2] ?? 0)) ? [atMs] : [];
  });
}

export const listExpectedTicks = (cron: string, wall: readonly LocalMinute[]): number[] =>
  isTime(cron)
    ? tickOnceADay(cron, wall)
    : wall
        .filter(({ fields }) => cron.split(" ").every((field, place) => isMet(field, fields[place] ?? 0)))
        .map(({ atMs }) => atMs);
