// Applies a due-date formula of a payment term ("30D", "1M", "CM", "CM+14D") to a day.

const termForm = /([+-]?)(?:(\d+)([DWMY])|C([WMY]))/g;

/** The day the formula leads to from `day` (`YYYY-MM-DD`); an empty formula is the same day. */
export function applyDateFormula(day: string, formula: string): string {
  let at = new Date(`${day}T00:00:00Z`);
  for (const [, sign = "", count, unit, current] of formula.toUpperCase().matchAll(termForm)) {
    at =
      current === undefined
        ? step(at, Number(count) * (sign === "-" ? -1 : 1), unit ?? "D")
        : endOfPeriod(at, current);
  }
  return at.toISOString().slice(0, 10);
}

function step(at: Date, count: number, unit: string): Date {
  if (unit === "D" || unit === "W")
    return new Date(at.getTime() + count * (unit === "W" ? 7 : 1) * 86_400_000);
  const months = unit === "Y" ? count * 12 : count;
  const lastDay = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + months + 1, 0));
  const day = Math.min(at.getUTCDate(), lastDay.getUTCDate());
  return new Date(Date.UTC(lastDay.getUTCFullYear(), lastDay.getUTCMonth(), day));
}

function endOfPeriod(at: Date, period: string): Date {
  if (period === "M") return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0));
  if (period === "Y") return new Date(Date.UTC(at.getUTCFullYear(), 11, 31));
  return step(at, (7 - at.getUTCDay()) % 7, "D");
}
