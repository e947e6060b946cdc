import { describe, expect, it } from "vitest";
import { transfer } from "../testing/schemas.ts";
import { createDraftStore } from "./draft-store.ts";

const clock = () => {
  let ms = 0;
  return { now: () => ms, pass: (by: number) => (ms += by) };
};

const map = (field: string, value: string) =>
  ({ type: "set-mappings", mappings: { [field]: { value } } }) as const;

describe("draft store", () => {
  it("takes any number of edits back to the first definition and forth again", () => {
    const first = transfer();
    const store = createDraftStore(first, () => 0);
    for (let index = 0; index < 20; index += 1)
      store.getState().apply(`step ${index}`, [map(`f${index % 7}`, `Field${index}`)]);
    const last = store.getState().definition;
    while (store.getState().undo() !== null);
    expect(store.getState().definition).toEqual(first);
    while (store.getState().redo() !== null);
    expect(store.getState().definition).toEqual(last);
  });

  it("names the step that undo takes back", () => {
    const store = createDraftStore(transfer(), () => 0);
    store.getState().apply("Accept 2 suggestions", [map("city", "City"), map("amount", "Total")]);
    expect(store.getState().past.at(-1)?.name).toBe("Accept 2 suggestions");
    expect(store.getState().undo()?.name).toBe("Accept 2 suggestions");
    expect(store.getState().definition.mappings).toEqual({});
  });

  it("makes typing one step while the keys follow within 600 ms, and a new one after that", () => {
    const time = clock();
    const store = createDraftStore(transfer(), time.now);
    for (const text of ["T", "To", "Total"]) {
      store.getState().apply("Change formula", [map("amount", text)], { mergeKey: "amount" });
      time.pass(500);
    }
    expect(store.getState().past).toHaveLength(1);
    time.pass(700);
    store.getState().apply("Change formula", [map("amount", "Total2")], { mergeKey: "amount" });
    expect(store.getState().past).toHaveLength(2);
    store.getState().undo();
    expect(store.getState().definition.mappings.amount?.value).toBe("Total");
  });

  it("does not count an edit that changes nothing", () => {
    const store = createDraftStore(transfer({ mappings: { city: { value: "City" } } }), () => 0);
    expect(store.getState().apply("Map City", [map("city", "City")])).toBe(false);
    expect(store.getState().past).toHaveLength(0);
    expect(store.getState().changeCount).toBe(0);
  });

  it("forgets what was undone as soon as something else is done", () => {
    const store = createDraftStore(transfer(), () => 0);
    store.getState().apply("a", [map("city", "A")]);
    store.getState().undo();
    store.getState().apply("b", [map("city", "B")]);
    expect(store.getState().redo()).toBeNull();
  });

  it("keeps the newest 200 steps", () => {
    const store = createDraftStore(transfer(), () => 0);
    for (let index = 0; index < 230; index += 1)
      store.getState().apply(`${index}`, [map("city", `F${index}`)]);
    expect(store.getState().past).toHaveLength(200);
    expect(store.getState().past[0]?.name).toBe("30");
  });
});
