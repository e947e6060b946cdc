/** What the formula bar says of values that a value map does not know. */
import { exampleContext, exampleScope } from "@fieldbridge/formula";
import { expect, it } from "vitest";
import { createLive } from "../samples/live.ts";
import { findUnknownValues } from "./unknown-map-values.tsx";

const live = createLive({
  scope: { ...exampleScope, valueMaps: ["Units"] },
  timeZone: exampleContext.timeZone,
  now: exampleContext.now,
  valueMaps: [{ name: "Units", entries: [{ from: "pcs", to: "PCS" }] }],
});

it("names each unknown value once, the most seen first", () => {
  const results = ["h", "box", "pcs", "box"].map((City) =>
    live.evaluate('MAPVALUE("Units", City)', { City }, null, null),
  );
  expect(findUnknownValues(results)).toEqual([
    { map: "Units", key: "box", count: 2 },
    { map: "Units", key: "h", count: 1 },
  ]);
});
