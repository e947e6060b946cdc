import { describe, expect, test } from "vitest";
import { overrideValues } from "./override-values.ts";

const row = { Unit: "PCS.", Account: { Name: "Harbour", No: null }, Lines: [{ Unit: "A" }, { Unit: "B" }] };

describe("corrected values", () => {
  test("are laid over the record, its related records and its lines, and nothing else changes", () => {
    expect(
      overrideValues(row, [
        { path: "Unit", before: "PCS.", after: "PCS" },
        { path: "Account.No", before: null, after: "C-1" },
        { path: "Lines.1.Unit", before: "B", after: "C" },
      ]),
    ).toEqual({
      Unit: "PCS",
      Account: { Name: "Harbour", No: "C-1" },
      Lines: [{ Unit: "A" }, { Unit: "C" }],
    });
    expect(row.Lines[1]).toEqual({ Unit: "B" });
  });

  test("give way where the source changed the value meanwhile or does not have the place any more", () => {
    expect(
      overrideValues(row, [
        { path: "Unit", before: "BOX", after: "PCS" },
        { path: "Lines.7.Unit", before: "B", after: "C" },
        { path: "Gone.No", before: null, after: "C" },
        { path: "Lines.length", before: null, after: "9" },
        { path: "__proto__.x", before: null, after: "9" },
      ]),
    ).toEqual(row);
  });
});
