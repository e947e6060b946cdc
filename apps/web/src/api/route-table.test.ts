/** The light route table must say exactly what the contract says. */
import { routes } from "@fieldbridge/model";
import { expect, test } from "vitest";
import { routeTable } from "./route-table.ts";

test("every route of the contract is called with its method and path", () => {
  const expected = Object.fromEntries(
    Object.entries(routes).map(([name, route]) => [name, `${route.method} ${route.path}`]),
  );
  expect(routeTable).toEqual(expected);
});
