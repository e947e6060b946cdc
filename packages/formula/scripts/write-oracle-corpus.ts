/**
 * Writes the corpus files whose expected values come from decimal.js and Temporal and not from our own code.
 * Deterministic: the same seed writes the same files.
 */
import { writeFileSync } from "node:fs";
import { Decimal } from "decimal.js";
import { Temporal } from "temporal-polyfill";

const Exact = Decimal.clone({
  precision: 200,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});
const Digits34 = Decimal.clone({
  precision: 34,
  rounding: Decimal.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});

let state = 20261119;
/** A whole number from 0 to below `limit` (mulberry32). */
function pick(limit: number): number {
  state = (state + 0x6d2b79f5) | 0;
  let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * limit);
}

function oneOf<T>(items: readonly T[]): T {
  const item = items[pick(items.length)];
  if (item === undefined) throw new RangeError("An empty list has no item to pick");
  return item;
}

function digits(count: number): string {
  return Array.from({ length: count }, () => pick(10)).join("");
}

function randomNumber(wholeDigits: number, decimals: number): string {
  const whole = String(BigInt(digits(1 + pick(wholeDigits))));
  const places = pick(decimals + 1);
  const text = places === 0 ? whole : `${whole}.${digits(places)}`;
  return pick(3) === 0 ? `-${text}` : text;
}

function operand(text: string): string {
  return text.startsWith("-") ? `(${text})` : text;
}

function exactResult(value: Decimal): string {
  return value.precision() > 34 ? "Error FML-304" : value.toFixed();
}

function save(name: string, about: string, lines: readonly string[]): void {
  const header = [
    `# ${about}`,
    "# Written by scripts/write-oracle-corpus.ts; expected values from decimal.js and Temporal.",
  ];
  writeFileSync(new URL(`../corpus/${name}.tsv`, import.meta.url), `${[...header, ...lines].join("\n")}\n`);
}

function arithmetic(): string[] {
  return Array.from({ length: 220 }, (_, index) => {
    const [whole, decimals] = index % 4 === 0 ? [30, 8] : index % 4 === 1 ? [16, 6] : [7, 4];
    const a = randomNumber(whole, decimals);
    const b = randomNumber(whole, decimals);
    const operator = oneOf(["+", "-", "*"] as const);
    const x = new Exact(a);
    const result = operator === "+" ? x.plus(b) : operator === "-" ? x.minus(b) : x.times(b);
    const writable = x.precision() <= 34 && new Exact(b).precision() <= 34;
    return `${operand(a)} ${operator} ${operand(b)}\t${writable ? exactResult(result) : "Issue FML-304"}`;
  });
}

function divisions(): string[] {
  return Array.from({ length: 120 }, () => {
    const a = randomNumber(9, 4);
    const b = randomNumber(5, 3);
    const result = new Decimal(b).isZero() ? "Error FML-301" : new Digits34(a).div(b).toFixed();
    return `${operand(a)} / ${operand(b)}\t${result}`;
  });
}

const ROUNDINGS = {
  ROUND: Decimal.ROUND_HALF_UP,
  ROUNDUP: Decimal.ROUND_UP,
  ROUNDDOWN: Decimal.ROUND_DOWN,
  BANKROUND: Decimal.ROUND_HALF_EVEN,
  TRUNC: Decimal.ROUND_DOWN,
} as const;

function roundTo(value: Decimal, places: number, mode: Decimal.Rounding): Decimal {
  const factor = new Exact(10).pow(places);
  return value.times(factor).toDecimalPlaces(0, mode).div(factor);
}

function roundings(): string[] {
  return Array.from({ length: 220 }, (_, index) => {
    const name = oneOf(Object.keys(ROUNDINGS) as (keyof typeof ROUNDINGS)[]);
    const places = pick(8) - 2;
    const text =
      index % 2 === 0 ? `${randomNumber(6, 0)}.${digits(Math.max(0, places))}5` : randomNumber(8, 8);
    const result = roundTo(new Exact(text), places, ROUNDINGS[name]).toFixed();
    return `${name}(${text}, ${places})\t${result === "-0" ? "0" : result}`;
  });
}

