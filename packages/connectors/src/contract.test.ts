/** What the engine may rely on, whatever system is behind the port: the same tests against every sandbox. */
import { Fault, type Position, type WriteAnswer, type WriteRequest } from "@fieldbridge/engine";
import type { Row } from "@fieldbridge/model";
import { toCanonicalNumber } from "./values.ts";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  startBusinessCentralBench,
  startSalesforceBench,
  toRequest,
  type Bench,
} from "./testing/sandbox-bench.ts";

const text = (row: Row | undefined, name: string): string => String(row?.[name] ?? "");

async function faultOf(call: Promise<unknown>): Promise<Fault> {
  const caught = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(caught instanceof Fault)) throw new Error(`A fault was expected, not ${String(caught)}.`);
  return caught;
}

describe.each([
  ["Salesforce", startSalesforceBench],
  ["Business Central", startBusinessCentralBench],
] as const)("the %s port", (_system, start) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await start();
  });
  afterEach(() => bench.reset());
  afterAll(() => bench.close());

  const readAll = async (limit: number, restart: boolean): Promise<Row[]> => {
    const rows: Row[] = [];
    let after: Position | null = null;
    let continuation: string | undefined;
    do {
      const page = await bench.port.readPage({
        shape: bench.shape(),
        filter: null,
        keyField: bench.key,
        stampField: bench.stamp,
        after,
        from: null,
        before: null,
        limit,
        continuation: restart ? undefined : continuation,
      });
      rows.push(...page.rows);
      after = page.next;
      continuation = page.continuation;
    } while (after !== null);
    return rows;
  };

  const write = async (requests: readonly WriteRequest[], answerFields = [bench.key]) =>
    bench.port.write({ schema: await bench.schema(), lineSchemas: {}, requests, answerFields });

  const create = (ref: string, more: Row = {}): WriteRequest =>
    toRequest(ref, "create", null, { [bench.name]: `Made ${ref}`, [bench.number]: `NEW-${ref}`, ...more });

  const findByNumber = async (...numbers: string[]): Promise<readonly (readonly Row[])[]> =>
    bench.port.find({
      shape: bench.shape(),
      keyFields: [bench.number],
      values: numbers.map((number) => [number]),
    });

  const states = (answers: readonly WriteAnswer[]) => answers.map((answer) => answer.state);

  describe("connecting", () => {
    test("a working connection passes every line of its test", async () => {
      const checks = await bench.port.checkConnection();
      expect(checks.map((check) => check.ok)).toEqual(checks.map(() => true));
      expect(checks.map((check) => check.name)).toEqual(
        expect.arrayContaining(["Address", "Sign-in", "Objects", "Read"]),
      );
    });

    test("a wrong secret fails the sign-in line in plain words, and is not tried again", async () => {
      const port = bench.openPort({}, { clientSecret: "wrong" });
      const last = (await port.checkConnection()).at(-1);
      expect(last).toMatchObject({ name: "Sign-in", ok: false });
      expect(last?.answer).toMatch(/secret is wrong/);
      const { byRoute } = await bench.calls();
      const tokenCalls = Object.entries(byRoute).filter(([route]) => route.includes("/token"));
      expect(tokenCalls.map(([, count]) => count)).toEqual([1]);
      const fault = await faultOf(port.countRows(bench.object, null));
      expect(fault).toMatchObject({ retryable: false, sent: false, issue: { code: "CON-601" } });
      expect(JSON.stringify(fault.issue)).not.toContain('wrong"');
    });
  });

  describe("discovering", () => {
    test("the list of objects has the ones that can be read", async () => {
      const objects = await bench.port.discoverObjects();
      expect(objects.find((each) => each.name === bench.object)).toMatchObject({ creatable: true });
    });

    test("an object says its key, stamp, name, required and unique fields, and its relations", async () => {
      const schema = await bench.schema();
      const field = (name: string) => schema.fields.find((each) => each.name === name);
      expect(schema).toMatchObject({ keyField: bench.key, stampField: bench.stamp, creatable: true });
      expect(field(bench.key)).toMatchObject({ type: "id", unique: true, updatable: false });
      expect(field(bench.name)).toMatchObject({ type: "text", required: true, creatable: true });
      expect(field(bench.name)?.length).toBeGreaterThan(50);
      expect(field(bench.stamp)).toMatchObject({ type: "datetime", creatable: false, updatable: false });
      expect(field(bench.amount)).toMatchObject({ type: "number", required: false });
      expect(schema.relations.some((each) => each.kind === "one" && each.keyField !== undefined)).toBe(true);
    });

    test("an unknown object is a fault that no repetition cures", async () => {
      expect(await faultOf(bench.port.discoverObject("Nowhere"))).toMatchObject({ retryable: false });
    });
  });

  describe("reading", () => {
    test.each([
      ["going on where the page ended", false],
      ["starting anew from the position", true],
    ])("tiny pages give every record once and in order, %s", async (_way, restart) => {
      const rows = await readAll(7, restart);
      const keys = rows.map((row) => text(row, bench.key));
      expect(keys).toHaveLength(bench.seeded);
      expect(new Set(keys).size).toBe(bench.seeded);
      const stamps = rows.map((row) => text(row, bench.stamp));
      expect(stamps).toEqual(stamps.toSorted());
      expect(stamps[0]).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z$/);
    });

    test("records of one second are neither lost nor doubled at the borders of pages", async () => {
      const before = await readAll(100, false);
      await bench.fault([
        { match: {}, effect: { type: "sameSecondStamps", at: "2026-11-01T08:00:00.000Z" } },
      ]);
      await write(
        before.slice(0, 30).map((row) =>
          toRequest(text(row, bench.key), "update", text(row, bench.key), {
            [bench.name]: `${text(row, bench.name)} 2`,
          }),
        ),
      );
      await bench.fault([]);
      for (const restart of [false, true]) {
        const keys = (await readAll(4, restart)).map((row) => text(row, bench.key));
        expect(keys.toSorted()).toEqual(before.map((row) => text(row, bench.key)).toSorted());
      }
    });

    test("a window takes the lower bound and leaves the upper one out", async () => {
      const all = await readAll(100, false);
      const at = text(all[20], bench.stamp);
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
      const atOrBehind = all.filter((row) => text(row, bench.stamp) >= at).length;
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
      expect(await readAll(bench.seeded, false)).toHaveLength(bench.seeded);
      expect((await bench.calls()).total).toBe(1);
    });

    test("rows come by key; keys that do not exist are left out", async () => {
      const all = await readAll(100, false);
      const keys = all.slice(3, 9).map((row) => text(row, bench.key));
      const gone =
        bench.system === "Salesforce" ? "001Fb0zzzzzzzzzAAA" : "00000000-0000-4000-8000-000000000000";
      const rows = await bench.port.readByKeys(bench.shape(), bench.key, [...keys, gone, "rubbish' or 1"]);
      expect(rows.map((row) => text(row, bench.key)).toSorted()).toEqual(keys.toSorted());
      expect(rows[0]).toMatchObject({ [bench.name]: expect.any(String) });
      expect(await bench.port.readByKeys(bench.shape(), bench.key, [])).toEqual([]);
    });

    test("a hundred keys need one call", async () => {
      const keys = (await readAll(100, false)).map((row) => text(row, bench.key));
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
      expect(found.map((rows) => rows.map((row) => text(row, bench.number)))).toEqual([
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
      expect((await findByNumber(...hostile)).flat()).toEqual([]);
      for (const value of hostile) expect(await findByNumber(value), value).toEqual([[]]);
    });

    test("several fields together find by all of them", async () => {
      const [[row] = []] = await findByNumber("C-10020");
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
      await write([create("A", { [bench.name]: "Twin" }), create("B", { [bench.name]: "Twin" })]);
      const [rows] = await bench.port.find({
        shape: bench.shape(),
        keyFields: [bench.name],
        values: [["Twin"]],
      });
      expect(rows?.map((row) => text(row, bench.number)).toSorted()).toEqual(["NEW-A", "NEW-B"]);
    });

    test("a batch of numbers needs one call", async () => {
      await bench.schema();
      await bench.clearCalls();
      await findByNumber(...Array.from({ length: 100 }, (_none, index) => `C-${10_000 + index * 10}`));
      expect((await bench.calls()).total).toBe(1);
    });
  });

  describe("writing", () => {
    test("poison in the middle fails alone, with the field named", async () => {
      const answers = await write(
        [create("1"), create("2"), create("3", bench.poison), create("4"), create("5")],
        [bench.key, bench.number],
      );
      expect(answers.map((answer) => answer.ref)).toEqual(["1", "2", "3", "4", "5"]);
      expect(states(answers)).toEqual(["done", "done", "refused", "done", "done"]);
      expect(answers[2]).toMatchObject({ issues: [{ path: bench.poisonField, severity: "error" }] });
      for (const answer of answers)
        if (answer.state === "done")
          expect(answer.row).toMatchObject({ [bench.key]: answer.key, [bench.number]: `NEW-${answer.ref}` });
      const found = await findByNumber("NEW-1", "NEW-2", "NEW-3", "NEW-4", "NEW-5");
      expect(found.map((rows) => rows.length)).toEqual([1, 1, 0, 1, 1]);
    });

    test("updates change what they name, clear what is blank, and one that is gone fails alone", async () => {
      const [first, second] = await readAll(2, false);
      const gone =
        bench.system === "Salesforce" ? "001Fb0zzzzzzzzzAAA" : "00000000-0000-4000-8000-000000000001";
      const answers = await write([
        toRequest("a", "update", text(first, bench.key), { [bench.amount]: bench.longAmount }),
        toRequest("b", "update", gone, { [bench.amount]: "1" }),
        toRequest("c", "update", text(second, bench.key), {
          [bench.name]: "Renamed",
          [bench.optional]: null,
        }),
      ]);
      expect(states(answers)).toEqual(["done", "refused", "done"]);
      expect(answers[1]).toMatchObject({ issues: [{ code: "WRT-309" }] });
      const shape = bench.shape({ fields: [bench.key, bench.name, bench.amount, bench.optional] });
      const rows = await bench.port.readByKeys(shape, bench.key, [
        text(first, bench.key),
        text(second, bench.key),
      ]);
      const byKey = new Map(rows.map((row) => [text(row, bench.key), row]));
      const firstNow = byKey.get(text(first, bench.key));
      expect(toCanonicalNumber(text(firstNow, bench.amount))).toBe(bench.longAmount);
      expect(firstNow).toMatchObject({ [bench.name]: text(first, bench.name) });
      expect(byKey.get(text(second, bench.key))).toMatchObject({
        [bench.name]: "Renamed",
        [bench.optional]: null,
      });
    });

    test("numbers keep every digit from the request to the answer of a read", async () => {
      const [answer] = await write([create("digits", { [bench.amount]: bench.longAmount })]);
      expect(answer?.state).toBe("done");
      const [[row] = []] = await findByNumber("NEW-digits");
      expect(toCanonicalNumber(text(row, bench.amount))).toBe(bench.longAmount);
    });

    test("what a field cannot take is refused here, before a call", async () => {
      await bench.schema();
      await bench.clearCalls();
      const answers = await bench.port.write({
        schema: await bench.schema(),
        lineSchemas: {},
        requests: [create("x", { [bench.amount]: "a lot" }), create("y", { unknownField: "1" })],
        answerFields: [],
      });
      expect(states(answers)).toEqual(["refused", "refused"]);
      expect(answers[0]).toMatchObject({ issues: [{ path: bench.amount, value: "a lot" }] });
      expect(
        Object.keys((await bench.calls()).byRoute).filter((route) => /batch|composite/.test(route)),
      ).toEqual([]);
    });

    test("deletes remove, and say so when the record is gone", async () => {
      const [made] = await write([create("short-lived")]);
      const key = made?.state === "done" ? made.key : "";
      expect(states(await write([toRequest("d", "delete", key, {})]))).toEqual(["done"]);
      expect(await findByNumber("NEW-short-lived")).toEqual([[]]);
      expect(await write([toRequest("d", "delete", key, {})])).toMatchObject([
        { state: "refused", issues: [{ code: "WRT-309" }] },
      ]);
    });

    test("a full batch of creates takes one call", async () => {
      await bench.schema();
      await bench.clearCalls();
      const { writeBatch } = bench.port.limits;
      const answers = await write(
        Array.from({ length: writeBatch }, (_none, index) => create(`bulk-${index}`)),
      );
      expect(states(answers)).toEqual(answers.map(() => "done"));
      const toDescribe = 1;
      expect((await bench.calls()).total).toBeLessThanOrEqual(1 + toDescribe);
    });
  });

  describe("when the world misbehaves", () => {
    test("an answer lost after the work is unknown for every record, and nothing is sent twice", async () => {
      await bench.schema();
      await bench.fault([
        { match: { path: bench.writePath }, times: 1, effect: { type: "dropAnswerAfterCommit" } },
      ]);
      const answers = await write([create("l1"), create("l2")]);
      expect(states(answers)).toEqual(["unknown", "unknown"]);
      expect(answers[0]).toMatchObject({ issue: { code: "WRT-312", class: "uncertain" } });
      expect((await findByNumber("NEW-l1", "NEW-l2")).map((rows) => rows.length)).toEqual([1, 1]);
    });

    test("a connection cut before the work is unknown too, because nobody can tell", async () => {
      await bench.schema();
      await bench.fault([{ match: { path: bench.writePath }, times: 1, effect: { type: "cutBeforeWork" } }]);
      expect(states(await write([create("c1")]))).toEqual(["unknown"]);
      expect(await findByNumber("NEW-c1")).toEqual([[]]);
    });

    test("reads are tried again when the connection breaks", async () => {
      await bench.schema();
      await bench.fault([{ match: { method: "GET" }, times: 2, effect: { type: "cutBeforeWork" } }]);
      expect(await readAll(100, false)).toHaveLength(bench.seeded);
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
      expect(states(await write([create("t1")]))).toEqual(["done"]);
      expect((await findByNumber("NEW-t1"))[0]).toHaveLength(1);
    });

    test("Retry-After is obeyed to the second, by reads and writes, and a write is executed once", async () => {
      await bench.schema();
      const busy = (path: string) => [
        { match: { path }, times: 2, effect: { type: "status", status: 429, retryAfterSeconds: 7 } as const },
      ];
      bench.clock.slept.length = 0;
      await bench.fault(busy(bench.writePath));
      expect(states(await write([create("r1")]))).toEqual(["done"]);
      expect(bench.clock.slept).toEqual([7_000, 7_000]);
      expect((await findByNumber("NEW-r1"))[0]).toHaveLength(1);
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

    test("a storm of 503 is waited out with growing pauses; a lasting one is a retryable fault", async () => {
      await bench.schema();
      bench.clock.slept.length = 0;
      await bench.fault([{ match: { method: "GET" }, times: 3, effect: { type: "status", status: 503 } }]);
      expect(await bench.port.countRows(bench.object, null)).toBe(bench.seeded);
      expect(bench.clock.slept).toEqual([250, 500, 1_000]);
      await bench.fault([{ match: { method: "GET" }, effect: { type: "status", status: 503 } }]);
      expect(await faultOf(bench.port.countRows(bench.object, null))).toMatchObject({
        retryable: true,
        issue: { code: "CON-608" },
      });
    });

    test("a server error on a write is unknown, not repeated", async () => {
      await bench.schema();
      await bench.fault([{ match: { path: bench.writePath }, effect: { type: "status", status: 500 } }]);
      await bench.clearCalls();
      expect(states(await write([create("s1")]))).toEqual(["unknown"]);
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
          refs.map((ref) => create(ref, isPoisoned && ref === "m5" ? bench.poison : {})),
        );
        await bench.fault([]);
        const found = await findByNumber(...refs.map((ref) => `NEW-${ref}`));
        for (const [place, answer] of answers.entries()) {
          const keys = (found[place] ?? []).map((row) => text(row, bench.key));
          if (answer.state === "done") expect(keys, answer.ref).toEqual([answer.key]);
          if (answer.state === "refused") expect(keys, answer.ref).toEqual([]);
        }
        const done = states(answers).filter((state) => state === "done").length;
        expect(done).toBeGreaterThanOrEqual(8);
        if (isPoisoned) expect(answers[5]?.state).not.toBe("done");
      },
    );

    test.each([
      ["shuffled", { type: "shuffledAnswers" } as const],
      ["cut short", { type: "shortAnswers", missing: 3 } as const],
    ])("answers that come %s are never given to the wrong record of an update", async (_how, effect) => {
      const rows = (await readAll(100, false)).slice(0, 12);
      await bench.fault([{ match: { path: bench.writePath }, effect }]);
      const answers = await write(
        rows.map((row, place) =>
          toRequest(`u${place}`, "update", text(row, bench.key), {
            [bench.name]: place === 5 ? "x".repeat(300) : `Changed ${place}`,
          }),
        ),
      );
      await bench.fault([]);
      const now = await bench.port.readByKeys(
        bench.shape(),
        bench.key,
        rows.map((row) => text(row, bench.key)),
      );
      for (const [place, answer] of answers.entries()) {
        const row = now.find((each) => text(each, bench.key) === text(rows[place], bench.key));
        if (answer.state === "done") expect(answer.key).toBe(text(rows[place], bench.key));
        if (answer.state === "done") expect(text(row, bench.name)).toBe(`Changed ${place}`);
        if (answer.state === "refused") expect(text(row, bench.name)).toBe(text(rows[place], bench.name));
      }
      expect(answers[5]?.state).not.toBe("done");
    });
  });
});
