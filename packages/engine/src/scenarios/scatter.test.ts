/** Scatter: one value of a record becomes several lines of its document. */
import type { Lines } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { checkTransfer } from "../check/check-transfer.ts";
import { toShownText } from "../values/compare-values.ts";
import { openWorld } from "../testing/work-order-world.ts";
import { numberOrders, workOrderContext, workOrderTransfer } from "../testing/work-orders.ts";

const scattered = (rows: string, more: Partial<Lines> = {}): Lines => ({
  rows,
  target: "salesInvoiceLines",
  mappings: {
    lineObjectNumber: { value: "item" },
    quantity: { value: "position" },
    unitOfMeasureCode: { value: 'header.WorkOrderNumber & "/" & position' },
  },
  ...more,
});

const openScattered = (rows: string, more: Partial<Lines> = {}) =>
  openWorld(numberOrders(1), { transfer: { lines: [scattered(rows, more)], writeBacks: [] } });

const linesOf = (world: ReturnType<typeof openWorld>) =>
  world
    .invoiceLines()
    .map((line) =>
      ["lineObjectNumber", "quantity", "unitOfMeasureCode"].map((name) => toShownText(line[name])).join(" "),
    );

describe("lines from one value", () => {
  test("each value of the list becomes a line, in its order, with the header in reach", async () => {
    const world = openScattered('SPLIT("P-1; P-2;;P-3", ";")');
    const run = await world.run();
    expect(run).toMatchObject({ state: "finished", counts: { created: 1 } });
    expect(linesOf(world)).toEqual(["P-1 1 00001/1", "P-2 2 00001/2", "P-3 3 00001/3"]);
  });

  test("a second run changes nothing, and a filter leaves lines out", async () => {
    const world = openScattered('SPLIT("P-1;P-2", ";")', { filter: 'item <> "P-1"' });
    await world.run();
    expect(linesOf(world)).toEqual(["P-2 2 00001/2"]);
    const writes = world.target.writes();
    await world.run({ scope: { kind: "records", keys: ["W-00001"] } });
    expect(world.target.writes()).toBe(writes);
  });

  test("the different values of a list of rows make lines too", async () => {
    const world = openScattered("UNIQUE(Lines.Product)");
    expect((await world.run()).counts.created).toBe(1);
    expect(linesOf(world).length).toBeGreaterThan(0);
  });

  test("a blank value makes a document without lines", async () => {
    const world = openScattered('SPLIT(BLANK, ";")');
    expect((await world.run()).counts.created).toBe(1);
    expect(linesOf(world)).toEqual([]);
  });

  test("what fails in one value holds the record and names the line", async () => {
    const world = openScattered('SPLIT("1;x", ";")', {
      mappings: { lineObjectNumber: { value: "item" }, quantity: { value: "VALUE(item)" } },
    });
    expect((await world.run()).counts.held).toBe(1);
    expect(world.store.held()[0]?.issues[0]?.message).toContain("Line 2");
  });

  test.each([
    ["WorkOrderNumber", "LIN-402"],
    ['IF(TRUE, SPLIT("a", ";"), FAIL("no"))', "LIN-402"],
    ['SPLIT(Nope, ";")', "MAP-104"],
  ])("a formula that is no list of values is refused: %s", (rows, code) => {
    const definition = { ...workOrderTransfer, lines: [scattered(rows)] };
    const issues = checkTransfer(definition, workOrderContext).filter((each) => each.severity === "error");
    expect(issues.map((each) => each.code)).toContain(code);
    expect(issues[0]?.path).toBe("lines.salesInvoiceLines.rows");
  });
});
