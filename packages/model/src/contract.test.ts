/** The route table is the API: unambiguous, complete and with rights. */
import { expect, test } from "vitest";
import { issueCodes, routes, type RouteName } from "./index.ts";

const names = Object.keys(routes) as RouteName[];

test("no two routes have the same method and path", () => {
  const places = names.map((name) => `${routes[name].method} ${routes[name].path.replace(/:\w+/g, ":")}`);
  expect(new Set(places).size).toBe(places.length);
});

test.each(names)("%s declares exactly the parameters of its path", (name) => {
  const route: { path: string; params?: { shape: object } } = routes[name];
  const inPath = [...route.path.matchAll(/:(\w+)/g)].map((found) => String(found[1]));
  expect(Object.keys(route.params?.shape ?? {}).toSorted()).toEqual(inPath.toSorted());
});

test("reading routes ask for the right to view, and no writing route is open to viewers", () => {
  const evaluations: RouteName[] = [
    "checkFormula",
    "evaluateFormula",
    "checkTransfer",
    "checkGroup",
    "suggestGroupOrder",
    "runTransferTests",
    "previewSchedule",
    "testNamedFormula",
    "listFormulaUsers",
  ];
  const open = names.filter((name) => routes[name].right === "view");
  const reading = names.filter((name) => routes[name].method === "GET");
  expect(open.toSorted()).toEqual([...reading, ...evaluations].toSorted());
});

test("every issue code has a title and a way out", () => {
  for (const [code, each] of Object.entries(issueCodes)) {
    expect(code).toMatch(/^[A-Z]{3}-\d{3}$/);
    expect(each.title.length, code).toBeGreaterThan(3);
    expect(each.hint.length, code).toBeGreaterThan(10);
  }
});