function multiples(): string[] {
  return Array.from({ length: 90 }, () => {
    const name = oneOf(["MROUND", "CEILING", "FLOOR", "MOD"] as const);
    const a = new Exact(randomNumber(5, 3));
    const b = new Exact(oneOf(["0.05", "0.25", "0.5", "2", "3", "5", "10", "12.5"]));
    const below = a.div(b).floor().times(b);
    const rest = a.minus(below);
    const half = rest.times(2).comparedTo(b);
    const nearest = half > 0 || (half === 0 && !a.isNegative()) ? below.plus(b) : below;
    const result =
      name === "MOD"
        ? rest
        : name === "FLOOR" || rest.isZero()
          ? below
          : name === "CEILING"
            ? below.plus(b)
            : nearest;
    return `${name}(${a.toFixed()}, ${b.toFixed()})\t${result.plus(0).toFixed().replace(/^-0$/, "0")}`;
  });
}

function powers(): string[] {
  const Wide = Decimal.clone({
    precision: 80,
    rounding: Decimal.ROUND_HALF_EVEN,
    toExpNeg: -9e15,
    toExpPos: 9e15,
  });
  const to34 = (value: Decimal): string => value.toSignificantDigits(34, Decimal.ROUND_HALF_EVEN).toFixed();
  const roots = Array.from({ length: 40 }, () => {
    const text = randomNumber(8, 5).replace("-", "");
    return `SQRT(${text})\t${to34(new Wide(text).sqrt())}`;
  });
  const whole = Array.from({ length: 40 }, () => {
    const base = randomNumber(2, 3);
    const exponent = pick(24) - 6;
    if (new Wide(base).isZero()) return `POWER(${base}, 3)\t0`;
    return `POWER(${base}, ${exponent})\t${to34(new Wide(base).pow(exponent))}`;
  });
  const parts = Array.from({ length: 40 }, () => {
    const base = `${1 + pick(500)}.${digits(2)}`;
    const exponent = `${pick(4)}.${1 + pick(9)}`;
    return `POWER(${base}, ${exponent})\t${to34(new Wide(base).pow(exponent))}`;
  });
  return [...roots, ...whole, ...parts];
}

function randomDate(): Temporal.PlainDate {
  const year = 1900 + pick(220);
  const month = 1 + pick(12);
  const day = pick(4) === 0 ? 31 : 1 + pick(28);
  return Temporal.PlainDate.from({ year, month, day }, { overflow: "constrain" });
}

function dateText(date: Temporal.PlainDate): string {
  return `DATE(${date.year}, ${date.month}, ${date.day})`;
}

function calendar(): string[] {
  return Array.from({ length: 260 }, (_, index) => {
    const date = randomDate();
    const count = pick(61) - 30;
    switch (index % 8) {
      case 0:
        return `EDATE(${dateText(date)}, ${count})\t${date.add({ months: count }).toString()}`;
      case 1: {
        const moved = date.add({ months: count });
        return `EOMONTH(${dateText(date)}, ${count})\t${moved.with({ day: moved.daysInMonth }).toString()}`;
      }
      case 2: {
        const days = count * 37;
        return `${dateText(date)} + ${operand(String(days))}\t${date.add({ days }).toString()}`;
      }
      case 3: {
        const other = randomDate();
        return `${dateText(other)} - ${dateText(date)}\t${other.since(date).total({ unit: "day" })}`;
      }
      case 4: {
        const unit = oneOf(["year", "month", "week", "day"] as const);
        const moved = date.add({ [`${unit}s`]: count });
        return `DATEADD(${dateText(date)}, ${count}, "${unit}")\t${moved.toString()}`;
      }
      case 5: {
        const other = randomDate();
        const unit = oneOf(["year", "month", "week", "day"] as const);
        const span = date.until(other, { largestUnit: unit });
        const result = { year: span.years, month: span.months, week: span.weeks, day: span.days }[unit];
        return `DATEDIFF(${dateText(date)}, ${dateText(other)}, "${unit}")\t${result}`;
      }
      case 6:
        return `WEEKNUM(${dateText(date)}, 21)\t${date.weekOfYear}`;
      default:
        return `WEEKDAY(${dateText(date)}, 2)\t${date.dayOfWeek}`;
    }
  });
}

