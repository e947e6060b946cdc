import { describe, expect, test } from "vitest";
import { crashAt, Crash, type FaultPoint } from "./testing/fault-points.ts";
import { openWorld, type WorkOrderWorld, type WorldOptions } from "./testing/work-order-world.ts";
import type { WorkOrderInput } from "./testing/work-orders.ts";

/** Two pages with everything in them: creates, an asset, a filtered record, two that fail. */
const orders: readonly WorkOrderInput[] = [
  { number: "00001", asset: "S1" },
  { number: "00002", status: "New" },
  { number: "00003", account: "A2" },
  { number: "00004" },
  { number: "00005", lines: [{ product: "P-9", unit: "PCS.", quantity: "1", unitPrice: "5" }] },
  { number: "00006" },
];

const pages = { pageSize: 3 };

/** Everything a person would compare after the storm; keys and instants of single attempts aside. */
const describeEnd = (world: WorkOrderWorld) => ({
  invoices: world
    .invoices()
    .map((row) => ({
      number: row["externalDocumentNumber"],
      customer: row["customerNumber"],
      amount: row["amount"],
      lines: world
        .invoiceLines()
        .filter((line) => line["documentId"] === row["id"])
        .map((line) => [line["lineObjectNumber"], line["quantity"], line["unitPrice"]]),
      writtenBack: world.source
        .list("WorkOrder")
        .filter((order) => order["ERP_No__c"] === row["number"] && order["ERP_Id__c"] === row["id"])
        .map((order) => order["WorkOrderNumber"]),
    }))
    .sort((left, right) => ((left.number ?? "") < (right.number ?? "") ? -1 : 1)),
  noted: world.source
    .list("WorkOrder")
    .filter((order) => order["ERP_Status__c"] === "Error")
    .map((order) => order["WorkOrderNumber"]),
  assetHasInvoice: world.source.list("Asset")[0]?.["ERP_Invoice_No__c"] !== null,
  held: world.store
    .held()
    .map((each) => `${each.label} ${each.step} ${each.signature}`)
    .sort(),
  links: world.store
    .links()
    .map(
      (link) => `${link.sourceKey} ${link.state} ${link.targetKey === null ? "to nothing" : "to a record"}`,
    )
    .sort(),
  createdOutcomes: world.store
    .outcomes()
    .filter((outcome) => outcome.action === "created")
    .map((outcome) => outcome.label)
    .sort(),
});

const checkOneOutcomePerRun = (world: WorkOrderWorld): void => {
  const keys = world.store.outcomes().map((outcome) => `${outcome.runId} ${outcome.sourceKey}`);
  expect(new Set(keys).size).toBe(keys.length);
  const { read, ...rest } = world.store.counts();
  expect(Object.values(rest).reduce((sum, each) => sum + each, 0)).toBe(read);
  expect(read).toBe(keys.length);
};

const listPoints = async (options: WorldOptions): Promise<readonly FaultPoint[]> => {
  const world = openWorld(orders, options);
  await world.run(pages);
  return world.passed();
};

const describeCalmEnd = async (options: WorldOptions): Promise<ReturnType<typeof describeEnd>> => {
  const calm = openWorld(orders, options);
  await calm.run(pages);
  await calm.run(pages);
  return describeEnd(calm);
};

/** Kills the first run at `first`, the second at `second` if given, lets the others end, and compares. */
const crashAndCompare = async (
  options: WorldOptions,
  wanted: ReturnType<typeof describeEnd>,
  place: string,
  first: number,
  second?: number,
): Promise<void> => {
  const world = openWorld(orders, options);
  await expect(world.run({ ...pages, rule: crashAt(first) })).rejects.toThrow(Crash);
  if (second !== undefined)
    await world.run({ ...pages, rule: crashAt(second) }).catch((error: unknown) => {
      expect(error).toBeInstanceOf(Crash);
    });
  const ends = [await world.run(pages), await world.run(pages)];
  expect(ends.map((end) => end.state)).toEqual(["finished", "finished"]);
  expect({ place, ...describeEnd(world) }).toEqual({ place, ...wanted });
  checkOneOutcomePerRun(world);
};

/** Gives the number of places visited; each of them has compared the end. */
const crashEverywhere = async (options: WorldOptions): Promise<number> => {
  const wanted = await describeCalmEnd(options);
  const points = await listPoints(options);
  for (const { index, at, call } of points)
    await crashAndCompare(options, wanted, `${at} ${call} (${index})`, index);
  return points.length;
};

describe("a process killed at any port call and started again", () => {
  test("I1 I2 I3: ends as if nothing had happened, with each record created once and reported once", async () => {
    expect(await crashEverywhere({})).toBeGreaterThan(50);
  });

  test("I3: also where its own write-back takes the record out of the filter", async () => {
    expect(
      await crashEverywhere({ transfer: { filter: 'Status = "Completed" AND ISBLANK(ERP_No__c)' } }),
    ).toBeGreaterThan(50);
  });

  test("I1: also where the note about a failure takes the record out of the filter", async () => {
    expect(
      await crashEverywhere({ transfer: { filter: 'Status = "Completed" AND ISBLANK(ERP_Status__c)' } }),
    ).toBeGreaterThan(50);
  });

  test("also where every record is read each time", async () => {
    expect(await crashEverywhere({ transfer: { changes: { by: "all" } } })).toBeGreaterThan(50);
  });

  test("also when the second attempt is killed as well", async () => {
    const wanted = await describeCalmEnd({});
    const { length } = await listPoints({});
    expect(length).toBeGreaterThan(50);
    for (let first = 0; first < length; first += 1) {
      const second = (first * 17 + 11) % length;
      await crashAndCompare({}, wanted, `${first}, then ${second}`, first, second);
    }
  });

  test("also where the source promises no upper bound", async () => {
    expect(await crashEverywhere({ source: { promisesUpperBound: false } })).toBeGreaterThan(50);
  });
});
