// The text functions a Business Central filter may call. Everything else in the OData standard is unknown here.
import type { Row } from "../entities/entity.ts";
import type { Operand } from "./compile-filter.ts";
import { badRequest } from "./odata-error.ts";

type Reader = (row: Row) => string;

const text =
  (operand: Operand): Reader =>
  (row) =>
    String(operand.read(row) ?? "");

const pair = (test: (value: string, part: string) => boolean) => (values: readonly Reader[]) => (row: Row) =>
  test(values[0]?.(row) ?? "", values[1]?.(row) ?? "");

/** Tests of text. `contains` is case-sensitive, as the product documents. */
const conditions: Readonly<Record<string, (values: readonly Reader[]) => (row: Row) => boolean>> = {
  contains: pair((value, part) => value.includes(part)),
  startswith: pair((value, part) => value.startsWith(part)),
  endswith: pair((value, part) => value.endsWith(part)),
};

const letterCases: Readonly<Record<string, (value: string) => string>> = {
  tolower: (value) => value.toLowerCase(),
  toupper: (value) => value.toUpperCase(),
};

/** Checks the name and the arguments of a call and gives its operand. Throws 400 for what is not offered. */
export function compileCall(name: string, args: readonly Operand[]): Operand {
  const condition = conditions[name];
  if (condition !== undefined) {
    checkText(name, args, 2);
    return { type: "boolean", read: condition(args.map(text)) };
  }
  const letterCase = letterCases[name];
  if (letterCase !== undefined) {
    checkText(name, args, 1);
    const [value] = args.map(text);
    return { type: "string", read: (row) => letterCase(value?.(row) ?? "") };
  }
  if (name === "substring") return compileSubstring(args);
  throw badRequest(
    `An unknown function with name '${name}' was found. This may also be a function import or a key lookup on a ` +
      "navigation property, which is not allowed.",
  );
}

function compileSubstring(args: readonly Operand[]): Operand {
  const [value, start, length] = args;
  if (value === undefined || start === undefined || args.length > 3) throw noSignature("substring");
  checkText("substring", [value], 1);
  if (start.type !== "number" || (length !== undefined && length.type !== "number"))
    throw noSignature("substring");
  return {
    type: "string",
    read: (row) => {
      const from = Number(start.read(row));
      const whole = String(value.read(row) ?? "");
      return length === undefined ? whole.slice(from) : whole.slice(from, from + Number(length.read(row)));
    },
  };
}

function checkText(name: string, args: readonly Operand[], count: number): void {
  const textual = args.every(({ type }) => type === "string" || type === "code" || type === "option");
  if (args.length !== count || !textual) throw noSignature(name);
}

function noSignature(name: string): Error {
  return badRequest(
    `No function signature for the function with name '${name}' matches the specified arguments.`,
  );
}
