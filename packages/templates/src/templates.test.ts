/** Templates are data: every one must be a valid document that names only its own connections and value maps. */
import { formatTransfer, parseTransfer, template } from "@fieldbridge/model";
import { describe, expect, test } from "vitest";
import { templates } from "./index.ts";

describe.each(templates.map((each) => [each.id, each] as const))("template %s", (_id, each) => {
  test("is a valid document", () => {
    expect(template.safeParse(each).error).toBeUndefined();
  });

  test("uses only connections it asks for", () => {
    const roles = each.ends.map((end) => end.role);
    for (const transfer of each.transfers) {
      expect(roles).toContain(transfer.source.connection);
      expect(roles).toContain(transfer.target.connection);
    }
  });

  test("brings every value map its formulas name", () => {
    const used = [...JSON.stringify(each.transfers).matchAll(/MAPVALUE\(\\"([^"\\]+)\\"/g)].map(
      (found) => found[1],
    );
    expect(each.valueMaps.map((map) => map.name)).toEqual(expect.arrayContaining([...new Set(used)]));
    expect(used.length).toBeGreaterThan(0);
  });

  test("comes back unchanged from its YAML file", () => {
    for (const transfer of each.transfers)
      expect(parseTransfer(formatTransfer(transfer))).toEqual({ ok: true, value: transfer });
  });
});
