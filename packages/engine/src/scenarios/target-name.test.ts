import { expect, test } from "vitest";
import { openWorld } from "../testing/work-order-world.ts";
import { numberOrders, planWorkOrders, workOrderContext, workOrderSchemas } from "../testing/work-orders.ts";

test("an outcome names the target record also where the name was sent and not answered", async () => {
  const target = { ...workOrderSchemas.target[0], nameField: "externalDocumentNumber" };
  const plan = planWorkOrders({ writeBacks: [] }, { ...workOrderContext, target });
  const world = openWorld(numberOrders(2));
  await world.run({ plan });
  expect(world.store.outcomes().map((each) => each.targetLabel)).toEqual(["00001", "00002"]);
});
