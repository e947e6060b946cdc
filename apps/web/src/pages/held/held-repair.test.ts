/** What the held page decides before it draws: its filters, and which values it offers for correction. */
import { transferDefinition, type Issue } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { describeAttempts } from "../../format/held-words.ts";
import { toCsv } from "../../kit/view-tools.tsx";
import { readClass, toHeldQuery } from "./held-search.ts";
import { describePlace, listRecordValues } from "./used-values.ts";

const now = Date.parse("2026-11-21T12:00:00.000Z");

describe("the filters of held records", () => {
  test("over one day and over seven days are counted back from now", () => {
    expect(toHeldQuery({ age: "day" }, now)).toMatchObject({ heldBefore: "2026-11-20T12:00:00.000Z" });
    expect(toHeldQuery({ age: "week" }, now)).toMatchObject({ heldBefore: "2026-11-14T12:00:00.000Z" });
  });

  test("today begins at midnight where the reader is", () => {
    const { heldAfter = "" } = toHeldQuery({ age: "today" }, now);
    expect(new Date(heldAfter).getHours()).toBe(0);
    expect(Date.parse(heldAfter)).toBeLessThanOrEqual(now);
  });

  test("nobody is asked for differently than somebody", () => {
    expect(toHeldQuery({ who: "-" }, now)).toMatchObject({ unassigned: "true" });
    expect(toHeldQuery({ who: "Ada" }, now)).toMatchObject({ assignee: "Ada" });
  });

  test("an address with unknown words shows the open records of all classes", () => {
    expect(toHeldQuery({ state: "lost", class: "bad" }, now)).toMatchObject({ state: "open" });
    expect(readClass({ class: "bad" })).toBeUndefined();
  });
});

describe("the values offered for correction", () => {
  const definition = transferDefinition.parse({
    kind: "transfer",
    version: 1,
    id: "tr_orders",
    name: "Orders",
    source: { connection: "a", object: "Order" },
    target: { connection: "b", object: "Invoice" },
    changes: { by: "all" },
    filter: 'Status = "Done"',
    mappings: { customer: { value: "Account.No" } },
    lines: [
      {
        source: "Lines",
        target: "rows",
        mappings: { unit: { value: 'MAPVALUE("Units", Unit)' }, city: { value: "header.city" } },
      },
    ],
  });
  const source = {
    Status: "Done",
    City: "Oslo",
    Other: null,
    Account: { No: null },
    Lines: [{ Unit: "PCS." }, { Unit: "Each" }],
  };
  const unknown: Issue = {
    code: "FML-309",
    severity: "error",
    path: "lines.rows.mappings.unit",
    message: "",
    hint: "",
    valueMap: { map: "Units", key: "PCS." },
  };
  const pathsWith = (key: "isUsed" | "isBlamed", issues: readonly Issue[] = []) =>
    listRecordValues(source, definition, issues).flatMap((each) => (each[key] ? each.path : []));

  test("are those that formulas of the header, the lines and the filter read", () => {
    expect(pathsWith("isUsed")).toEqual(["Status", "City", "Account.No", "Lines.0.Unit", "Lines.1.Unit"]);
  });

  test("begin with the ones the reason is about, in the row that has the value", () => {
    expect(pathsWith("isBlamed", [unknown])).toEqual(["Lines.0.Unit"]);
    expect(pathsWith("isBlamed", [{ ...unknown, path: "mappings.customer", valueMap: undefined }])).toEqual([
      "Account.No",
    ]);
  });

  test("say in which row they stand", () => {
    expect(describePlace("Lines.2.Product.Unit")).toBe("Row 3 of Lines, Product");
    expect(describePlace("Account.No")).toBe("Account");
    expect(describePlace("Status")).toBe("");
  });
});

test("attempts are told in words, with the time of the next one", () => {
  const held = { attempts: 3, nextAttemptAt: "2026-11-21T13:05:00.000Z", state: "open" as const };
  expect(describeAttempts(held, now)).toMatch(/^tried 3 times, next at \d{2}:05$/);
  expect(describeAttempts({ ...held, attempts: 1, nextAttemptAt: null }, now)).toBe(
    "tried once, waits for a person now",
  );
  expect(describeAttempts({ ...held, attempts: 2, state: "ignored" }, now)).toBe("tried twice");
});

test("an exported cell that a spreadsheet would take for a formula is led by an apostrophe", () => {
  expect(toCsv(["=1+1"], [{ header: "value", text: (each) => each }])).toContain("'=1+1");
});
