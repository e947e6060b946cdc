import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { number, numberText } from "./json.ts";
import { openStore, type TableData } from "./store.ts";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-store-"));
  file = join(folder, "data", "store.jsonl");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const seed = (): TableData => ({ items: [["a", { Id: "a", price: number("12.50") }]] });
const open = () => openStore({ file, seed });

describe("the store", () => {
  it("starts with the seed and keeps numbers digit by digit over a restart", async () => {
    const first = open();
    await first.commit([
      { table: "items", key: "b", row: { Id: "b", price: number("0.1000000000000000001") } },
    ]);
    await first.close();
    const second = open();
    expect([...second.table("items").keys()]).toEqual(["a", "b"]);
    expect(numberText(second.table("items").get("a")?.["price"])).toBe("12.50");
    expect(numberText(second.table("items").get("b")?.["price"])).toBe("0.1000000000000000001");
    await second.close();
  });

  it("has every confirmed commit after the process was cut off without closing", async () => {
    const first = open();
    await Promise.all(
      Array.from({ length: 50 }, (_none, index) =>
        first.commit([{ table: "items", key: `k${index}`, row: { Id: `k${index}` } }]),
      ),
    );
    const second = open();
    expect(second.table("items").size).toBe(51);
    await second.close();
    await first.close();
  });

  it("ignores a torn last line and goes on writing after it", async () => {
    await open().close();
    appendFileSync(file, '[["items","torn",{"Id":"to');
    const second = open();
    expect(second.table("items").has("torn")).toBe(false);
    await second.commit([{ table: "items", key: "c", row: { Id: "c" } }]);
    await second.close();
    const third = open();
    expect([...third.table("items").keys()]).toEqual(["a", "c"]);
    await third.close();
  });

  it("writes a transaction as one line, so that it is there whole or not at all", async () => {
    const store = open();
    const before = readFileSync(file, "utf8").split("\n").length;
    await store.commit([
      { table: "items", key: "x", row: { Id: "x" } },
      { table: "others", key: "y", row: { Id: "y" } },
    ]);
    expect(readFileSync(file, "utf8").split("\n").length).toBe(before + 1);
    await store.close();
  });

  it("keeps removed rows away, indexes current and goes back to the seed on reset", async () => {
    const store = open();
    const byGroup = store.index("items", (row) => (typeof row["group"] === "string" ? row["group"] : null));
    await store.commit([{ table: "items", key: "b", row: { Id: "b", group: "one" } }]);
    expect(byGroup.keysOf("one")).toEqual(["b"]);
    await store.commit([{ table: "items", key: "b", row: { Id: "b", group: "two" } }]);
    expect([byGroup.keysOf("one"), byGroup.keysOf("two")]).toEqual([[], ["b"]]);
    await store.commit([{ table: "items", key: "b", row: null }]);
    expect(byGroup.keysOf("two")).toEqual([]);
    await store.commit([{ table: "items", key: "a", row: null }]);
    await store.reset();
    expect([...store.table("items").keys()]).toEqual(["a"]);
    await store.close();
    const again = open();
    expect([...again.table("items").keys()]).toEqual(["a"]);
    await again.close();
  });
});
