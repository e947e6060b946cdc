/** Documents in text columns: always judged by their schema when read, so that no unknown shape gets further. */
import type * as z from "zod";

export const readJson = <S extends z.ZodType>(schema: S, text: string): z.output<S> =>
  schema.parse(JSON.parse(text));

export const writeJson = (value: unknown): string => JSON.stringify(value);

/** PostgreSQL text cannot hold NUL; a label with one is shown with the replacement character. */
export const toPlainText = <T extends string | null>(text: T): T =>
  (text === null ? text : text.replaceAll("\u0000", "\uFFFD")) as T;
