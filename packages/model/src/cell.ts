/** Stored values as zod schemas; the shapes are those of the formula language. Numbers are exact decimal text. */
import type { Cell, Row } from "@fieldbridge/formula";
import * as z from "zod";

export const cell: z.ZodType<Cell> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.string(), row, z.array(row)]),
);
export const row: z.ZodType<Row> = z.lazy(() => z.record(z.string(), cell));

export type { Cell, Row } from "@fieldbridge/formula";
