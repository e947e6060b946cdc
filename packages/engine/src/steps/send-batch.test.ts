import { describe, expect, test } from "vitest";
import type { SystemPort, WriteBatch } from "../ports.ts";
import { createMemoryClock } from "../testing/memory-clock.ts";
import { createMemorySystem } from "../testing/memory-system.ts";
import { field, object, ownField } from "../testing/schema-builders.ts";
import { sendBatches } from "./send-batch.ts";

const schema = object("Order", [ownField("Id", "id"), field("AccountId", "id", { refersTo: "Account" })]);

const toBatch = (ref: string, account: string): WriteBatch => ({
  schema,
  lineSchemas: {},
  answerFields: [],
  requests: [{ ref, op: "create", key: null, etag: null, values: { AccountId: account }, lines: [] }],
});

/** A port that keeps calls open for a while and watches which are open together. */
const watch = () => {
  const clock = createMemoryClock();
  const system = createMemorySystem({
    name: "target",
    objects: [schema],
    clock,
    limits: { parallelWrites: 3 },
  });
  const open = new Set<string>();
  const together: string[] = [];
  const started: string[] = [];
  const port: SystemPort = {
    ...system,
    write: async (batch) => {
      const ref = batch.requests[0]?.ref ?? "";
      started.push(ref);
      for (const other of open) together.push(`${other}${ref}`);
      open.add(ref);
      for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
      open.delete(ref);
      return system.write(batch);
    },
  };
  return { port, patience: { clock, stop: { aborted: false } }, together, started };
};

describe("batches in flight", () => {
  test("I9: never share a parent, and those that share none do not wait", async () => {
    const { port, patience, together, started } = watch();
    const batches = [toBatch("a", "1"), toBatch("b", "1"), toBatch("c", "2"), toBatch("d", "1")];
    const results = await sendBatches(patience, port, batches, () => true);
    expect([...results.values()].map((result) => result.state)).toEqual(["done", "done", "done", "done"]);
    expect(together).toEqual(["ac"]);
    expect(started).toEqual(["a", "c", "b", "d"]);
  });

  test("are never more than the system's limit", async () => {
    const { port, patience, together } = watch();
    const batches = ["a", "b", "c", "d", "e"].map((ref) => toBatch(ref, ref));
    await sendBatches(patience, port, batches, () => true);
    expect(together).not.toContain("ad");
    expect(together).toContain("ac");
  });

  test("a bug in any of them is thrown, after the others have ended", async () => {
    const { port, patience, started } = watch();
    const broken: SystemPort = {
      ...port,
      write: async (batch) => {
        const answers = await port.write(batch);
        if (batch.requests[0]?.ref === "b") throw new TypeError("a bug");
        return answers;
      },
    };
    const batches = ["a", "b", "c", "d"].map((ref) => toBatch(ref, ref));
    await expect(sendBatches(patience, broken, batches, () => true)).rejects.toThrow("a bug");
    expect(started).toEqual(expect.arrayContaining(["a", "b", "c"]));
  });

  test("end with what is in flight when the run must not go on", async () => {
    const { port, patience } = watch();
    const batches = ["a", "b", "c", "d", "e"].map((ref) => toBatch(ref, ref));
    const results = await sendBatches(patience, port, batches, (soFar) => soFar.size === 0);
    expect([...results.keys()]).toEqual(["a", "b", "c"]);
  });
});
