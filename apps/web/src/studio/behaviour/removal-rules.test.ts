import { expect, test } from "vitest";
import { changeMode, setGuard, setScope } from "./removal-rules.ts";

test("another mode keeps the scope and the guard", () => {
  const flag = { mode: "flag", values: { note: '"gone"' }, scope: "IsActive", guardPercent: 10 } as const;
  expect(changeMode(flag, "delete")).toEqual({ mode: "delete", scope: "IsActive", guardPercent: 10 });
  expect(changeMode(flag, "ignore")).toEqual({ mode: "ignore" });
});

test("an empty scope and the default share are not written down", () => {
  expect(setScope({ mode: "delete", scope: "IsActive" }, "")).toEqual({ mode: "delete" });
  expect(setGuard({ mode: "delete", guardPercent: 10 }, 5)).toEqual({ mode: "delete" });
  expect(setGuard({ mode: "delete" }, "")).toEqual({ mode: "delete" });
});
