/** Held records from a person's side and from the clock's: what is tried again, when, and with which values. */
import { toIssue } from "@fieldbridge/model";
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createStage } from "../testing/run-scene.ts";
import { createCrm, manyAccounts } from "../testing/stand-in-system.ts";

const { playScene, clear } = createStage();
afterEach(clear);

test("a write-back that is tried again writes what its answer asks for, and nothing of another answer", async () => {
  let broken = true;
  const crm = createCrm(manyAccounts(1), {
    refuse: () => (broken ? toIssue("WRT-303", "Synced", "Synced is locked.") : null),
  });
  const writeBacks = [
    { on: ["created" as const], values: { Synced: '"created"' } },
    { on: ["updated" as const, "unchanged" as const], values: { Synced: '"seen again"' } },
  ];
  const scene = await playScene({ crm }, exampleTransfer({ writeBacks }));
  await scene.work();
  const run = await scene.run();
  expect(run.counts).toMatchObject({ created: 1, held: 0 });
  const [held] = (await scene.product.call("listHeld")).body.items;
  expect(held).toMatchObject({ step: "write-back" });

  broken = false;
  const rerun = await scene.product.call("rerunHeld", { body: { ids: [held?.id] } });
  await scene.end(rerun.body.runs[0]?.id ?? "");
  expect(crm.list("Account")).toMatchObject([{ Synced: "created" }]);
  expect((await scene.product.call("listHeld")).body.total).toBe(0);
});
