/** A mixed storm against both systems: everything asked for arrives, everything written is there once or unknown. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { create, findByNumber, readAll, textIn, write } from "./testing/contract-steps.ts";
import { systems, type Bench } from "./testing/sandbox-bench.ts";

describe.each(systems)("the %s port in a storm", (_system, start) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await start();
  });
  afterEach(() => bench.reset());
  afterAll(() => bench.close());

  test("sixteen readers get everything, whatever every third call runs into", async () => {
    await bench.schema();
    await bench.fault([
      { match: {}, share: 0.1, effect: { type: "status", status: 429, retryAfterSeconds: 2 } },
      { match: {}, share: 0.1, effect: { type: "status", status: 503 } },
      { match: {}, share: 0.1, effect: { type: "cutBeforeWork" } },
    ]);
    const reads = await Promise.all(Array.from({ length: 16 }, () => readAll(bench, 20, false)));
    expect(reads.map((rows) => new Set(rows.map((row) => textIn(row, bench.key))).size)).toEqual(
      reads.map(() => bench.seeded),
    );
  });

  test("of a hundred writes each is there once, refused and not there, or reported as unknown", async () => {
    await bench.schema();
    await bench.fault([
      { match: { path: bench.writePath }, share: 0.2, effect: { type: "dropAnswerAfterCommit" } },
      {
        match: { path: bench.writePath },
        share: 0.2,
        effect: { type: "status", status: 429, retryAfterSeconds: 2 },
      },
      { match: { path: bench.writePath }, share: 0.2, effect: { type: "shuffledAnswers" } },
      { match: { path: bench.writePath }, share: 0.2, effect: { type: "shortAnswers", missing: 1 } },
    ]);
    const refs = Array.from({ length: 100 }, (_none, index) => `W${index}`);
    const chunks = Array.from({ length: 20 }, (_none, index) => refs.slice(index * 5, index * 5 + 5));
    const answers = (
      await Promise.all(
        chunks.map((chunk) =>
          write(
            bench,
            chunk.map((ref) => create(bench, ref)),
          ),
        ),
      )
    ).flat();
    await bench.fault([]);
    const found = await findByNumber(bench, ...refs.map((ref) => `NEW-${ref}`));
    const wrong = answers.filter((answer, place) => {
      const rows = found[place] ?? [];
      if (answer.state === "done") return rows.length !== 1 || textIn(rows[0], bench.key) !== answer.key;
      return answer.state === "refused" ? rows.length > 0 : rows.length > 1;
    });
    expect(wrong).toEqual([]);
    expect(answers.filter((answer) => answer.state === "done").length).toBeGreaterThan(30);
    expect(answers.filter((answer) => answer.state === "unknown").length).toBeGreaterThan(0);
  });
});
