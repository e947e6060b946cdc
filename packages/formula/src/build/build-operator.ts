/** The operators: what they accept, what they report, and the closures that compute them. */
import {
  add,
  compare,
  type Decimal,
  decimalFromInteger,
  mul,
  negate,
  sub,
  toInteger,
} from "../decimal/decimal.ts";
import { power } from "../decimal/power.ts";
import { div } from "../decimal/round.ts";
import { formatDecimal, parseDecimal } from "../decimal/text.ts";
import { dateFromDays } from "../dates/calendar.ts";
import { FormulaFailure } from "../failure.ts";
import { formatTextLiteral } from "../syntax/format.ts";
import type { BinaryExpr, UnaryExpr } from "../syntax/expr.ts";
import type { DateValue, Value } from "../value.ts";
import {
  type Builder,
  type Built,
  BOOLEAN,
  combine,
  DATE,
  isTextual,
  NUMBER,
  type Run,
  TEXT,
  typeLabel,
  UNKNOWN,
  unknownBuilt,
} from "./built.ts";
import { closestName } from "./closest-name.ts";
import { orderOf, valuesEqual } from "./equality.ts";
import { conversionFix, type Kind, locate, narrow } from "./narrow.ts";
import { countSteps, writeText } from "./text-writer.ts";

const NUMBER_OPERATIONS = { "+": add, "-": sub, "*": mul, "/": div, "^": power } as const;
/** What division and powers cost beyond the usual step, so that lists cannot make them run long. */
const OPERATION_STEPS = { "+": 0, "-": 0, "*": 0, "/": 40, "^": 2000 } as const;
const ONE_HUNDREDTH = { kind: "number", small: 1, big: null, scale: 2, rounded: false } as const;

export function buildUnary(expr: UnaryExpr, builder: Builder): Built {
  const operand = builder.build(expr.operand);
  const facts = { expr, ...combine([operand]), special: false };
  if (expr.operator === "NOT") {
    const run = narrow(operand, "boolean", builder, "NOT");
    return { ...facts, canBeBlank: false, type: BOOLEAN, run: (frame) => run(frame) !== true };
  }
  const run = narrow(operand, "number", builder, expr.operator === "%" ? "Percent" : "A minus sign");
  const compute = expr.operator === "%" ? (value: Decimal) => mul(value, ONE_HUNDREDTH) : negate;
  return {
    ...facts,
    type: NUMBER,
    run: (frame) => {
      const value = run(frame) as Decimal | null;
      return value === null ? null : compute(value);
    },
  };
}

export function buildBinary(expr: BinaryExpr, builder: Builder): Built {
  const left = builder.build(expr.left);
  const right = builder.build(expr.right);
  const facts = { expr, ...combine([left, right]), special: false };
  switch (expr.operator) {
    case "AND":
    case "OR":
      return { ...facts, canBeBlank: false, type: BOOLEAN, run: logicRun(expr, left, right, builder) };
    case "&":
      return { ...facts, canBeBlank: false, type: TEXT, run: joinRun(left, right, builder) };
    case "=":
    case "<>":
      return { ...facts, canBeBlank: false, type: BOOLEAN, run: equalityRun(expr, left, right, builder) };
    case "<":
    case "<=":
    case ">":
    case ">=":
      return { ...facts, canBeBlank: false, type: BOOLEAN, run: orderRun(expr, left, right, builder) };
    case "+":
    case "-": {
      const dates = dateArithmetic(expr, left, right, builder);
      if (dates) return { ...facts, ...dates };
      if (expr.operator === "+" && joinsTexts(left, right)) return reportTextPlus(expr, builder);
      return { ...facts, type: NUMBER, run: numberRun(expr, expr.operator, left, right, builder) };
    }
    case "*":
    case "/":
    case "^":
      if (expr.operator === "^") {
        builder.report("FML-220", "A power is rounded to 34 digits", { span: expr.operatorSpan });
      }
      return { ...facts, type: NUMBER, run: numberRun(expr, expr.operator, left, right, builder) };
  }
}

function logicRun(expr: BinaryExpr, left: Built, right: Built, builder: Builder): Run {
  const a = narrow(left, "boolean", builder, expr.operator);
  const b = narrow(right, "boolean", builder, expr.operator);
  return expr.operator === "AND"
    ? (frame) => a(frame) === true && b(frame) === true
    : (frame) => a(frame) === true || b(frame) === true;
}

