/** Reading and finding: no record lost or doubled, no value able to change a query, as few calls as possible. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { create, findByNumber, readAll, textIn, write } from "./testing/contract-steps.ts";
import { systems, type Bench, toRequest } from "./testing/sandbox-bench.ts";

describe.each(systems)("the %s port", (_system, start) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await start();
  });
  afterEach(() => bench.reset());
  afterAll(() => bench.close());

  describe("reading", () => {
    test.each([
      ["going on where the page ended", false],
      ["starting anew from the position", true],
    ])("tiny pages give every record once and in order, %s", async (_way, restart) => {
      const rows = await readAll(bench, 7, restart);
      const keys = rows.map((row) => textIn(row, bench.key));
      expect(keys).toHaveLength(bench.seeded);
      expect(new Set(keys).size).toBe(bench.seeded);
      const stamps = rows.map((row) => textIn(row, bench.stamp));
      expect(stamps).toEqual(stamps.toSorted());
      expect(stamps[0]).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);
    });

    test("records of one second are neither lost nor doubled at the borders of pages", async () => {
      const before = await readAll(bench, 100, false);
      await bench.fault([
        { match: {}, effect: { type: "sameSecondStamps", at: "2026-11-01T08:00:00.000Z" } },
      ]);
      await write(
        bench,
        before.slice(0, 30).map((row) =>
          toRequest(textIn(row, bench.key), "update", textIn(row, bench.key), {
            [bench.name]: `${textIn(row, bench.name)} 2`,
          }),
        ),
      );
      await bench.fault([]);
      for (const restart of [false, true]) {
        const keys = (await readAll(bench, 4, restart)).map((row) => textIn(row, bench.key));
        expect(keys.toSorted()).toEqual(before.map((row) => textIn(row, bench.key)).toSorted());
      }
    });

    test("a window takes the lower bound and leaves the upper one out", async () => {
      const all = await readAll(bench, 100, false);
      const at = textIn(all[20], bench.stamp);
      const inside = async (bounds: { from: string | null; before: string | null }) =>
        (
          await bench.port.readPage({
            shape: bench.shape(),
            filter: null,
            keyField: bench.key,
            stampField: bench.stamp,
            after: null,
            limit: 100,
            ...bounds,
          })
        ).rows.length;
      const atOrBehind = all.filter((row) => textIn(row, bench.stamp) >= at).length;
      expect(await inside({ from: at, before: null })).toBe(atOrBehind);
      expect(await inside({ from: null, before: at })).toBe(bench.seeded - atOrBehind);
    });

    test("a filter in the system's language narrows pages and counts alike", async () => {
      const page = await bench.port.readPage({
        shape: bench.shape(),
        filter: bench.oneFilter,
        keyField: bench.key,
        stampField: bench.stamp,
        after: null,
        from: null,
        before: null,
        limit: 10,
      });
      expect(page).toMatchObject({ rows: [{ [bench.number]: "C-10020" }], next: null });
      expect(await bench.port.countRows(bench.object, bench.oneFilter)).toBe(1);
      expect(await bench.port.countRows(bench.object, null)).toBe(bench.seeded);
    });

    test("a full last page needs no further call", async () => {
      await bench.schema();
      await bench.clearCalls();
      expect(await readAll(bench, bench.seeded, false)).toHaveLength(bench.seeded);
      expect((await bench.calls()).total).toBe(1);
    });

    test("rows come by key; keys that do not exist are left out", async () => {
      const all = await readAll(bench, 100, false);
      const keys = all.slice(3, 9).map((row) => textIn(row, bench.key));
      const rows = await bench.port.readByKeys(bench.shape(), bench.key, [
        ...keys,
        bench.goneKey,
        "rubbish' or 1",
      ]);
      expect(rows.map((row) => textIn(row, bench.key)).toSorted()).toEqual(keys.toSorted());
      expect(rows[0]).toMatchObject({ [bench.name]: expect.any(String) });
      expect(await bench.port.readByKeys(bench.shape(), bench.key, [])).toEqual([]);
    });

    test("a hundred keys need one call", async () => {
      const keys = (await readAll(bench, 100, false)).map((row) => textIn(row, bench.key));
      await bench.clearCalls();
      await bench.port.readByKeys(bench.shape(), bench.key, keys);
      expect((await bench.calls()).total).toBe(1);
    });
  });

  describe("finding", () => {
    test("each tuple gets its rows in order: another spelling, misses, blanks and repeats", async () => {
      const found = await bench.port.find({
        shape: bench.shape(),
        keyFields: [bench.number],
        values: [["c-10020"], ["NOT-THERE"], [null], ["C-10030"], ["C-10020"], [""]],
      });
      expect(found.map((rows) => rows.map((row) => textIn(row, bench.number)))).toEqual([
        ["C-10020"],
        [],
        [],
        ["C-10030"],
        ["C-10020"],
        [],
      ]);
    });

    test("values cannot change the meaning of a search", async () => {
      const hostile = [
        "' OR '1' = '1",
        "\\' OR Name != '",
        "x' or displayName ne 'y",
        "%",
        "*",
        "C-100%",
        "C-100*",
        "'",
        "''",
        "\\",
        "a\nb",
        "\u0000",
        "\ud800",
        "C-10020' --",
        "..",
        "<>''",
        "&$top=1",
        "#",
        "?",
        "+",
        "é\u2028",
        "x".repeat(5_000),
      ];
      expect((await findByNumber(bench, ...hostile)).flat()).toEqual([]);
      const alone = await Promise.all(hostile.map((value) => findByNumber(bench, value)));
      expect(alone).toEqual(hostile.map(() => [[]]));
    });

    test("several fields together find by all of them", async () => {
      const [[row] = []] = await findByNumber(bench, "C-10020");
      const found = await bench.port.find({
        shape: bench.shape(),
        keyFields: [bench.number, bench.name],
        values: [
          ["C-10020", row?.[bench.name] ?? null],
          ["C-10020", "Somebody else"],
          ["C-10030", row?.[bench.name] ?? null],
          [null, row?.[bench.name] ?? null],
        ],
      });
      expect(found.map((rows) => rows.length)).toEqual([1, 0, 0, 0]);
    });

    test("all matches come back where there are several", async () => {
      await write(bench, [
        create(bench, "A", { [bench.name]: "Twin" }),
        create(bench, "B", { [bench.name]: "Twin" }),
      ]);
      const [rows] = await bench.port.find({
        shape: bench.shape(),
        keyFields: [bench.name],
        values: [["Twin"]],
      });
      expect(rows?.map((row) => textIn(row, bench.number)).toSorted()).toEqual(["NEW-A", "NEW-B"]);
    });

    test("a batch of numbers needs one call", async () => {
      await bench.schema();
      await bench.clearCalls();
      await findByNumber(bench, ...Array.from({ length: 100 }, (_none, index) => `C-${10_000 + index * 10}`));
      expect((await bench.calls()).total).toBe(1);
    });
  });
});
