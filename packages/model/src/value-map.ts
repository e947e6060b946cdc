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
export type ValueMapEntry = z.infer<typeof valueMapEntry>;

/** As the library keeps it: `version` counts its changes, and formulas may still call it by a former name. */
export const storedValueMap = valueMap.extend({ version: z.int(), formerNames: z.array(z.string()) });
export type StoredValueMap = z.infer<typeof storedValueMap>;

/** Each map once under every name that formulas may call it by. */
export const underAllNames = (maps: readonly StoredValueMap[]): ValueMap[] =>
  maps.flatMap(({ version: _version, formerNames, ...map }) =>
    [map.name, ...formerNames].map((name) => ({ ...map, name })),
  );

/** What an import does with one line; `before` is the target the map had. */
export const valueMapImportLine = z.object({
  line: z.int(),
  from: z.string(),
  to: z.string(),
  state: z.enum(["added", "changed", "unchanged", "refused"]),
  before: z.string().optional(),
  reason: z.string().optional(),
});
export type ValueMapImportLine = z.infer<typeof valueMapImportLine>;

export const valueMapImport = z.object({
  map: storedValueMap,
  lines: z.array(valueMapImportLine),
  /** Entries the file does not name and that go where it replaces everything. */
  removed: z.array(valueMapEntry),
});
export type ValueMapImport = z.infer<typeof valueMapImport>;

/** A value that transfers met in the last 30 days and the map does not list, or did not list then. */
export const unknownValue = z.object({
  value: z.string(),
  /** Records that were held for it, and records that went on with a default, summed over all attempts. */
  held: z.int(),
  defaulted: z.int(),
  lastSeen: z.iso.date(),
  lastRunId: z.string(),
  /** Label of the record that met it last. */
  example: z.string(),
  /** What the map says by now; null where it still does not list the value. */
  to: z.string().nullable(),
  /** Open held records that wait for it. */
  heldIds: z.array(z.string()),
});
export type UnknownValue = z.infer<typeof unknownValue>;
