/** The server itself and Home. */
import * as z from "zod";
import { run } from "../run.ts";
import { defineRoutes } from "./route.ts";

/** One transfer's summary on Home. */
export const home = z.object({
  openHeld: z.array(z.object({ transferId: z.string(), transferName: z.string(), count: z.int() })),
  running: z.array(run),
  recentRuns: z.array(run),
  transfers: z.array(z.object({ id: z.string(), name: z.string(), updatedAt: z.iso.datetime() })),
  connections: z.int(),
});

export type Home = z.infer<typeof home>;

export const serverRoutes = defineRoutes({
  getHealth: {
    method: "GET",
    path: "/health",
    right: "view",
    summary: "Whether the server, its database and its worker are up",
    response: z.object({
      ok: z.boolean(),
      version: z.string(),
      database: z.boolean(),
      worker: z.boolean(),
      sandboxes: z.array(z.object({ system: z.string(), url: z.string() })),
    }),
  },
  getHome: {
    method: "GET",
    path: "/home",
    right: "view",
    summary: "What needs attention, runs and recent work",
    response: home,
  },
});
