import { describe, expect, test } from "vitest";
import type { SystemPort, WriteAnswer } from "../ports.ts";
import { openWorld, type WorkOrderWorld } from "../testing/work-order-world.ts";
import { numberOrders } from "../testing/work-orders.ts";

/** The target with its first answers changed on their way back. */
const withAnswers = (
  world: WorkOrderWorld,
  change: (answers: readonly WriteAnswer[]) => readonly WriteAnswer[],
): SystemPort => {
  let isFirst = true;
  return {
    ...world.target,
    write: async (batch) => {
      const answers = await world.target.write(batch);
      const changed = isFirst ? change(answers) : answers;
      isFirst = false;
      return changed;
    },
  };
};

const numbersByOrder = (world: WorkOrderWorld) =>
  world.source.list("WorkOrder").map((row) => [row["WorkOrderNumber"], row["ERP_Id__c"]]);

const invoicesByOrder = (world: WorkOrderWorld) =>
  world.invoices().map((row) => [row["externalDocumentNumber"], row["id"]]);

describe("the answers of a batch", () => {
  test.each<[string, (answers: readonly WriteAnswer[]) => readonly WriteAnswer[]]>([
    ["shuffled", (answers) => [...answers].reverse()],
    ["shortened", (answers) => answers.slice(0, 2)],
    ["missing altogether", () => []],
    [
      "doubled with a contradiction",
      (answers) => [...answers, ...answers.map((each) => ({ ...each, key: "other" }))],
    ],
    ["mixed with answers nobody asked for", (answers) => [{ ...answers[0]!, ref: "stranger" }, ...answers]],
  ])("%s: every record gets its own answer, and none is written twice", async (_, change) => {
    const world = openWorld(numberOrders(5));
    const summary = await world.run({ target: withAnswers(world, change) });
    expect(summary.counts).toMatchObject({ read: 5, created: 5, held: 0 });
    expect(world.invoices()).toHaveLength(5);
    expect(numbersByOrder(world)).toEqual(invoicesByOrder(world));
  });
});

describe("a note about a failure", () => {
  test("that takes the record out of the filter does not end its further attempts", async () => {
    const filter = 'Status = "Completed" AND ISBLANK(ERP_Status__c)';
    const world = openWorld([{ number: "00001", account: "A2" }], { transfer: { filter } });
    await world.run();
    expect(world.workOrder("00001")).toMatchObject({ ERP_Status__c: "Error" });
    world.source.change("Account", "A2", { ERP_No__c: "C2" });
    expect((await world.run()).counts).toMatchObject({ created: 1 });
    expect(world.store.held()).toEqual([]);
  });
});
