/** Value maps and formulas. */
import * as z from "zod";
import { issue } from "../issue.ts";
import {
  formulaUser,
  formulaVerdict,
  libraryFormula,
  namedFormula,
  storedFormula,
} from "../named-formula.ts";
import { storedValueMap, unknownValue, valueMap, valueMapEntry, valueMapImport } from "../value-map.ts";
import { defineRoutes, done, list } from "./route.ts";

export const formulaInput = z.strictObject({
  formula: z.string().max(10_000),
  /** The record's fields; absent means that types are taken from the record's values. */
  fields: z.array(z.record(z.string(), z.unknown())).optional(),
  record: z.record(z.string(), z.unknown()).optional(),
  timeZone: z.string().optional(),
  now: z.string().optional(),
});

const byName = z.object({ name: z.string() });

export const libraryRoutes = defineRoutes({
  listValueMaps: {
    method: "GET",
    path: "/value-maps",
    right: "view",
    summary: "Value maps",
    response: list(storedValueMap),
  },
  getValueMap: {
    method: "GET",
    path: "/value-maps/:name",
    right: "view",
    summary: "One value map, by its name or a former one",
    params: byName,
    response: storedValueMap,
  },
  saveValueMap: {
    method: "PUT",
    path: "/value-maps/:name",
    right: "design",
    summary: "Create or replace a value map",
    params: byName,
    /** With the version it was changed from, 0 for a new map; without one it is replaced whatever it is. */
    body: valueMap.extend({ version: z.int().min(0).optional() }),
    response: storedValueMap,
  },
  addValueMapEntry: {
    method: "POST",
    path: "/value-maps/:name/entries",
    right: "operate",
    summary: "Add or change one entry",
    params: byName,
    body: z.strictObject({ from: z.string().max(400), to: z.string().max(400) }),
    response: storedValueMap,
  },
  addValueMapEntries: {
    method: "POST",
    path: "/value-maps/:name/add-entries",
    right: "operate",
    summary: "Add or change several entries at once",
    params: byName,
    body: z.strictObject({ entries: z.array(valueMapEntry).min(1).max(1_000) }),
    response: storedValueMap,
  },
  renameValueMap: {
    method: "POST",
    path: "/value-maps/:name/rename",
    right: "design",
    summary:
      "Rename a value map; drafts are rewritten, published revisions keep finding it by its former name",
    params: byName,
    body: z.strictObject({ name: valueMap.shape.name }),
    response: storedValueMap,
  },
  exportValueMap: {
    method: "GET",
    path: "/value-maps/:name/export",
    right: "view",
    summary: "All entries as CSV; a cell that a spreadsheet would take for a formula is led by an apostrophe",
    params: byName,
    response: z.object({ csv: z.string() }),
  },
  importValueMap: {
    method: "POST",
    path: "/value-maps/:name/import",
    right: "design",
    summary: "Add or change entries from CSV with the columns from, to and note",
    params: byName,
    /** `check` reports what would happen and stores nothing; `replace` also removes what the file does not name. */
    body: z.strictObject({
      csv: z.string().max(15_000_000),
      check: z.boolean().default(false),
      existing: z.enum(["keep", "update", "replace"]).default("update"),
    }),
    response: valueMapImport,
  },
  listUnknownValues: {
    method: "GET",
    path: "/value-maps/:name/unknown-values",
    right: "view",
    summary: "Values of the last 30 days that the map does not list, most frequent first",
    params: byName,
    response: list(unknownValue),
  },
  deleteValueMap: {
    method: "DELETE",
    path: "/value-maps/:name",
    right: "design",
    summary: "Delete a value map that no transfer uses",
    params: byName,
    response: done,
  },
  listNamedFormulas: {
    method: "GET",
    path: "/named-formulas",
    right: "view",
    summary: "Named formulas",
    response: list(storedFormula),
  },
  getNamedFormula: {
    method: "GET",
    path: "/named-formulas/:name",
    right: "view",
    summary: "One named formula",
    params: byName,
    response: storedFormula,
  },
  saveNamedFormula: {
    method: "PUT",
    path: "/named-formulas/:name",
    right: "design",
    summary: "Create or change a named formula; refused while it has errors or a test of it does not pass",
    params: byName,
    /** The version it was changed from; 0 for a new one. */
    body: libraryFormula.extend({ version: z.int().min(0) }),
    response: storedFormula,
  },
  testNamedFormula: {
    method: "POST",
    path: "/named-formulas/test",
    right: "view",
    summary: "Check a named formula and run its tests; nothing is stored",
    body: libraryFormula,
    response: formulaVerdict,
  },
  listFormulaUsers: {
    method: "POST",
    path: "/named-formulas/:name/users",
    right: "view",
    summary: "Transfers and named formulas that call it, checked with the given text of it",
    params: byName,
    /** Absent means the text of the library. */
    body: z.strictObject({ formula: namedFormula.optional() }),
    response: list(formulaUser),
  },
  deleteNamedFormula: {
    method: "DELETE",
    path: "/named-formulas/:name",
    right: "design",
    summary: "Delete a named formula that no draft and no other named formula calls",
    params: byName,
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
