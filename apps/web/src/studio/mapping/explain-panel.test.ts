/** The explain panel shows parts inside their wholes, with the values that a run would compute. */
import { exampleContext, exampleRecord, exampleScope } from "@fieldbridge/formula";
import { expect, it } from "vitest";
import { createLive } from "../samples/live.ts";
import { nestParts } from "./explain-panel.tsx";

const live = createLive({
  scope: exampleScope,
  timeZone: exampleContext.timeZone,
  now: exampleContext.now,
  valueMaps: [],
});
const explain = (formula: string) =>
  nestParts(live.explain(formula, exampleRecord, null)).map(
    ({ part, depth }) => `${"  ".repeat(depth)}${part.text} → ${part.value}`,
  );

it("shows the value of every part under the part it belongs to", () => {
  expect(explain("ROUND(Amount * 2, 0) + LEN(Name & City)")).toEqual([
    "ROUND(Amount * 2, 0) + LEN(Name & City) → 2523",
    "  ROUND(Amount * 2, 0) → 2501",
    "    Amount * 2 → 2501",
    "      Amount → 1250.5",
    "  LEN(Name & City) → 22",
    '    Name & City → "Blue Lake ServiceÅrhus"',
    '      Name → "Blue Lake Service"',
    '      City → "Århus"',
  ]);
});

it("shows the parts of a named formula under its call", () => {
  const named = {
    name: "HALF",
    parameters: [{ name: "x", type: "number" as const }],
    body: "ROUND(x / 2, 0)",
  };
  const within = createLive({
    scope: { ...exampleScope, namedFormulas: [named] },
    timeZone: "UTC",
    now: exampleContext.now,
    valueMaps: [],
  });
  const shown = nestParts(within.explain("1 + HALF(Amount)", exampleRecord, null));
  expect(shown.map(({ part, depth }) => [depth, part.text, part.inside])).toEqual([
    [0, "1 + HALF(Amount)", undefined],
    [1, "HALF(Amount)", undefined],
    [2, "ROUND(x / 2, 0)", "HALF"],
    [2, "x / 2", "HALF"],
    [2, "Amount", undefined],
  ]);
});

it("shows the part that fails, and what holds the failure", () => {
  expect(explain("IFERROR(Amount / 0, 1)")).toEqual([
    "IFERROR(Amount / 0, 1) → 1",
    "  Amount / 0 → Error FML-301",
    "    Amount → 1250.5",
  ]);
});

it("has nothing to show for a broken formula or without a record", () => {
  expect(explain("Amount +")).toEqual([]);
  expect(live.explain("Amount", null, null)).toEqual([]);
});
