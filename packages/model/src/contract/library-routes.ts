/** Value maps and formulas. */
import * as z from "zod";
import { issue } from "../issue.ts";
import { valueMap } from "../value-map.ts";
import { defineRoutes, done, list } from "./route.ts";

export const formulaInput = z.strictObject({
  formula: z.string().max(10_000),
  /** The record's fields; absent means that types are taken from the record's values. */
  fields: z.array(z.record(z.string(), z.unknown())).optional(),
  record: z.record(z.string(), z.unknown()).optional(),
  timeZone: z.string().optional(),
  now: z.string().optional(),
});

export const libraryRoutes = defineRoutes({
  listValueMaps: {
    method: "GET",
    path: "/value-maps",
    right: "view",
    summary: "Value maps",
    response: list(valueMap),
  },
  getValueMap: {
    method: "GET",
    path: "/value-maps/:name",
    right: "view",
    summary: "One value map",
    params: z.object({ name: z.string() }),
    response: valueMap,
  },
  saveValueMap: {
    method: "PUT",
    path: "/value-maps/:name",
    right: "design",
    summary: "Create or replace a value map",
    params: z.object({ name: z.string() }),
    body: valueMap,
    response: valueMap,
  },
  addValueMapEntry: {
    method: "POST",
    path: "/value-maps/:name/entries",
    right: "operate",
    summary: "Add or change one entry",
    params: z.object({ name: z.string() }),
    body: z.strictObject({ from: z.string().max(400), to: z.string().max(400) }),
    response: valueMap,
  },
  deleteValueMap: {
    method: "DELETE",
    path: "/value-maps/:name",
    right: "design",
    summary: "Delete a value map that no transfer uses",
    params: z.object({ name: z.string() }),
    response: done,
  },
  checkFormula: {
    method: "POST",
    path: "/formulas/check",
    right: "view",
    summary: "Check a formula",
    body: formulaInput,
    response: z.object({
      ok: z.boolean(),
      type: z.string().optional(),
      canBeBlank: z.boolean().optional(),
      issues: z.array(issue),
    }),
  },
  evaluateFormula: {
    method: "POST",
    path: "/formulas/evaluate",
    right: "view",
    summary: "Evaluate a formula on a record; numbers are exact text",
    body: formulaInput,
    response: z.union([
      z.object({ ok: z.literal(true), value: z.unknown(), type: z.string() }),
      z.object({ ok: z.literal(false), issues: z.array(issue) }),
    ]),
  },
});