function numberRun(
  expr: BinaryExpr,
  operator: keyof typeof NUMBER_OPERATIONS,
  left: Built,
  right: Built,
  builder: Builder,
): Run {
  const a = narrow(left, "number", builder, `"${operator}"`);
  const b = narrow(right, "number", builder, `"${operator}"`);
  for (const side of [left, right]) warnBlank(side, builder);
  const compute = NUMBER_OPERATIONS[operator];
  const cost = OPERATION_STEPS[operator];
  return (frame) => {
    if (cost > 0) countSteps(frame, cost);
    const x = a(frame) as Decimal | null;
    const y = b(frame) as Decimal | null;
    if (x === null || y === null) return null;
    try {
      return compute(x, y);
    } catch (error) {
      throw locate(error, expr, [x, y], `"${operator}"`);
    }
  };
}

/** Nobody wants the sum of two texts, or of one that is no number; a text field alone may hold numbers. */
function joinsTexts(left: Built, right: Built): boolean {
  const isWords = ({ type, expr }: Built): boolean =>
    isTextual(type) && (expr.kind === "text" ? parseDecimal(expr.value) === null : expr.kind === "call");
  return isWords(left) || isWords(right) || (isTextual(left.type) && isTextual(right.type));
}

function reportTextPlus(expr: BinaryExpr, builder: Builder): Built {
  const span = expr.operatorSpan;
  const fix = { label: "Use &", span, text: "&" };
  builder.report("FML-212", '"+" adds numbers; "&" joins texts', { span, fix });
  return unknownBuilt(expr);
}

function warnBlank(side: Built, builder: Builder): void {
  if (side.expr.kind !== "path" || !side.canBeBlank || side.type.name !== "number") return;
  const text = builder.textOf(side.expr);
  builder.report("FML-203", `"${text}" can be blank; the result would then be blank`, {
    span: side.expr.span,
    fix: { label: "Use ZEROIFBLANK", span: side.expr.span, text: `ZEROIFBLANK(${text})` },
  });
}

function joinRun(left: Built, right: Built, builder: Builder): Run {
  const a = textOperand(left, builder);
  const b = textOperand(right, builder);
  return (frame) => writeText(frame, ((a(frame) ?? "") as string) + ((b(frame) ?? "") as string));
}

/** Text, or a number in its canonical form; everything else must be converted by name. */
export function textOperand(built: Built, builder: Builder, place = '"&"'): Run {
  const { type, run } = built;
  const isNumber = type.name === "number";
  if (!isNumber && type.name !== "unknown") return narrow(built, "text", builder, place);
  const converted: Run = (frame) => numberToText(run(frame) as Value);
  return isNumber ? converted : narrow({ ...built, run: converted }, "text", builder, place);
}

function numberToText(value: Value): Value {
  return value !== null && typeof value === "object" && value.kind === "number"
    ? formatDecimal(value)
    : value;
}

function dateArithmetic(
  expr: BinaryExpr,
  left: Built,
  right: Built,
  builder: Builder,
): Pick<Built, "type" | "run"> | null {
  const a = left.type.name;
  const b = right.type.name;
  if (a === "datetime" || b === "datetime") {
    builder.report("FML-213", "Use DATEADD or DATEDIFF with a unit for DateTime values", { span: expr.span });
    return { type: UNKNOWN, run: () => null };
  }
  if (a !== "date" && b !== "date") return null;
  if (a === "date" && b === "date" && expr.operator === "-") {
    return {
      type: NUMBER,
      run: dateRun(expr, left, right, (x, y) =>
        decimalFromInteger((x as DateValue).days - (y as DateValue).days),
      ),
    };
  }
  const date = a === "date" ? left : right;
  const days = a === "date" ? right : left;
  if (days.type.name === "date" || (a !== "date" && expr.operator === "-")) {
    builder.report("FML-213", "A date can only have days added or be subtracted from a date", {
      span: expr.span,
    });
    return { type: DATE, run: () => null };
  }
  const number = { ...days, run: narrow(days, "number", builder, "Days") };
  const sign = expr.operator === "-" ? -1 : 1;
  return {
    type: DATE,
    run: dateRun(expr, date, number, (x, y) => {
      const count = toInteger(y as Decimal);
      if (count === null) throw new FormulaFailure("FML-306", "Only whole days can be added to a date");
      return dateFromDays((x as DateValue).days + sign * count);
    }),
  };
}

function dateRun(expr: BinaryExpr, left: Built, right: Built, compute: (a: Value, b: Value) => Value): Run {
  const { run: a } = left;
  const { run: b } = right;
  return (frame) => {
    const x = a(frame) as Value;
    const y = b(frame) as Value;
    if (x === null || y === null) return null;
    try {
      return compute(x, y);
    } catch (error) {
      throw locate(error, expr, [x, y], `"${expr.operator}"`);
    }
  };
}

