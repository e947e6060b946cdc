/** What every route of the contract is made of. */
import * as z from "zod";
import { issue } from "../issue.ts";

/** What a caller must be allowed to do. Roles are sets of these. */
export const right = z.enum(["view", "design", "operate", "administer"]);

export type Right = z.infer<typeof right>;

export const problem = z.object({
  code: z.string(),
  message: z.string(),
  issues: z.array(issue),
  requestId: z.string(),
});

export type Problem = z.infer<typeof problem>;

export interface RouteShape {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Path below `/api`, with `:name` for parameters. */
  readonly path: string;
  readonly right: Right;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly response: z.ZodType;
}

export const defineRoutes = <T extends Record<string, RouteShape>>(routes: T): T => routes;

export const byId = z.object({ id: z.string() });

export const page = {
  limit: z.coerce.number().int().min(1).max(500).default(100),
  after: z.string().optional(),
};

export const list = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: z.string().nullable(), total: z.int() });

export const done = z.object({ ok: z.literal(true) });
