/** Connecting and discovering: the same promises from every port, proven against its sandbox. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { faultOf } from "./testing/contract-steps.ts";
import { systems, type Bench } from "./testing/sandbox-bench.ts";

describe.each(systems)("the %s port", (_system, start) => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await start();
  });
  afterEach(() => bench.reset());
  afterAll(() => bench.close());

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
});
