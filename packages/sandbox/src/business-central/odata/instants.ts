// Dates and instants as text that sorts: checked, in UTC, with nanoseconds spelled out.

const instantForm = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,12}))?)?(Z|[+-]\d{2}:\d{2})$/;

/** Whether the text is a day of the calendar, `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

/** The instant as sortable UTC text with nine decimals, or undefined when it is none. */
export function toSortableInstant(text: string): string | undefined {
  const parts = instantForm.exec(text);
  if (parts === null) return undefined;
  const [, day = "", hour = "", minute = "", second = "00", fraction = "", zone = "Z"] = parts;
  if (!isDate(day) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const at = Date.parse(`${day}T${hour}:${minute}:${second}${zone}`);
  if (Number.isNaN(at)) return undefined;
  return `${new Date(at).toISOString().slice(0, 19)}.${fraction.padEnd(9, "0").slice(0, 9)}Z`;
}

/** The same for an instant this server wrote, without checking it again: stamps are compared in every filter and sort. */
export function sortableStamp(text: string): string {
  if (text.length === 24 && text.endsWith("Z")) return `${text.slice(0, 23)}000000Z`;
  return toSortableInstant(text) ?? text;
}
