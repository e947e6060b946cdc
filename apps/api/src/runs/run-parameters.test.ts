/** Run parameters: one transfer for many companies, with what it remembers kept apart for each of them. */
import { afterEach, expect, test } from "vitest";
import { exampleTransfer } from "../testing/example-transfer.ts";
import { createStage } from "../testing/run-scene.ts";

const { playScene, clear } = createStage();
afterEach(clear);

const params = { id: "tr_accounts" };

test("a run is refused with an issue for each parameter that is missing, wrong or unknown", async () => {
  const { product } = await playScene(
    {},
    exampleTransfer({ parameters: { Company: { type: "text" }, Rate: { type: "number", default: "1" } } }),
  );
  const wrong = await product.call("startRun", { params, body: { parameters: { Rate: "x", Nope: "1" } } });
  expect(wrong.status).toBe(422);
  expect(wrong.body).toMatchObject({
    issues: [
      { code: "PAR-801", path: "parameters.Company" },
      { code: "PAR-802", path: "parameters.Rate" },
      { code: "PAR-803", path: "parameters.Nope" },
    ],
  });
  const right = await product.call("startRun", { params, body: { parameters: { Company: "A" } } });
  expect(right.body.parameters).toEqual({ Company: "A", Rate: "1" });
});
