import { describe, expect, test } from "vitest";
import { openWorld } from "../testing/work-order-world.ts";
import { numberOrders } from "../testing/work-orders.ts";

const gathering = {
  mappings: {
    externalDocumentNumber: { value: "WorkOrderNumber" },
    customerNumber: { value: "FIRST(Lines.Product)" },
    amount: { value: "SUM(Lines.Quantity * Lines.UnitPrice)" },
    note: { value: 'JOINLIST(Lines.Product, ", ")' },
  },
  lines: [],
  writeBacks: [],
};

describe("gather: many rows become one value", () => {
  test("the rows of a header are summed, joined and picked from", async () => {
    const world = openWorld(numberOrders(1), { transfer: gathering });
    await world.run();
    expect(world.invoices()).toMatchObject([{ customerNumber: "P-1", amount: "140.2", note: "P-1, P-2" }]);
    expect(world.invoiceLines()).toEqual([]);
  });

  test("the rows of all headers are read with their page, never header by header", async () => {
    const callsFor = async (orders: number): Promise<number> => {
      const world = openWorld(numberOrders(orders), { transfer: gathering });
      await world.run();
      expect(world.invoices()).toHaveLength(orders);
      return world.source.callCount();
    };
    expect(await callsFor(40)).toBe(await callsFor(2));
  });
});
