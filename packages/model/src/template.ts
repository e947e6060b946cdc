/** A starter template: transfers with open connections, value maps with default answers, and words for the gallery. */
import * as z from "zod";
import { slug, systemName } from "./connection.ts";
import { transferDefinition } from "./transfer.ts";
import { valueMap } from "./value-map.ts";

/** `role` is the connection name used inside the template's transfers; the wizard replaces it by a real one. */
export const templateEnd = z.strictObject({
  role: slug,
  label: z.string(),
  system: systemName,
  /** Objects the template needs there. */
  objects: z.array(z.string()),
});

export const template = z.strictObject({
  id: slug,
  name: z.string(),
  summary: z.string(),
  description: z.string(),
  ends: z.array(templateEnd).min(2),
  transfers: z.array(transferDefinition).min(1),
  valueMaps: z.array(valueMap),
  /** What the newcomer will see fail on the sandboxes, and learn to repair. */
  lessons: z.array(z.string()),
});
export type Template = z.infer<typeof template>;