const ZONES = [
  "Europe/Copenhagen",
  "America/New_York",
  "Australia/Lord_Howe",
  "Asia/Kolkata",
  "America/St_Johns",
  "Pacific/Apia",
  "Europe/Dublin",
  "America/Sao_Paulo",
  "UTC",
];

/** Instants close to the clock changes of the zone as often as far from them. */
function randomInstant(zone: string): Temporal.Instant {
  const base = Temporal.Instant.fromEpochMilliseconds(
    Date.UTC(1975 + pick(60), pick(12), 1 + pick(28), pick(24), pick(60), pick(60)),
  );
  if (pick(2) === 0) return base;
  const change = base.toZonedDateTimeISO(zone).getTimeZoneTransition("next");
  return (change?.toInstant() ?? base).add({ minutes: pick(360) - 180 });
}

function zones(): string[] {
  const lines: string[] = [];
  for (const zone of ZONES) {
    lines.push(`#zone ${zone}`);
    for (let index = 0; index < 30; index += 1) lines.push(zoneCase(zone, index));
  }
  return lines;
}

function zoneCase(zone: string, index: number): string {
  const instant = randomInstant(zone);
  const zoned = instant.toZonedDateTimeISO(zone);
  const source = `DATETIMEVALUE("${instant.toString()}")`;
  const count = pick(41) - 20;
  switch (index % 6) {
    case 0:
      return `TODATE(${source})\t${zoned.toPlainDate().toString()}`;
    case 1: {
      const local = zoned.toPlainDateTime();
      const shown = `${local.toPlainDate().toString()} ${local.toPlainTime().toString({ smallestUnit: "second" })}`;
      return `FORMATDATE(${source}, "yyyy-MM-dd HH:mm:ss")\t"${shown}"`;
    }
    case 2: {
      const local = zoned.toPlainDateTime().add({ minutes: count });
      const back = local.toZonedDateTime(zone, { disambiguation: "compatible" }).toInstant();
      return `DATETIMEVALUE("${local.toString({ smallestUnit: "second" })}")\t${back.toString()}`;
    }
    case 3: {
      const unit = oneOf(["day", "week", "month", "year"] as const);
      const moved = zoned
        .toPlainDateTime()
        .add({ [`${unit}s`]: count })
        .toZonedDateTime(zone, { disambiguation: "compatible" });
      return `DATEADD(${source}, ${count}, "${unit}")\t${moved.toInstant().toString()}`;
    }
    case 4: {
      const unit = oneOf(["hour", "minute", "second"] as const);
      return `DATEADD(${source}, ${count * 7}, "${unit}")\t${instant.add({ [`${unit}s`]: count * 7 }).toString()}`;
    }
    default: {
      const date = zoned.toPlainDate();
      const start = date.toPlainDateTime().toZonedDateTime(zone, { disambiguation: "compatible" });
      return `TODATETIME(${dateText(date)})\t${start.toInstant().toString()}`;
    }
  }
}

save("numbers-arithmetic", "Exact addition, subtraction and multiplication", arithmetic());
save("numbers-division", "Division to 34 digits, ties to even", divisions());
save("numbers-rounding", "Rounding by name", roundings());
save("numbers-multiples", "Multiples and remainders", multiples());
save("numbers-powers", "Powers and roots to 34 digits", powers());
save("dates-calendar", "Calendar arithmetic", calendar());
save("dates-zones", "Instants in time zones, clock changes included", zones());
