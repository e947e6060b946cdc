/**
 * One registration per function: its name, group, signature, blank rule, summary, examples and code in one place,
 * so that checker, completion, reference page and tests can never disagree.
 */
import type { Builder, Built, Frame, Outcome, Run, StaticType } from "../build/built.ts";
import { combine } from "../build/built.ts";
import { type Kind, locate, narrow } from "../build/narrow.ts";
import { countSteps } from "../build/text-writer.ts";
import type { Decimal } from "../decimal/decimal.ts";
import { ordinal } from "../syntax/describe-place.ts";
import type { CallExpr } from "../syntax/expr.ts";
import type { DateValue, InstantValue, TimeValue, Value } from "../value.ts";

export type FunctionGroup =
  | "Logic"
  | "Blank and test"
  | "Text"
  | "Conversion"
  | "Number"
  | "Money"
  | "Date and time"
  | "Lists and lines"
  | "Lookup and links"
  | "Record control"
  | "Identity and codes"
  /** Named formulas; no function of the language is in it. */
  | "Library";

/** One value of a signature, as help and completion show it. */
export interface FunctionParam {
  readonly name: string;
  readonly kind: Kind | "list";
  readonly optional?: boolean | undefined;
  /** This and the following `repeat` values may come again and again. */
  readonly repeat?: boolean | undefined;
  /** Must be written in quotes. */
  readonly constant?: boolean | undefined;
  /** May be SKIPFIELD, SKIPRECORD or FAIL. */
  readonly branch?: boolean | undefined;
  /** The constants it takes, for completion. */
  readonly words?: readonly string[] | undefined;
}

export interface FunctionExample {
  readonly formula: string;
  /** The result as `showResult` writes it, for the example record. */
  readonly result: string;
}

export interface FunctionDoc {
  readonly name: string;
  readonly group: FunctionGroup;
  readonly params: readonly FunctionParam[];
  /** Type of the result in words. */
  readonly result: string;
  readonly summary: string;
  /** What a blank argument does. */
  readonly blank: string;
  /** How it differs from the function of the same name in Excel. */
  readonly excel?: string | undefined;
  readonly examples: readonly FunctionExample[];
}

export interface FunctionEntry extends FunctionDoc {
  /** Called with the right number of arguments only. */
  readonly build: (call: CallExpr, builder: Builder) => Built;
}

interface KindValues {
  readonly text: string;
  readonly number: Decimal;
  readonly boolean: boolean;
  readonly date: DateValue;
  readonly datetime: InstantValue;
  readonly time: TimeValue;
  readonly moment: DateValue | InstantValue;
  readonly clock: InstantValue | TimeValue;
  readonly scalar: Exclude<Value, null>;
  readonly any: Exclude<Value, null>;
}

interface StrictParam extends FunctionParam {
  readonly kind: Kind;
}

type Arguments<P extends readonly StrictParam[]> = P extends readonly [
  infer First extends StrictParam,
  ...infer Rest extends readonly StrictParam[],
]
  ? First extends { readonly repeat: true }
    ? KindValues[First["kind"]][]
    : First extends { readonly optional: true }
      ? [value?: KindValues[First["kind"]] | undefined, ...rest: Arguments<Rest>]
      : [value: KindValues[First["kind"]], ...rest: Arguments<Rest>]
  : [];

export const BLANK_IN_BLANK_OUT = "Blank if any value is blank.";

interface StrictSpec<P extends readonly StrictParam[]> extends Omit<
  FunctionDoc,
  "blank" | "result" | "params"
> {
  readonly params: P;
  /** The type of the result, or how it follows from the arguments. */
  readonly returns: StaticType | ((parts: readonly Built[]) => StaticType);
  readonly result?: string;
  readonly blank?: string;
  /** True where a result can be blank although no argument is. */
  readonly mayBeBlank?: boolean;
  /** True where the result depends on the run (its time, its zone) and not only on the arguments. */
  readonly usesContext?: boolean;
  /** Steps one call costs where that is far more than usual, so that lists cannot make it run long. */
  readonly cost?: number;
  readonly run: (frame: Frame, ...args: Arguments<P>) => Value;
}

const RESULT_WORDS: Readonly<Partial<Record<StaticType["name"], string>>> = {
  text: "Text",
  number: "Number",
  boolean: "Boolean",
  date: "Date",
  datetime: "DateTime",
  time: "Time",
};

