/** A value map is a named list from → to with an optional default, shared by transfers. */
import * as z from "zod";

export const valueMapEntry = z.strictObject({
  from: z.string().max(400),
  to: z.string().max(400),
  note: z.string().max(400).optional(),
});

export const valueMap = z.strictObject({
  name: z.string().min(1).max(100),
  description: z.string().max(1_000).optional(),
  entries: z
    .array(valueMapEntry)
    .max(100_000)
    .superRefine((entries, context) => {
      const seen = new Set<string>();
      entries.forEach((entry, index) => {
        if (seen.has(entry.from))
          context.addIssue({
            code: "custom",
            path: [index, "from"],
            message: `"${entry.from}" is listed twice.`,
          });
        seen.add(entry.from);
      });
    }),
  /** Used for values that are not listed; absent means that an unlisted value is an issue. */
  default: z.string().max(400).optional(),
});
export type ValueMap = z.infer<typeof valueMap>;
