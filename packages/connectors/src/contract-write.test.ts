/** Writing: every record has its own outcome, every digit arrives, nothing is sent that cannot be taken. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { toCanonicalNumber } from "./values.ts";
import { create, findByNumber, readAll, states, textIn, write } from "./testing/contract-steps.ts";
import { systems, type Bench, toRequest } from "./testing/sandbox-bench.ts";

describe.each(systems)("the %s port", (_system, start) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await start();
  });
  afterEach(() => bench.reset());
  afterAll(() => bench.close());

  describe("writing", () => {
    test("poison in the middle fails alone, with the field named", async () => {
      const answers = await write(
        bench,
        [
          create(bench, "1"),
          create(bench, "2"),
          create(bench, "3", bench.poison),
          create(bench, "4"),
          create(bench, "5"),
        ],
        [bench.key, bench.number],
      );
      expect(answers.map((answer) => answer.ref)).toEqual(["1", "2", "3", "4", "5"]);
      expect(states(answers)).toEqual(["done", "done", "refused", "done", "done"]);
      expect(answers[2]).toMatchObject({ issues: [{ path: bench.poisonField, severity: "error" }] });
      const done = answers.flatMap((answer) => (answer.state === "done" ? [answer] : []));
      expect(done.map(({ row }) => [row[bench.key], row[bench.number]])).toEqual(
        done.map(({ key, ref }) => [key, `NEW-${ref}`]),
      );
      const found = await findByNumber(bench, "NEW-1", "NEW-2", "NEW-3", "NEW-4", "NEW-5");
      expect(found.map((rows) => rows.length)).toEqual([1, 1, 0, 1, 1]);
    });

    test("updates change what they name, clear what is blank, and one that is gone fails alone", async () => {
      const [first, second] = await readAll(bench, 2, false);
      const answers = await write(bench, [
        toRequest("a", "update", textIn(first, bench.key), { [bench.amount]: bench.longAmount }),
        toRequest("b", "update", bench.goneKey, { [bench.amount]: "1" }),
        toRequest("c", "update", textIn(second, bench.key), {
          [bench.name]: "Renamed",
          [bench.optional]: null,
        }),
      ]);
      expect(states(answers)).toEqual(["done", "refused", "done"]);
      expect(answers[1]).toMatchObject({ issues: [{ code: "WRT-309" }] });
      const shape = bench.shape({ fields: [bench.key, bench.name, bench.amount, bench.optional] });
      const rows = await bench.port.readByKeys(shape, bench.key, [
        textIn(first, bench.key),
        textIn(second, bench.key),
      ]);
      const byKey = new Map(rows.map((row) => [textIn(row, bench.key), row]));
      const firstNow = byKey.get(textIn(first, bench.key));
      expect(toCanonicalNumber(textIn(firstNow, bench.amount))).toBe(bench.longAmount);
      expect(firstNow).toMatchObject({ [bench.name]: textIn(first, bench.name) });
      expect(byKey.get(textIn(second, bench.key))).toMatchObject({
        [bench.name]: "Renamed",
        [bench.optional]: null,
      });
    });

    test("numbers keep every digit from the request to the answer of a read", async () => {
      const [answer] = await write(bench, [create(bench, "digits", { [bench.amount]: bench.longAmount })]);
      expect(answer?.state).toBe("done");
      const [[row] = []] = await findByNumber(bench, "NEW-digits");
      expect(toCanonicalNumber(textIn(row, bench.amount))).toBe(bench.longAmount);
    });

    test("what a field cannot take is refused here, before a call", async () => {
      await bench.schema();
      await bench.clearCalls();
      const answers = await bench.port.write({
        schema: await bench.schema(),
        lineSchemas: {},
        requests: [
          create(bench, "x", { [bench.amount]: "a lot" }),
          create(bench, "y", { unknownField: "1" }),
        ],
        answerFields: [],
      });
      expect(states(answers)).toEqual(["refused", "refused"]);
      expect(answers[0]).toMatchObject({ issues: [{ path: bench.amount, value: "a lot" }] });
      expect(
        Object.keys((await bench.calls()).byRoute).filter((route) => /batch|composite/.test(route)),
      ).toEqual([]);
    });

    test("deletes remove, and say so when the record is gone", async () => {
      const [made] = await write(bench, [create(bench, "short-lived")]);
      const key = made?.state === "done" ? made.key : "";
      expect(states(await write(bench, [toRequest("d", "delete", key, {})]))).toEqual(["done"]);
      expect(await findByNumber(bench, "NEW-short-lived")).toEqual([[]]);
      expect(await write(bench, [toRequest("d", "delete", key, {})])).toMatchObject([
        { state: "refused", issues: [{ code: "WRT-309" }] },
      ]);
    });

    test("a full batch of creates takes one call", async () => {
      await bench.schema();
      await bench.clearCalls();
      const { writeBatch } = bench.port.limits;
      const answers = await write(
        bench,
        Array.from({ length: writeBatch }, (_none, index) => create(bench, `bulk-${index}`)),
      );
      expect(states(answers)).toEqual(answers.map(() => "done"));
      const toDescribe = 1;
      expect((await bench.calls()).total).toBeLessThanOrEqual(1 + toDescribe);
    });
  });
});
