import * as fc from "fast-check";
import { toIssue } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { Fault } from "./ports.ts";
import { toShownText } from "./values/compare-values.ts";
import { openWorld } from "./testing/work-order-world.ts";
import type { WorkOrderInput } from "./testing/work-orders.ts";

const money = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 99 }))
  .map(([whole, cents]) => `${whole}.${String(cents).padStart(2, "0")}`);

const orders: fc.Arbitrary<WorkOrderInput[]> = fc.uniqueArray(
  fc.record({
    number: fc.integer({ min: 1, max: 9_999 }).map(String),
    status: fc.constantFrom("Completed", "Completed", "Completed", "New"),
    account: fc.constantFrom("A1", "A1", "A1", "A2"),
    asset: fc.constantFrom("S1", ""),
    total: money,
    stamp: fc.integer({ min: 0, max: 5 }).map((second) => `2026-11-19T08:00:0${second}.000Z`),
    lines: fc.array(
      fc.record({
        product: fc.constantFrom("P-1", "P-2"),
        unit: fc.constantFrom("Each", "Hours", "Each", "PCS."),
        quantity: fc.integer({ min: 1, max: 9 }).map(String),
        unitPrice: money,
      }),
      { maxLength: 3 },
    ),
  }),
  { selector: (order) => order.number, maxLength: 12 },
);

const setting = fc.record({
  pageSize: fc.integer({ min: 1, max: 5 }),
  writeBatch: fc.integer({ min: 1, max: 4 }),
  parallelWrites: fc.integer({ min: 1, max: 3 }),
  by: fc.constantFrom("all", "watermark"),
  promisesUpperBound: fc.boolean(),
});

/**
 * Faults by place: whether that call fails, before or after its effect, as sent or not. Fewer than a call is tried, so
 * that none of them ends the run.
 */
const storm = fc.uniqueArray(fc.integer({ min: 0, max: 80 }), { maxLength: 3 });

describe("any run of any records", () => {
  test("I2: one outcome per record and run, counts that add up, exact sums, and a second run that writes nothing", async () => {
    await fc.assert(
      fc.asyncProperty(
        orders,
        setting,
        storm,
        async (input, { pageSize, by, promisesUpperBound, ...limits }, faults) => {
          const world = openWorld(input, {
            target: { limits },
            source: { promisesUpperBound },
            transfer: {
              changes: by === "all" ? { by: "all" } : { by: "watermark", field: "SystemModstamp" },
            },
          });
          const places = new Set(faults);
          const rule = (point: { index: number; at: string; call: string }) => {
            if (!places.has(point.index) || point.call.startsWith("store.") || point.at === "during") return;
            throw new Fault(toIssue("CON-604", "", "Cut."), { retryable: true, sent: point.at === "after" });
          };
          const first = await world.run({ pageSize, rule });
          expect(first.state).toBe("finished");
          const outcomes = world.store.outcomes("run-1");
          expect(outcomes.map((each) => each.sourceKey).sort()).toEqual(
            input.map((order) => `W-${order.number}`).sort(),
          );
          const { read, ...rest } = first.counts;
          expect(Object.values(rest).reduce((sum, each) => sum + each, 0)).toBe(read);
          expect(first.counts).toEqual(world.store.counts());
          const delivered = input.filter(
            (order) =>
              order.status === "Completed" &&
              order.account === "A1" &&
              !order.lines?.some((line) => line.unit === "PCS."),
          );
          const cents = (texts: readonly string[]): bigint =>
            texts.reduce((sum, text) => {
              const [whole = "0", fraction = ""] = text.split(".");
              return sum + BigInt(whole + fraction.padEnd(2, "0"));
            }, 0n);
          expect(world.invoices()).toHaveLength(delivered.length);
          expect(cents(world.invoices().map((row) => toShownText(row["amount"]) ?? ""))).toBe(
            cents(delivered.map((order) => order.total ?? "0")),
          );
          const writes = world.target.writes();
          await world.run({ pageSize });
          expect(world.target.writes()).toBe(writes);
        },
      ),
      { numRuns: 200 },
    );
  });
});
