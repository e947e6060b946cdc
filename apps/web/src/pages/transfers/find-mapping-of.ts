/** The mapping that depends on a field a system changed, so that "Open mapping" leads to the right row. */
import { listFields } from "@fieldbridge/formula";
import type { Issue, TransferDefinition } from "@fieldbridge/model";

export interface ChangedField {
  readonly side: "source" | "target";
  readonly object: string;
  readonly field: string;
}

/** An issue of changed fields has the path `source.WorkOrder.Status`; null for others. */
export function readChangedField({ path }: Pick<Issue, "path">): ChangedField | null {
  const [side, object, ...rest] = path.split(".");
  const field = rest.join(".");
  return (side === "source" || side === "target") && object !== undefined && field !== ""
    ? { side, object, field }
    : null;
}

/** Target field and lines (null for the header) as the studio's address names them; null where no mapping is found. */
export function findMappingOf(
  definition: TransferDefinition,
  { side, field }: ChangedField,
): { readonly field: string; readonly lines: string | null } | null {
  const scopes = [
    { lines: null, mappings: definition.mappings },
    ...(definition.lines ?? []).map((each) => ({ lines: each.target, mappings: each.mappings })),
  ];
  const uses = (target: string, formula: string): boolean =>
    side === "target"
      ? target === field
      : listFields(formula).some((path) => path.at(-1)?.toLowerCase() === field.toLowerCase());
  for (const { lines, mappings } of scopes) {
    const found = Object.entries(mappings).find(([target, mapping]) => uses(target, mapping.value));
    if (found) return { field: found[0], lines };
  }
  return null;
}
