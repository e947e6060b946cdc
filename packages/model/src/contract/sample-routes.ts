/** Pinned samples: the source records a transfer's formulas are tried on first. */
import * as z from "zod";
import { pinnedSample } from "../pinned-sample.ts";
import { byId, defineRoutes, done, list } from "./route.ts";

export const sampleRoutes = defineRoutes({
  listPinnedSamples: {
    method: "GET",
    path: "/transfers/:id/samples",
    right: "view",
    summary: "Pinned sample records of a transfer, the first pinned first",
    params: byId,
    response: list(pinnedSample),
  },
  pinSample: {
    method: "POST",
    path: "/transfers/:id/samples",
    right: "design",
    summary: "Pin a source record as a sample; one that is pinned stays where it is. At most 50",
    params: byId,
    body: z.strictObject({
      sourceKey: z.string().min(1).max(255),
      label: z.string().trim().min(1).max(255).optional(),
    }),
    response: pinnedSample,
  },
  unpinSample: {
    method: "DELETE",
    path: "/transfers/:id/samples/:sourceKey",
    right: "design",
    summary: "Unpin a sample record",
    params: z.object({ id: z.string(), sourceKey: z.string() }),
    response: done,
  },
});
