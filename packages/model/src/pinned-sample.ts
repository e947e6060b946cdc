/** Source records a transfer is always tried on: their keys, with what people call them. Their values are read anew. */
import * as z from "zod";

export const pinnedSample = z.object({
  sourceKey: z.string().min(1),
  label: z.string(),
  pinnedAt: z.iso.datetime(),
});
export type PinnedSample = z.infer<typeof pinnedSample>;
