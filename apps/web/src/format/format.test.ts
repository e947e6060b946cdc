/** The words and numbers that people read. */
import { describe, expect, test } from "vitest";
import { toRun } from "../testing/runs.ts";
import { isStepOf, toIssuePlace, toStepName } from "./issue-place.ts";
import { countOf } from "./number.ts";
import { toTitle, toWords } from "./object-words.ts";
import { describeRest, describeRun, describeScope, toPercent } from "./run-words.ts";
import { formatDuration, formatRelative } from "./time.ts";
import { formatCell, formatText } from "./value.ts";

const none = toRun().counts;
const start = "2026-11-20T12:00:00.000Z";
const after = (seconds: number): number => Date.parse(start) + seconds * 1_000;

describe("times", () => {
  test.each([
    [840, "840 ms"],
    [3_240, "3.2 s"],
    [125_000, "2 min 05 s"],
    [3_840_000, "1 h 04 min"],
  ])("%d milliseconds are %s", (ms, words) => expect(formatDuration(ms)).toBe(words));

  test("an instant of four minutes ago says so, one of this moment is just now", () => {
    expect(formatRelative(start, after(240))).toBe("4 minutes ago");
    expect(formatRelative(start, after(5))).toBe("just now");
  });
});

describe("values", () => {
  test("blank, empty text and outer spaces stay visible and apart", () => {
    expect([null, "", " a ", true].map(formatCell)).toEqual(["(blank)", '""', "·a·", "TRUE"]);
  });

  test("a long text is cut with its length", () => {
    expect(formatText("x".repeat(143))).toMatch(/… \(143 characters\)$/);
  });

  test("exact numbers are shown as they were received", () => {
    expect(formatCell("1250.5000")).toBe("1250.5000");
  });
});

describe("a run in words", () => {
  test("a running run says its phase and how far it is", () => {
    const run = toRun({
      state: "running",
      phase: "write",
      startedAt: start,
      expected: 60,
      counts: { ...none, read: 40, created: 30 },
    });
    expect(describeRun(run, after(1))).toBe("Writing, 30 of 60");
    expect(toPercent(run)).toBe(50);
    expect(describeRest(run, after(60))).toBe("about 1 min 00 s left");
  });

  test("a finished run names what it made and what it holds", () => {
    const run = toRun({ state: "finished", counts: { ...none, read: 60, created: 58, held: 2 } });
    expect(describeRun(run, 0)).toBe("Finished with 2 held records of 60, 58 created");
    expect(describeRun({ ...run, counts: none }, 0)).toBe("Finished: there was nothing to do");
  });

  test("nobody is told a percentage that nobody knows", () => {
    expect(toPercent(toRun({ state: "running", expected: null }))).toBeNull();
  });

  test("a re-run of held records says how many", () => {
    expect(describeScope(toRun({ scope: { kind: "held", heldIds: ["1", "2"] } }))).toBe("2 held records");
  });
});

describe("places", () => {
  test("a header mapping and a line mapping are told apart", () => {
    expect(toIssuePlace("mappings.customerNumber")).toEqual({ field: "customerNumber", lines: null });
    expect(toIssuePlace("lines.salesInvoiceLines.mappings.unitOfMeasureCode")).toEqual({
      field: "unitOfMeasureCode",
      lines: "salesInvoiceLines",
    });
  });

  test.each(["", "filter", "match.keys.number", "lines.0"])("%j is no mapping", (path) =>
    expect(toIssuePlace(path)).toBeNull(),
  );

  test("a line's step belongs to the line's mapping and not to a header field of the same name", () => {
    const place = { field: "description", lines: "salesInvoiceLines" };
    expect(isStepOf("salesInvoiceLines.2.description", place)).toBe(true);
    expect(isStepOf("description", place)).toBe(false);
    expect(toStepName("salesInvoiceLines.2.description")).toBe("line 3, description");
  });

  test("API names become words", () => {
    expect(toWords("salesInvoices")).toBe("invoices");
    expect(toTitle("WorkOrderLineItem")).toBe("Work order line item");
    expect(toTitle("ERP_No__c")).toBe("Erp no");
  });

  test("one is not many", () => {
    expect([countOf(1, "record"), countOf(2, "entry", "entries")]).toEqual(["1 record", "2 entries"]);
  });
});