/** Reports two sides that never compare; true where both are known and alike. */
function checkComparable(expr: BinaryExpr, left: Built, right: Built, builder: Builder): boolean {
  const a = left.type;
  const b = right.type;
  if (a.name === "unknown" || b.name === "unknown") return false;
  const comparable = ["text", "choice", "id", "number", "boolean", "date", "datetime", "time"];
  const alike = (isTextual(a) && isTextual(b)) || a.name === b.name;
  if (alike && comparable.includes(a.name)) return true;
  const wanted: Kind | null =
    a.name === "number" || b.name === "number"
      ? "number"
      : a.name === "date" || b.name === "date"
        ? "date"
        : null;
  const side = wanted === a.name ? right : left;
  const fix = wanted ? conversionFix(side.type, wanted, side.expr, builder.textOf(side.expr)) : undefined;
  builder.report("FML-213", `${typeLabel(a)} cannot be compared with ${typeLabel(b)}`, {
    span: expr.span,
    fix,
  });
  return false;
}

function equalityRun(expr: BinaryExpr, left: Built, right: Built, builder: Builder): Run {
  const wanted = expr.operator === "=";
  const { run: a } = left;
  const { run: b } = right;
  const known = checkComparable(expr, left, right, builder);
  if (known && isTextual(left.type)) {
    hintText(expr, left, right, builder);
    hintText(expr, right, left, builder);
    return (frame) => ((a(frame) ?? "") === (b(frame) ?? "")) === wanted;
  }
  if (known && left.type.name === "number") {
    return (frame) => {
      const x = a(frame) as Decimal | null;
      const y = b(frame) as Decimal | null;
      return (x === null || y === null ? x === y : compare(x, y) === 0) === wanted;
    };
  }
  return (frame) => {
    const x = a(frame) as Value;
    const y = b(frame) as Value;
    try {
      return valuesEqual(x, y) === wanted;
    } catch (error) {
      throw locate(error, expr, [x, y], `"${expr.operator}"`);
    }
  };
}

/** A code that a choice never has, or text whose case matters. */
function hintText(expr: BinaryExpr, field: Built, constant: Built, builder: Builder): void {
  if (constant.expr.kind !== "text" || !field.field || constant.expr.value === "") return;
  const { value, span } = constant.expr;
  const { choices, name, type } = field.field;
  if (choices && choices.length > 0) {
    if (choices.some((choice) => choice.code === value)) return;
    const byLabel = choices.find((choice) => choice.label.toLowerCase() === value.toLowerCase());
    const meant =
      byLabel?.code ??
      closestName(
        value,
        choices.map((choice) => choice.code),
      );
    const fix =
      meant === undefined
        ? undefined
        : { label: `Replace with ${meant}`, span, text: formatTextLiteral(meant) };
    builder.report("FML-224", `"${name}" is never "${value}"`, { span, fix });
  } else if (type === "text" && value.toLowerCase() !== value.toUpperCase()) {
    const text = `SAMETEXT(${builder.textOf(expr.left)}, ${builder.textOf(expr.right)})`;
    const whole = expr.operator === "=" ? text : `NOT(${text})`;
    builder.report("FML-205", '"=" compares upper and lower case as different', {
      span: expr.span,
      fix: { label: "Use SAMETEXT", span: expr.span, text: whole },
    });
  }
}

function orderRun(expr: BinaryExpr, left: Built, right: Built, builder: Builder): Run {
  const known = checkComparable(expr, left, right, builder);
  if (known && left.type.name === "boolean") {
    builder.report("FML-213", `TRUE and FALSE have no order; use = instead of ${expr.operator}`, {
      span: expr.operatorSpan,
    });
  }
  if (left.type.onlyBlank || right.type.onlyBlank) {
    builder.report("FML-219", `"${expr.operator}" with BLANK is never true`, { span: expr.span });
  }
  const { run: a } = left;
  const { run: b } = right;
  const { operator } = expr;
  const holds =
    operator === "<"
      ? (order: number) => order < 0
      : operator === "<="
        ? (order: number) => order <= 0
        : operator === ">"
          ? (order: number) => order > 0
          : (order: number) => order >= 0;
  return (frame) => {
    const x = a(frame) as Value;
    const y = b(frame) as Value;
    if (x === null || y === null || x === "" || y === "") return false;
    try {
      return holds(orderOf(x, y));
    } catch (error) {
      throw locate(error, expr, [x, y], `"${operator}"`);
    }
  };
}
