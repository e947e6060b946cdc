/** Numbers against decimal.js and dates against Temporal, for values nobody picked by hand. */
import { Decimal as Oracle } from "decimal.js";
import * as fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import {
  add,
  compare,
  type Decimal,
  div,
  formatDecimal,
  mod,
  mul,
  parseDecimal,
  round,
  sub,
} from "../src/index.ts";
import { showOne } from "./evaluate-one.ts";

const Exact = Oracle.clone({ precision: 200, toExpNeg: -9e15, toExpPos: 9e15 });
const Digits34 = Oracle.clone({
  precision: 34,
  rounding: Oracle.ROUND_HALF_EVEN,
  toExpNeg: -9e15,
  toExpPos: 9e15,
});

const decimalText = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 17n }), fc.integer({ min: 0, max: 8 }))
  .map(([negative, coefficient, scale]) => {
    const digits = coefficient.toString().padStart(scale + 1, "0");
    const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
    return negative && coefficient !== 0n ? `-${text}` : text;
  });

function decimal(text: string): Decimal {
  const value = parseDecimal(text);
  if (!value) throw new Error(`${text} does not parse`);
  return value;
}

function tryFormat(compute: () => Decimal): string {
  try {
    return formatDecimal(compute());
  } catch {
    return "too many digits";
  }
}

function expected(value: Oracle): string {
  return value.precision() > 34 ? "too many digits" : value.toFixed();
}

describe("exact decimals", () => {
  it("add, subtract and multiply as decimal.js does, or say that 34 digits are not enough", () => {
    fc.assert(
      fc.property(decimalText, decimalText, (a, b) => {
        const [x, y] = [decimal(a), decimal(b)];
        expect(tryFormat(() => add(x, y))).toBe(expected(new Exact(a).plus(b)));
        expect(tryFormat(() => sub(x, y))).toBe(expected(new Exact(a).minus(b)));
        expect(tryFormat(() => mul(x, y))).toBe(expected(new Exact(a).times(b)));
        expect(compare(x, y)).toBe(new Exact(a).comparedTo(b));
      }),
      { numRuns: 2000 },
    );
  });

  it("divide to 34 digits with ties to even as decimal.js does", () => {
    fc.assert(
      fc.property(decimalText, decimalText, (a, b) => {
        fc.pre(!new Exact(b).isZero());
        expect(formatDecimal(div(decimal(a), decimal(b)))).toBe(new Digits34(a).div(b).plus(0).toFixed());
      }),
      { numRuns: 2000 },
    );
  });

  it("round by every mode as decimal.js does", () => {
    const modes = { halfAway: 4, halfEven: 6, up: 0, down: 1, floor: 3, ceiling: 2 } as const;
    fc.assert(
      fc.property(
        decimalText,
        fc.integer({ min: 0, max: 9 }),
        fc.constantFrom(...(Object.keys(modes) as (keyof typeof modes)[])),
        (a, places, mode) => {
          const result = new Exact(a).toDecimalPlaces(places, modes[mode]).toFixed();
          expect(formatDecimal(round(decimal(a), places, mode))).toBe(result === "-0" ? "0" : result);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it("take remainders with the sign of the divisor", () => {
    fc.assert(
      fc.property(decimalText, decimalText, (a, b) => {
        const divisor = new Exact(b);
        fc.pre(!divisor.isZero());
        const rest = new Exact(a).minus(new Exact(a).div(divisor).floor().times(divisor));
        expect(formatDecimal(mod(decimal(a), decimal(b)))).toBe(rest.isZero() ? "0" : rest.toFixed());
      }),
    );
  });

  it("survive text and back", () => {
    fc.assert(
      fc.property(decimalText, (text) => {
        const formatted = formatDecimal(decimal(text));
        expect(formatted).toBe(new Exact(text).toFixed());
        expect(formatDecimal(decimal(formatted))).toBe(formatted);
      }),
    );
  });

  it("read no text that decimal.js would refuse, and nothing that is no plain number", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 12, unit: fc.constantFrom(...Array.from("0123456789.-+eE ,_xn")) }),
        (text) => {
          const value = parseDecimal(text);
          if (value === null) return;
          expect(/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text)).toBe(true);
          expect(formatDecimal(value)).toBe(new Exact(text).plus(0).toFixed().replace(/^-0$/, "0"));
        },
      ),
      { numRuns: 1500 },
    );
  });
});

const day = fc
  .integer({ min: -200_000, max: 200_000 })
  .map((days) => Temporal.PlainDate.from("1970-01-01").add({ days }));
const zone = fc.constantFrom(
  "Europe/Copenhagen",
  "America/New_York",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "America/Santiago",
  "Asia/Tehran",
  "Pacific/Chatham",
);
const instant = fc
  .integer({ min: 0, max: 2_200_000_000 })
  .map((seconds) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000));

describe("dates and zones", () => {
  it("add months as Temporal does with the day cut to the month", () => {
    fc.assert(
      fc.property(day, fc.integer({ min: -600, max: 600 }), (date, months) => {
        expect(showOne(`EDATE(DATEVALUE("${date.toString()}"), ${months})`)).toBe(
          date.add({ months }).toString(),
        );
      }),
    );
  });

  it("count days, months and years between dates as Temporal does", () => {
    fc.assert(
      fc.property(day, day, fc.constantFrom("year", "month", "week", "day"), (from, to, unit) => {
        const span = from.until(to, { largestUnit: unit as "day" });
        const count = { year: span.years, month: span.months, week: span.weeks, day: span.days }[unit];
        expect(
          showOne(`DATEDIFF(DATEVALUE("${from.toString()}"), DATEVALUE("${to.toString()}"), "${unit}")`),
        ).toBe(String(count));
      }),
    );
  });

  it("read the local date and time of an instant as Temporal does, in any zone", () => {
    fc.assert(
      fc.property(instant, zone, (moment, timeZone) => {
        const local = moment
          .toZonedDateTimeISO(timeZone)
          .toPlainDateTime()
          .toString({ smallestUnit: "second" })
          .replace("T", " ");
        expect(
          showOne(`FORMATDATE(DATETIMEVALUE("${moment.toString()}"), "yyyy-MM-dd HH:mm:ss")`, {
            context: { timeZone },
          }),
        ).toBe(`"${local}"`);
      }),
      { numRuns: 400 },
    );
  });

  it("place a local time on the time line as Temporal's compatible rule does, clock changes included", () => {
    fc.assert(
      fc.property(instant, zone, fc.integer({ min: -180, max: 180 }), (moment, timeZone, minutes) => {
        const change =
          moment.toZonedDateTimeISO(timeZone).getTimeZoneTransition("next") ??
          moment.toZonedDateTimeISO(timeZone);
        const local = change.toPlainDateTime().add({ minutes }).round("minute");
        const text = local.toString({ smallestUnit: "second" });
        const expectedInstant = local
          .toZonedDateTime(timeZone, { disambiguation: "compatible" })
          .toInstant()
          .toString();
        expect(showOne(`DATETIMEVALUE("${text}")`, { context: { timeZone } })).toBe(expectedInstant);
      }),
      { numRuns: 400 },
    );
  });
});
