/** A create whose answer was lost and that nothing can search: a person looks into the target and says what is there. */
import { toIssue } from "@fieldbridge/model";
import { Fault } from "@fieldbridge/engine";
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createStage, type Scene } from "../testing/run-scene.ts";
import { createCrm, createShop, manyAccounts } from "../testing/stand-in-system.ts";

const { playScene, clear } = createStage();
afterEach(clear);

const byLink = exampleTransfer({ match: { by: "link", found: "update", missing: "create" } });

/** Its first write has no answer; whether it arrived says `arrives`. */
const createForgetfulShop = (arrives: boolean) => {
  const shop = createShop();
  let lost = false;
  const forgetful: typeof shop = {
    ...shop,
    write: async (batch) => {
      if (lost) return shop.write(batch);
      lost = true;
      if (arrives) await shop.write(batch);
      throw new Fault(toIssue("CON-604", "", "The connection was cut."), { retryable: true, sent: true });
    },
  };
  return forgetful;
};

async function playUncertain(arrives: boolean) {
  const shop = createForgetfulShop(arrives);
  const scene = await playScene({ shop, crm: createCrm(manyAccounts(1)) }, byLink);
  await scene.work();
  expect((await scene.run()).counts).toMatchObject({ held: 1 });
  const [held] = (await scene.product.call("listHeld")).body.items;
  expect(held).toMatchObject({ class: "uncertain" });
  return { scene, params: { id: held?.id ?? "" } };
}

const settle = ({ product }: Scene, params: { id: string }, targetKey: string | null) =>
  product.call("settleHeld", { params, body: { targetKey } });

test("I3: a record that arrived is linked to the target record a person found, and not created again", async () => {
  const { scene, params } = await playUncertain(true);
  const id = scene.shop.list("Customer")[0]?.["Id"];
  const key = typeof id === "string" ? id : "";
  const { body } = await settle(scene, params, key);
  expect(body.runs).toMatchObject([{ trigger: "re-run", scope: { heldIds: [params.id] } }]);
  const ended = await scene.end(body.runs[0]?.id ?? "");
  expect(ended.counts).toMatchObject({ read: 1, created: 0, held: 0 });
  expect(scene.shop.list("Customer")).toHaveLength(1);
  expect((await scene.product.call("getHeld", { params })).body.state).toBe("resolved");
  const links = await scene.product.call("listLinks", { params: { id: "tr_accounts" }, query: {} });
  expect(links.body.items).toMatchObject([{ state: "linked", targetKey: key }]);
});

test("I3: a record that never arrived is sent again once a person has said so, and only then", async () => {
  const { scene, params } = await playUncertain(false);
  await scene.run();
  expect(scene.shop.list("Customer")).toEqual([]);
  const { body } = await settle(scene, params, null);
  expect((await scene.end(body.runs[0]?.id ?? "")).counts).toMatchObject({ created: 1, held: 0 });
  expect(scene.shop.list("Customer")).toHaveLength(1);
  expect((await settle(scene, params, null)).status).toBe(400);
});

test("a key the target does not know settles nothing, and a record that is not in doubt cannot be settled", async () => {
  const { scene, params } = await playUncertain(true);
  const refused = await settle(scene, params, "no-such-key");
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.body)).toContain("no record of Customer with the key no-such-key");
  expect((await scene.product.call("getHeld", { params })).body).toMatchObject({
    state: "open",
    class: "uncertain",
  });
  expect((await settle(scene, { id: "999999" }, null)).status).toBe(404);
});
