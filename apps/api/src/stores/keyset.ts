/** Page marks for keyset paging: the sort values of the last row, opaque to callers. */
import * as z from "zod";
import { notValid } from "../problem.ts";

export const toMark = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString("base64url");

/** Throws a 400 where the mark is not one of ours. */
export function readMark<S extends z.ZodType>(schema: S, mark: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(Buffer.from(mark, "base64url").toString("utf8")));
  } catch {
    throw notValid("The page mark `after` is not one that was given out.");
  }
}

export const toPattern = (search: string): string => `%${search.replaceAll(/[\\%_]/g, "\\$&")}%`;
