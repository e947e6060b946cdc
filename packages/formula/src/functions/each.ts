/**
 * Arguments of list functions. An argument that names fields of one list is computed once per row of that list;
 * a list value (UNIQUE) gives its items; a plain value gives itself.
 */
import type { Builder, Built, Frame, ListScope, StaticType } from "../build/built.ts";
import { kindLabel, type Kind, narrow, valueFits } from "../build/narrow.ts";
import { countSteps, MAX_STEPS } from "../build/text-writer.ts";
import { FormulaFailure } from "../failure.ts";
import { type Expr, walkExpr } from "../syntax/expr.ts";
import type { Value } from "../value.ts";

export interface EachValues {
  readonly built: Built;
  /** True where the argument walks through a list. */
  readonly isList: boolean;
  readonly itemType: StaticType;
  /** All values in order of the list. */
  readonly values: (frame: Frame) => readonly Value[];
}

export function createListScope(): ListScope {
  return { key: null, label: "", rows: null };
}

function sizeOf(expr: Expr): number {
  let size = 0;
  walkExpr(expr, () => {
    size += 1;
  });
  return size;
}

/** Builds an argument; several arguments that share `scope` walk through the same list together. */
export function eachValues(
  expr: Expr,
  builder: Builder,
  kind: Kind,
  place: string,
  scope: ListScope = createListScope(),
): EachValues {
  return eachFromBuilt(builder.buildEach(expr, scope), builder, kind, place, scope);
}

/** The same for an argument that is built already. */
export function eachFromBuilt(
  built: Built,
  builder: Builder,
  kind: Kind,
  place: string,
  scope: ListScope,
): EachValues {
  if (built.type.name === "list") return fromList(built, builder, kind, place);
  const run = narrow(built, kind, builder, place);
  const steps = sizeOf(built.expr);
  return {
    built,
    isList: scope.rows !== null,
    itemType: built.type,
    values: (frame) => {
      const { rows } = scope;
      if (!rows) return [run(frame) as Value];
      const list = rows(frame);
      countSteps(frame, Math.min(list.length * steps, MAX_STEPS + 1));
      const outer = frame.item;
      const values: Value[] = [];
      try {
        for (const row of list) {
          frame.item = row;
          values.push(run(frame) as Value);
        }
      } finally {
        frame.item = outer;
      }
      return values;
    },
  };
}

function fromList(built: Built, builder: Builder, kind: Kind, place: string): EachValues {
  const itemType = built.type.item ?? { name: "unknown" };
  narrow({ ...built, type: itemType }, kind, builder, place);
  return {
    built,
    isList: true,
    itemType,
    values: (frame) => {
      const list = built.run(frame) as Value;
      const items = list !== null && typeof list === "object" && list.kind === "list" ? list.items : [list];
      const wrong = items.find((item) => item !== null && !valueFits(item, kind));
      if (wrong !== undefined)
        throw new FormulaFailure("FML-314", `${place} needs ${kindLabel(kind)} in the list`);
      return items;
    },
  };
}
