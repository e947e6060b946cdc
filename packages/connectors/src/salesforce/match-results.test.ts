/** A result is given to a request only where it is known to be its own (R9). */
import { describe, expect, test } from "vitest";
import type { ObjectSchema, Row } from "@fieldbridge/model";
import type { Json } from "../http/json.ts";
import { toRequest } from "../testing/sandbox-bench.ts";
import { isPlainlyInOrder, matchByContent, matchById } from "./match-results.ts";

const id = (number: number): string => `001Fb000000000${number}AAA`;
const written = (number: number): Json => ({ id: id(number), success: true, errors: [] });
const failed = (message: string): Json => ({ success: false, errors: [{ statusCode: "X", message }] });

const field = (name: string): ObjectSchema["fields"][number] => ({
  name,
  label: name,
  type: "text",
  nullable: true,
  required: false,
  creatable: true,
  updatable: true,
  filterable: true,
  unique: false,
  custom: false,
});
const schema: ObjectSchema = {
  name: "Account",
  label: "Account",
  fields: [field("Name"), field("City")],
  relations: [],
  keyField: "Id",
  creatable: true,
  updatable: true,
  deletable: true,
};

describe("updates", () => {
  const requests = [1, 2, 3].map((number) => toRequest(`${number}`, "update", id(number), {}));

  test("results in order are taken by place, failures too", () => {
    expect(matchById(requests, [written(1), failed("no"), written(3)])).toMatchObject([
      { kind: "written", id: id(1) },
      { kind: "failed", errors: [{ message: "no" }] },
      { kind: "written", id: id(3) },
    ]);
  });

  test("results in another order are taken by id; a single failure has only one request left", () => {
    expect(matchById(requests, [written(3), failed("no"), written(1)])).toMatchObject([
      { kind: "written", id: id(1) },
      { kind: "failed", errors: [{ message: "no" }] },
      { kind: "written", id: id(3) },
    ]);
  });

  test("several failures in another order keep their reasons to themselves", () => {
    expect(matchById(requests, [failed("a"), failed("b"), written(1)])).toEqual([
      { kind: "written", id: id(1) },
      { kind: "failed", errors: undefined },
      { kind: "failed", errors: undefined },
    ]);
  });

  test("missing results are unknown, also when a failure without id came", () => {
    expect(matchById(requests, [written(3), failed("no")])).toEqual([
      { kind: "unknown" },
      { kind: "unknown" },
      { kind: "written", id: id(3) },
    ]);
  });

  test("results of strangers belong to nobody", () => {
    expect(matchById(requests, [written(7), written(8), written(9)]).map((each) => each.kind)).toEqual([
      "unknown",
      "unknown",
      "unknown",
    ]);
  });
});

describe("creates", () => {
  const values: Row[] = [
    { Name: "A", City: "Kiel" },
    { Name: "B", City: "Kiel" },
    { Name: "C", City: "Bern" },
  ];
  const requests = values.map((each, place) => toRequest(`${place}`, "create", null, each));
  const rows = new Map(values.map((each, place) => [id(place + 1).slice(0, 15), each]));

  test("complete results with growing ids are in order; anything else must be read back", () => {
    expect(isPlainlyInOrder(requests, [written(1), written(2), written(3)])).toBe(true);
    expect(isPlainlyInOrder(requests, [failed("a"), failed("b"), failed("c")])).toBe(true);
    expect(isPlainlyInOrder(requests, [written(2), written(1), written(3)])).toBe(false);
    expect(isPlainlyInOrder(requests, [written(1), failed("b"), written(3)])).toBe(false);
    expect(isPlainlyInOrder(requests, [written(1), written(2)])).toBe(false);
  });

  test("records read back say whose they are", () => {
    const matched = matchByContent(schema, requests, [written(3), written(1), written(2)], rows);
    expect(matched).toEqual([1, 2, 3].map((number) => ({ kind: "written", id: id(number) })));
  });

  test("the one failure belongs to the one request without a record", () => {
    expect(matchByContent(schema, requests, [failed("no"), written(3), written(1)], rows)).toMatchObject([
      { kind: "written", id: id(1) },
      { kind: "failed", errors: [{ message: "no" }] },
      { kind: "written", id: id(3) },
    ]);
  });

  test("what cannot be read back is unknown", () => {
    expect(
      matchByContent(schema, requests, [written(3), written(1)], new Map()).map((each) => each.kind),
    ).toEqual(["unknown", "unknown", "unknown"]);
  });

  test("equal records are told apart by place, each result used once", () => {
    const twins = [0, 1].map((place) => toRequest(`${place}`, "create", null, { Name: "T" }));
    const both = new Map([1, 2].map((number) => [id(number).slice(0, 15), { Name: "t " }]));
    expect(matchByContent(schema, twins, [written(2), written(1)], both)).toEqual([
      { kind: "written", id: id(2) },
      { kind: "written", id: id(1) },
    ]);
  });
});