/** A function of evaluated values: blank in gives blank out, types are checked, failures get their position. */
export function defineStrict<const P extends readonly StrictParam[]>(spec: StrictSpec<P>): FunctionEntry {
  const { run, returns, cost = 0, mayBeBlank = false, usesContext = false, ...doc } = spec;
  const compute = withCost(run as Compute, cost, spec.params);
  return {
    ...doc,
    blank: spec.blank ?? BLANK_IN_BLANK_OUT,
    result:
      spec.result ??
      (typeof returns === "function" ? "any value" : (RESULT_WORDS[returns.name] ?? "any value")),
    build(call, builder) {
      const parts = call.args.map((arg) => builder.build(arg));
      const runs = parts.map((part, index) =>
        narrow(part, kindAt(spec.params, index), builder, placeOf(call, index)),
      );
      const facts = combine(parts);
      return {
        expr: call,
        type: typeof returns === "function" ? returns(parts) : returns,
        canBeBlank: facts.canBeBlank || mayBeBlank,
        constant: facts.constant && !usesContext,
        usesLookup: facts.usesLookup,
        special: false,
        run: strictRun(call, runs, compute),
      };
    },
  };
}

type Compute = (frame: Frame, ...args: readonly (Value | undefined)[]) => Value;

/** Text shorter than this is read for the price of the usual step. */
const FREE_CHARACTERS = 512;
const READ_PER_STEP = 32;

function textSteps(value: Value | undefined): number {
  return typeof value === "string" && value.length > FREE_CHARACTERS ? value.length / READ_PER_STEP : 0;
}

/** Counts what a call costs beyond the usual step: its own price and the long texts it reads. */
function withCost(compute: Compute, cost: number, params: readonly StrictParam[]): Compute {
  const readsText = params.some(({ kind }) => kind === "text" || kind === "any" || kind === "scalar");
  if (cost === 0 && !readsText) return compute;
  return (frame, a, b, c, d) => {
    const steps = cost + textSteps(a) + textSteps(b) + textSteps(c);
    if (steps > 0) countSteps(frame, steps);
    return compute(frame, a, b, c, d);
  };
}

/** "The second value of ROUND", as messages call an argument. */
export function placeOf(call: CallExpr, index: number): string {
  return `The ${ordinal(index + 1)} value of ${call.name}`;
}

function kindAt(params: readonly StrictParam[], index: number): Kind {
  const param = params[Math.min(index, params.length - 1)];
  return param?.kind ?? "any";
}

function strictRun(call: CallExpr, runs: readonly Run[], compute: Compute): Run {
  const [first, second, third] = runs;
  const { name } = call;
  if (!first) return (frame) => compute(frame);
  if (!second) {
    return (frame) => {
      const a = first(frame) as Value;
      if (a === null) return null;
      try {
        return compute(frame, a);
      } catch (error) {
        throw locate(error, call, [a], name);
      }
    };
  }
  if (!third) {
    return (frame) => {
      const a = first(frame) as Value;
      const b = second(frame) as Value;
      if (a === null || b === null) return null;
      try {
        return compute(frame, a, b);
      } catch (error) {
        throw locate(error, call, [a, b], name);
      }
    };
  }
  return (frame) => {
    const values = runs.map((run) => run(frame) as Value);
    if (values.includes(null)) return null;
    try {
      return compute(frame, ...values);
    } catch (error) {
      throw locate(error, call, values, name);
    }
  };
}

/** A function that decides itself how its arguments are evaluated. */
export function defineSpecial(entry: FunctionEntry): FunctionEntry {
  return entry;
}

/** Number of values a call may have. */
export function argumentRange(params: readonly FunctionParam[]): {
  readonly min: number;
  readonly max: number;
} {
  const min = params.filter((param) => !param.optional).length;
  return { min, max: params.some((param) => param.repeat) ? Infinity : params.length };
}

/** Wraps a custom computation so that failures name the call and its values. */
export function located(
  call: CallExpr,
  values: readonly (Outcome | undefined)[],
  compute: () => Value,
): Value {
  try {
    return compute();
  } catch (error) {
    throw locate(error, call, values, call.name);
  }
}
