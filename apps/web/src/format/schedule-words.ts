/**
 * The clock of a schedule in words and as a form: what people mean by "every 15 minutes, Monday to Friday" and its cron
 * expression, in both directions. What the form cannot say stays a cron expression.
 */
export type ClockKind = "minutes" | "hourly" | "daily" | "weekly" | "cron";

export interface ClockForm {
  readonly kind: ClockKind;
  /** Minutes between two ticks. */
  readonly every: number;
  /** Minutes past the hour. */
  readonly minute: number;
  /** First hour and the hour it ends before; 0 and 24 are the whole day. */
  readonly from: number;
  readonly to: number;
  /** `06:30` */
  readonly time: string;
  /** 0 is Sunday, as in cron. */
  readonly days: readonly number[];
  readonly cron: string;
}

export const minuteSteps: readonly number[] = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30];

/** Monday first, as people read a week. */
export const weekDays: readonly { readonly day: number; readonly name: string }[] = [
  { day: 1, name: "Mon" },
  { day: 2, name: "Tue" },
  { day: 3, name: "Wed" },
  { day: 4, name: "Thu" },
  { day: 5, name: "Fri" },
  { day: 6, name: "Sat" },
  { day: 0, name: "Sun" },
];

export const allDays: readonly number[] = weekDays.map(({ day }) => day);

export const newClock: ClockForm = {
  kind: "minutes",
  every: 15,
  minute: 0,
  from: 0,
  to: 24,
  time: "06:00",
  days: allDays,
  cron: "*/15 * * * *",
};

const pad = (value: number): string => String(value).padStart(2, "0");

/** Neighbours as a range: `1-5`, `1,3`, `*` for all. */
const toDayField = (days: readonly number[]): string => {
  const sorted = [...new Set(days)].sort((left, right) => left - right);
  if (sorted.length === 0 || sorted.length === 7) return "*";
  const [first = 0] = sorted;
  const isRange = sorted.length > 2 && sorted.every((day, index) => day === first + index);
  return isRange ? `${first}-${sorted.at(-1)}` : sorted.join(",");
};

const toHourField = ({ from, to }: ClockForm): string =>
  from === 0 && to === 24 ? "*" : to - 1 <= from ? String(from) : `${from}-${to - 1}`;

export function toCron(form: ClockForm): string {
  const [hour = "0", minute = "0"] = form.time.split(":");
  const at = `${Number(minute)} ${Number(hour)} * *`;
  const days = toDayField(form.days);
  switch (form.kind) {
    case "minutes":
      return `${form.every === 1 ? "*" : `*/${form.every}`} ${toHourField(form)} * * ${days}`;
    case "hourly":
      return `${form.minute} ${toHourField(form)} * * ${days}`;
    case "daily":
      return `${at} *`;
    case "weekly":
      return `${at} ${days}`;
    case "cron":
      return form.cron.trim().replace(/\s+/g, " ");
  }
}

const readDays = (field: string): readonly number[] | null => {
  if (field === "*") return allDays;
  const days = field.split(",").flatMap((part) => {
    const [match, first, last = first] = /^([0-7])(?:-([0-7]))?$/.exec(part) ?? [];
    if (match === undefined || Number(last) < Number(first)) return [null];
    return Array.from(
      { length: Number(last) - Number(first) + 1 },
      (_, index) => (Number(first) + index) % 7,
    );
  });
  return days.some((day) => day === null) ? null : allDays.filter((day) => days.includes(day));
};

const readHours = (field: string): { from: number; to: number } | null => {
  if (field === "*") return { from: 0, to: 24 };
  const [match, first, last = first] = /^(\d{1,2})(?:-(\d{1,2}))?$/.exec(field) ?? [];
  return match === undefined || Number(last) < Number(first) || Number(last) > 23
    ? null
    : { from: Number(first), to: Number(last) + 1 };
};

const readNumber = (field: string, most: number): number | null =>
  /^\d{1,2}$/.test(field) && Number(field) <= most ? Number(field) : null;

/** The form that says the same; the expression itself where none does. */
export function readCron(cron: string): ClockForm {
  const text = cron.trim().replace(/\s+/g, " ");
  const asCron: ClockForm = { ...newClock, kind: "cron", cron: text };
  const [minuteField = "", hourField = "", dayOfMonth, month, dayField = "", ...more] = text.split(" ");
  const days = readDays(dayField);
  const hours = readHours(hourField);
  if (dayOfMonth !== "*" || month !== "*" || more.length > 0 || days === null || hours === null)
    return asCron;
  const form = { ...asCron, ...hours, days };
  const every = minuteField === "*" ? 1 : Number(/^\*\/(\d{1,2})$/.exec(minuteField)?.[1]);
  if (minuteSteps.includes(every)) return { ...form, kind: "minutes", every };
  const minute = readNumber(minuteField, 59);
  if (minute === null) return asCron;
  const hour = readNumber(hourField, 23);
  if (hour === null) return { ...form, kind: "hourly", minute };
  const time = `${pad(hour)}:${pad(minute)}`;
  return { ...form, from: 0, to: 24, kind: days.length === 7 ? "daily" : "weekly", time };
}

const describeDays = (days: readonly number[]): string => {
  const places = weekDays.flatMap(({ day }, index) => (days.includes(day) ? [index] : []));
  const [first = 0] = places;
  const names = places.map((place) => weekDays[place]?.name ?? "");
  const isRange = places.length > 2 && places.every((place, index) => place === first + index);
  return isRange ? `${names[0]}–${names.at(-1)}` : names.join(", ");
};

const describeWindow = ({ from, to }: ClockForm): string =>
  from === 0 && to === 24 ? "" : ` from ${pad(from)}:00 to ${pad(to)}:00`;

/** "Every 15 minutes from 08:00 to 19:00, Mon–Fri" */
export function describeCron(cron: string): string {
  const form = readCron(cron);
  const days = form.days.length === 7 ? "" : `, ${describeDays(form.days)}`;
  switch (form.kind) {
    case "minutes":
      return `Every ${form.every === 1 ? "minute" : `${form.every} minutes`}${describeWindow(form)}${days}`;
    case "hourly":
      return `Every hour${form.minute === 0 ? "" : ` at ${form.minute} past`}${describeWindow(form)}${days}`;
    case "daily":
      return `Daily at ${form.time}`;
    case "weekly":
      return `${describeDays(form.days)} at ${form.time}`;
    case "cron":
      return `Cron ${form.cron}`;
  }
}
