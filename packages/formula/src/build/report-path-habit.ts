/** Names that are no fields but habits: NULL, a function without its parentheses, a cell of a sheet. */
import type { PathExpr } from "../syntax/expr.ts";
import { functionByName } from "../functions/registry.ts";
import { closestName } from "./closest-name.ts";
import type { Builder } from "./built.ts";
import { findByName } from "./resolve-path.ts";

const NOTHING = new Set(["NULL", "NIL", "NONE", "EMPTY", "NOTHING", "UNDEFINED"]);
const CELL = /^[A-Z]{1,3}\d{1,7}$/i;

/** True where the path is such a name and nothing of the record; the issue is then reported. */
export function reportPathHabit(expr: PathExpr, builder: Builder): boolean {
  const [segment, ...behind] = expr.segments;
  if (!segment || behind.length > 0) return false;
  const { name, span } = segment;
  const { record, roots } = builder.scope;
  const members = [
    ...record.fields,
    ...record.relations,
    ...Object.keys(roots ?? {}).map((each) => ({ name: each })),
  ];
  if (findByName(members, name)) return false;
  const upper = name.toUpperCase();
  if (NOTHING.has(upper)) {
    const fix = { label: "Use BLANK", span, text: "BLANK" };
    const hint = "ISBLANK(field) tests for it, BLANKVALUE(field, fallback) replaces it.";
    builder.report("MAP-104", `"${name}" is written BLANK here`, { span, fix, hint });
    return true;
  }
  const entry = functionByName(upper);
  if (entry) {
    const needsNone = entry.params.every((each) => each.optional);
    const text = `${upper}()`;
    const fix = needsNone ? { label: `Use ${text}`, span, text } : undefined;
    const hint = "Values of a function stand in parentheses behind its name.";
    builder.report("MAP-104", `${upper} is a function; write ${needsNone ? text : `${upper}(…)`}`, {
      span,
      fix,
      hint,
    });
    return true;
  }
  if (
    !CELL.test(name) ||
    closestName(
      name,
      members.map((each) => each.name),
    ) !== undefined
  )
    return false;
  const hint = "Formulas name fields instead of cells; Ctrl+Space lists all fields.";
  builder.report("MAP-104", `There is no field "${name}", and cells of a sheet are not known here`, {
    span,
    hint,
  });
  return true;
}
