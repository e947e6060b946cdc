/** Starter templates, and definitions that are not stored yet. */
import * as z from "zod";
import { slug } from "../connection.ts";
import { runParameters } from "../parameters.ts";
import { preview, previewSelection } from "../preview.ts";
import { run } from "../run.ts";
import { template } from "../template.ts";
import { transferDefinition } from "../transfer.ts";
import { valueMap } from "../value-map.ts";
import { byId, defineRoutes, list } from "./route.ts";
import { checkResult, transfer } from "./transfer-routes.ts";

const definitionBody = z.strictObject({
  definition: transferDefinition,
  /** Value maps that are not stored yet, as the wizard shows them; others come from the library. */
  valueMaps: z.array(valueMap).optional(),
});

export const templateRoutes = defineRoutes({
  listTemplates: {
    method: "GET",
    path: "/templates",
    right: "view",
    summary: "Starter templates",
    response: list(template),
  },
  getTemplate: {
    method: "GET",
    path: "/templates/:id",
    right: "view",
    summary: "One template",
    params: byId,
    response: template,
  },
  useTemplate: {
    method: "POST",
    path: "/templates/:id/use",
    right: "design",
    summary: "Create the template's transfers and value maps, published and ready to run",
    params: byId,
    body: z.strictObject({
      connections: z.record(slug, slug),
      valueMaps: z.array(valueMap).default([]),
      publish: z.boolean().default(true),
      run: z.boolean().default(false),
    }),
    response: z.object({ transfers: z.array(transfer), runs: z.array(run) }),
  },
  checkDefinition: {
    method: "POST",
    path: "/definitions/check",
    right: "design",
    summary: "Check a definition against the discovered schemas; nothing is stored",
    body: definitionBody,
    response: checkResult,
  },
  previewDefinition: {
    method: "POST",
    path: "/definitions/preview",
    right: "design",
    summary: "Dry run of a definition; nothing is written or stored",
    body: definitionBody.extend({ selection: previewSelection, parameters: runParameters.default({}) }),
    response: preview,
  },
});
