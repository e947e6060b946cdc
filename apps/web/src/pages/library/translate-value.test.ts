import { expect, test } from "vitest";
import { translateValue } from "./translate-value.ts";

const entries = [{ from: "Each", to: "PCS" }];

test("a value is tried as MAPVALUE would take it, and a near miss is named", () => {
  expect(translateValue({ entries }, "Each")).toEqual({ state: "listed", to: "PCS" });
  expect(translateValue({ entries }, "each ")).toEqual({ state: "unknown", close: "Each" });
  expect(translateValue({ entries, default: "X" }, "Box")).toEqual({ state: "default", to: "X" });
});
