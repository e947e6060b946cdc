/** When the world misbehaves: lost answers, expired tokens, throttling, failures, answers in the wrong order. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { create, faultOf, findByNumber, readAll, states, textIn, write } from "./testing/contract-steps.ts";
import { systems, type Bench, toRequest } from "./testing/sandbox-bench.ts";

describe.each(systems)("the %s port", (_system, start) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await start();
  });
  afterEach(() => bench.reset());
  afterAll(() => bench.close());

  describe("when the world misbehaves", () => {
    test("an answer lost after the work is unknown for every record, and nothing is sent twice", async () => {
      await bench.schema();
      await bench.fault([
        { match: { path: bench.writePath }, times: 1, effect: { type: "dropAnswerAfterCommit" } },
      ]);
      const answers = await write(bench, [create(bench, "l1"), create(bench, "l2")]);
      expect(states(answers)).toEqual(["unknown", "unknown"]);
      expect(answers[0]).toMatchObject({ issue: { code: "WRT-312", class: "uncertain" } });
      expect((await findByNumber(bench, "NEW-l1", "NEW-l2")).map((rows) => rows.length)).toEqual([1, 1]);
    });

    test("a connection cut before the work is unknown too, because nobody can tell", async () => {
      await bench.schema();
      await bench.fault([{ match: { path: bench.writePath }, times: 1, effect: { type: "cutBeforeWork" } }]);
      expect(states(await write(bench, [create(bench, "c1")]))).toEqual(["unknown"]);
      expect(await findByNumber(bench, "NEW-c1")).toEqual([[]]);
    });

    test("reads are tried again when the connection breaks", async () => {
      await bench.schema();
      await bench.fault([{ match: { method: "GET" }, times: 2, effect: { type: "cutBeforeWork" } }]);
      expect(await readAll(bench, 100, false)).toHaveLength(bench.seeded);
    });

    test("sixteen calls that find their token expired renew it once and all succeed", async () => {
      await bench.schema();
      await bench.expireTokens();
      await bench.clearCalls();
      const counts = await Promise.all(
        Array.from({ length: 16 }, () => bench.port.countRows(bench.object, null)),
      );
      expect(counts).toEqual(counts.map(() => bench.seeded));
      const { byRoute } = await bench.calls();
      const tokenCalls = Object.entries(byRoute).filter(([route]) => route.includes("/token"));
      expect(tokenCalls.map(([, count]) => count)).toEqual([1]);
    });

    test("a token that expires before a write costs one renewal and no record", async () => {
      await bench.schema();
      await bench.expireTokens();
      expect(states(await write(bench, [create(bench, "t1")]))).toEqual(["done"]);
      expect((await findByNumber(bench, "NEW-t1"))[0]).toHaveLength(1);
    });

    test("Retry-After is obeyed to the second, by reads and writes, and a write is executed once", async () => {
      await bench.schema();
      const busy = { type: "status", status: 429, retryAfterSeconds: 7 } as const;
      bench.clock.slept.length = 0;
      await bench.fault([{ match: { path: bench.writePath }, times: 2, effect: busy }]);
      expect(states(await write(bench, [create(bench, "r1")]))).toEqual(["done"]);
      expect(bench.clock.slept).toEqual([7_000, 7_000]);
      await bench.fault([{ match: { method: "GET" }, times: 1, effect: busy }]);
      expect((await findByNumber(bench, "NEW-r1"))[0]).toHaveLength(1);
      expect(bench.clock.slept).toEqual([7_000, 7_000, 7_000]);
    });

    test("nobody calls while a long pause lasts, and the fault says how long that is", async () => {
      const port = bench.openPort();
      await port.countRows(bench.object, null);
      await bench.fault([
        { match: {}, times: 1, effect: { type: "status", status: 429, retryAfterSeconds: 3600 } },
      ]);
      const first = await faultOf(port.countRows(bench.object, null));
      expect(first).toMatchObject({ retryable: true, sent: false, issue: { class: "throttle" } });
      expect(first.retryAfterMs).toBe(3_600_000);
      await bench.clearCalls();
      expect(await faultOf(port.countRows(bench.object, null))).toMatchObject({ retryable: true });
      expect((await bench.calls()).total).toBe(0);
      await bench.clock.sleep(3_600_000);
      expect(await port.countRows(bench.object, null)).toBe(bench.seeded);
    });

    test("a storm of 503 is waited out with growing pauses; a lasting one closes the connection for a while", async () => {
      await bench.schema();
      bench.clock.slept.length = 0;
      await bench.fault([{ match: { method: "GET" }, times: 3, effect: { type: "status", status: 503 } }]);
      expect(await bench.port.countRows(bench.object, null)).toBe(bench.seeded);
      expect(bench.clock.slept).toEqual([250, 500, 1_000]);
      await bench.fault([{ match: { method: "GET" }, effect: { type: "status", status: 503 } }]);
      const port = bench.openPort();
      expect(await faultOf(port.countRows(bench.object, null))).toMatchObject({
        retryable: true,
        closed: true,
        issue: { code: "CON-611" },
      });
    });

    test("a server error on a write is unknown, not repeated", async () => {
      await bench.schema();
      await bench.fault([{ match: { path: bench.writePath }, effect: { type: "status", status: 500 } }]);
      await bench.clearCalls();
      expect(states(await write(bench, [create(bench, "s1")]))).toEqual(["unknown"]);
      const { byRoute } = await bench.calls();
      const writes = Object.entries(byRoute).filter(([route]) => /batch|composite/.test(route));
      expect(writes.map(([, count]) => count)).toEqual([1]);
    });

    test.each([
      ["shuffled", { type: "shuffledAnswers" } as const, true],
      ["shuffled without a failure", { type: "shuffledAnswers" } as const, false],
      ["cut short", { type: "shortAnswers", missing: 3 } as const, true],
    ])(
      "answers that come %s are never given to the wrong record of a create",
      async (_how, effect, isPoisoned) => {
        await bench.schema();
        await bench.fault([{ match: { path: bench.writePath }, effect }]);
        const refs = Array.from({ length: 12 }, (_none, index) => `m${index}`);
        const answers = await write(
          bench,
          refs.map((ref) => create(bench, ref, isPoisoned && ref === "m5" ? bench.poison : {})),
        );
        await bench.fault([]);
        const found = await findByNumber(bench, ...refs.map((ref) => `NEW-${ref}`));
        const wrong = answers.filter((answer, place) => {
          const keys = (found[place] ?? []).map((row) => textIn(row, bench.key)).join();
          return answer.state === "done" ? keys !== answer.key : answer.state === "refused" && keys !== "";
        });
        expect(wrong).toEqual([]);
        const done = states(answers).filter((state) => state === "done").length;
        expect(done).toBeGreaterThanOrEqual(8);
        expect(answers[5]?.state === "done").toBe(!isPoisoned);
      },
    );

    test.each([
      ["shuffled", { type: "shuffledAnswers" } as const],
      ["cut short", { type: "shortAnswers", missing: 3 } as const],
    ])("answers that come %s are never given to the wrong record of an update", async (_how, effect) => {
      const rows = (await readAll(bench, 100, false)).slice(0, 12);
      await bench.fault([{ match: { path: bench.writePath }, effect }]);
      const answers = await write(
        bench,
        rows.map((row, place) =>
          toRequest(`u${place}`, "update", textIn(row, bench.key), {
            [bench.name]: place === 5 ? "x".repeat(300) : `Changed ${place}`,
          }),
        ),
      );
      await bench.fault([]);
      const now = await bench.port.readByKeys(
        bench.shape(),
        bench.key,
        rows.map((row) => textIn(row, bench.key)),
      );
      const wrong = answers.filter((answer, place) => {
        const key = textIn(rows[place], bench.key);
        const name = textIn(
          now.find((each) => textIn(each, bench.key) === key),
          bench.name,
        );
        if (answer.state === "done") return answer.key !== key || name !== `Changed ${place}`;
        return answer.state === "refused" && name !== textIn(rows[place], bench.name);
      });
      expect(wrong).toEqual([]);
      expect(answers[5]?.state).not.toBe("done");
    });
  });
});
