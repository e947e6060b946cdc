/** The kinds of list functions: over all values, picking one, and with a condition per row. */
import { type Builder, type Built, type Frame, type StaticType } from "../build/built.ts";
import { orderOf, valuesEqual } from "../build/equality.ts";
import { type Kind, kindOfType, locate, narrow } from "../build/narrow.ts";
import { add, type Decimal, ZERO } from "../decimal/decimal.ts";
import type { CallExpr } from "../syntax/expr.ts";
import { isBlank, type Value } from "../value.ts";
import { commonType } from "./branches.ts";
import { defineSpecial, type FunctionEntry, type FunctionGroup, placeOf } from "./define.ts";
import { createListScope, type EachValues, eachFromBuilt, eachValues } from "./each.ts";
import { wholeNumber } from "./numbers.ts";

export function facts(call: CallExpr, each: readonly EachValues[], others: readonly Built[] = []) {
  const parts = [...each.map((entry) => entry.built), ...others];
  return {
    expr: call,
    constant: parts.every((part) => part.constant),
    usesLookup: parts.some((part) => part.usesLookup),
    special: false,
  };
}

export function attempt(call: CallExpr, values: readonly Value[], compute: () => Value): Value {
  try {
    return compute();
  } catch (error) {
    throw locate(error, call, values.slice(0, 10), call.name);
  }
}

export function withoutBlanks(each: readonly EachValues[], frame: Frame): Value[] {
  const values: Value[] = [];
  for (const entry of each) for (const value of entry.values(frame)) if (!isBlank(value)) values.push(value);
  return values;
}

/** A function of all values of its arguments that are not blank. */
export function aggregate(
  spec: Omit<FunctionEntry, "build" | "params" | "group"> & {
    readonly group?: FunctionGroup;
    readonly kind: Kind;
    readonly single?: boolean;
    readonly canBeBlank: boolean;
    readonly type: (each: readonly EachValues[], builder: Builder) => StaticType;
    readonly compute: (values: readonly Value[], frame: Frame) => Value;
  },
): FunctionEntry {
  const { kind, single = false, canBeBlank, type, compute, group = "Lists and lines", ...doc } = spec;
  return defineSpecial({
    ...doc,
    group,
    params: [{ name: "values", kind: "list", ...(!single && { repeat: true }) }],
    build(call, builder) {
      const each = call.args.map((arg, index) => eachValues(arg, builder, kind, placeOf(call, index)));
      return {
        ...facts(call, each),
        type: type(each, builder),
        canBeBlank,
        run: (frame) => {
          const values = withoutBlanks(each, frame);
          return attempt(call, values, () => compute(values, frame));
        },
      };
    },
  });
}

export function itemType(each: readonly EachValues[], builder: Builder): StaticType {
  return commonType(
    each.map((entry) => ({ ...entry.built, type: entry.itemType })),
    builder,
  );
}

export function sum(values: readonly Value[]): Decimal {
  let total = ZERO;
  for (const value of values) total = add(total, value as Decimal);
  return total;
}

function extreme(values: readonly Value[], wanted: 1 | -1): Value {
  let best: Value = null;
  for (const value of values) if (best === null || orderOf(value, best) === wanted) best = value;
  return best;
}

export function extremes(
  name: string,
  wanted: 1 | -1,
  group: FunctionGroup,
  word: string,
  examples: FunctionEntry["examples"],
): FunctionEntry {
  return aggregate({
    name,
    group,
    result: "the type of its values",
    summary: `The ${word} of several values or of a list. Works for numbers, dates, times and text.`,
    blank: "Blanks are skipped; blank if nothing is left.",
    excel: name.endsWith("OF") ? "Not in Excel." : "Gives blank and not 0 when there is nothing.",
    examples,
    kind: "scalar",
    single: name.endsWith("OF"),
    canBeBlank: true,
    type: itemType,
    compute: (values) => extreme(values, wanted),
  });
}

/** Value at a position of a list, as FIRST, LAST and INDEX give it. */
export function picking(
  spec: Pick<FunctionEntry, "name" | "summary" | "blank" | "examples"> & { readonly excel?: string },
  withPosition: boolean,
  pick: (values: readonly Value[], position: number) => Value | undefined,
): FunctionEntry {
  return defineSpecial({
    ...spec,
    group: "Lists and lines",
    result: "the type of the items",
    params: [
      { name: "list", kind: "list" },
      ...(withPosition ? [{ name: "position", kind: "number" } as const] : []),
    ],
    build(call, builder) {
      const [listExpr, positionExpr] = call.args;
      if (!listExpr) throw new RangeError(`${call.name} is built with a list`);
      const each = eachValues(listExpr, builder, "scalar", placeOf(call, 0));
      const position = positionExpr ? builder.build(positionExpr) : null;
      const at = position ? narrow(position, "number", builder, placeOf(call, 1)) : null;
      return {
        ...facts(call, [each], position ? [position] : []),
        type: each.itemType,
        canBeBlank: true,
        run: (frame) => {
          const wanted = at?.(frame) as Decimal | null | undefined;
          if (wanted === null) return null;
          const values = each.values(frame);
          return attempt(
            call,
            wanted ? [wanted] : [],
            () => pick(values, wanted ? wholeNumber(wanted, "The position", 1, 1e9) : 0) ?? null,
          );
        },
      };
    },
  });
}

/** Functions that look at a condition per item: COUNTIF, SUMIF, ANYOF. */
export function conditional(
  spec: Omit<FunctionEntry, "build" | "group"> & {
    readonly valueKind: Kind | null;
    readonly type: StaticType;
    readonly compute: (values: readonly Value[], conditions: readonly Value[]) => Value;
  },
): FunctionEntry {
  const { valueKind, type, compute, ...doc } = spec;
  return defineSpecial({
    ...doc,
    group: "Lists and lines",
    build(call, builder) {
      const [first, second] = call.args;
      if (!first) throw new RangeError(`${call.name} is built with a list`);
      const scope = createListScope();
      if (!second) {
        const each = eachValues(first, builder, "boolean", placeOf(call, 0), scope);
        return {
          ...facts(call, [each]),
          type,
          canBeBlank: false,
          run: (frame) => compute([], each.values(frame)),
        };
      }
      const each = eachValues(first, builder, valueKind ?? "any", placeOf(call, 0), scope);
      const test = builder.buildEach(second, scope);
      if (test.type.name === "boolean" || test.type.name === "unknown" || valueKind === "number") {
        const conditions = eachFromBuilt(test, builder, "boolean", placeOf(call, 1), scope);
        return {
          ...facts(call, [each, conditions]),
          type,
          canBeBlank: false,
          run: (frame) => {
            const values = each.values(frame);
            return attempt(call, values, () => compute(values, conditions.values(frame)));
          },
        };
      }
      const kind = kindOfType(each.itemType);
      const wanted = kind ? narrow(test, kind, builder, placeOf(call, 1)) : test.run;
      return {
        ...facts(call, [each], [test]),
        type,
        canBeBlank: false,
        run: (frame) => {
          const values = each.values(frame);
          const other = wanted(frame) as Value;
          return attempt(call, values, () =>
            compute(
              values,
              values.map((value) => valuesEqual(value, other)),
            ),
          );
        },
      };
    },
  });
}
