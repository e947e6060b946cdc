// Turns a filter's syntax tree into a test on rows, checking every name, type and literal first, with the refusals of
// Business Central: OR only within one field, nothing computed, known option members, literals that fit the field.
import { compare, decimal } from "../../core/decimal.ts";
import type { Entity, Row } from "../entities/entity.ts";
import { fieldOf } from "../entities/entity.ts";
import type { Field } from "../entities/field.ts";
import { compileCall } from "./filter-functions.ts";
import { fieldsOf } from "./filter-syntax.ts";
import type { Comparison, FilterNode, LiteralNode } from "./filter-syntax.ts";
import { isDate, sortableStamp, toSortableInstant } from "./instants.ts";
import { badRequest } from "./odata-error.ts";
import { notOffered } from "./parse-filter.ts";
import { areComparable, edmName, typeOfField } from "./value-type.ts";
import type { ValueType } from "./value-type.ts";

export type RowTest = (row: Row) => boolean;

/** A typed value of a row; text is in comparable form (instants sortable, guids lower case). */
export interface Operand {
  readonly type: ValueType;
  readonly read: (row: Row) => string | boolean | null;
  /** The field behind a plain field operand. */
  readonly field?: Field;
  /** The text of a literal operand. */
  readonly literal?: string;
}

/** `schemaVersion` decides whether `in` is offered (2.1 and later). */
export function compileFilter(node: FilterNode, entity: Entity, schemaVersion: string): RowTest {
  switch (node.kind) {
    case "and": {
      const tests = node.operands.map((operand) => compileFilter(operand, entity, schemaVersion));
      return (row) => tests.every((test) => test(row));
    }
    case "or": {
      if (fieldsOf(node).size > 1) throw notOfferedOr();
      const tests = node.operands.map((operand) => compileFilter(operand, entity, schemaVersion));
      return (row) => tests.some((test) => test(row));
    }
    case "not": {
      if (node.operand.kind === "and" || node.operand.kind === "or") {
        throw notOffered("The operator 'not' on a combined condition");
      }
      const test = compileFilter(node.operand, entity, schemaVersion);
      return (row) => !test(row);
    }
    case "compare":
      return compileComparison(
        node.op,
        compileOperand(node.left, entity),
        compileOperand(node.right, entity),
        entity,
      );
    case "in": {
      if (schemaVersion < "2.1") throw notOffered("The operator 'in' below $schemaversion=2.1");
      const left = compileOperand(node.left, entity);
      const tests = node.list.map((item) => compileComparison("eq", left, compileLiteral(item), entity));
      return (row) => tests.some((test) => test(row));
    }
    case "literal":
    case "field":
    case "call": {
      const operand = compileOperand(node, entity);
      if (operand.type !== "boolean") {
        throw badRequest("The $filter expression must evaluate to a single boolean value.");
      }
      return (row) => operand.read(row) === true;
    }
  }
}

function notOfferedOr(): Error {
  return badRequest(
    "The 'OR' operator is not supported on distinct fields on an OData filter.",
    "BadRequest_MethodNotImplemented",
  );
}

function compileOperand(node: FilterNode, entity: Entity): Operand {
  switch (node.kind) {
    case "literal":
      return compileLiteral(node);
    case "field":
      return compileField(node.name, entity);
    case "call":
      return compileCall(
        node.name,
        node.args.map((argument) => compileOperand(argument, entity)),
      );
    case "and":
    case "or":
    case "not":
    case "compare":
    case "in":
      throw notOffered("A comparison of conditions");
  }
}

function compileLiteral(node: LiteralNode): Operand {
  const value = literalValue(node);
  return {
    type: node.type,
    read: () => value,
    ...(typeof value === "string" ? { literal: value } : {}),
  };
}

function literalValue(node: LiteralNode): string | boolean | null {
  switch (node.type) {
    case "null":
      return null;
    case "boolean":
      return node.text === "true";
    case "guid":
      return node.text.toLowerCase();
    case "date":
      if (!isDate(node.text)) throw badLiteral("Edm.Date", node.text);
      return node.text;
    case "instant": {
      const at = toSortableInstant(node.text);
      if (at === undefined) throw badLiteral("Edm.DateTimeOffset", node.text);
      return at;
    }
    case "string":
    case "number":
      return node.text;
  }
}

function badLiteral(type: string, text: string): Error {
  return badRequest(`Unrecognized '${type}' literal '${text}'.`);
}

function compileField(name: string, entity: Entity): Operand {
  const field = knownField(name, entity);
  const type = typeOfField(field);
  const read = (row: Row): string | boolean => {
    const value = row[name] ?? "";
    return type === "instant" && typeof value === "string" ? sortableStamp(value) : value;
  };
  return { type, read, field };
}

/** The field to filter or sort by; unknown and computed fields are refused. */
export function knownField(name: string, entity: Entity): Field {
  const field = fieldOf(entity, name);
  if (field === undefined) {
    throw badRequest(`Could not find a property named '${name}' on type 'Microsoft.NAV.${entity.name}'.`);
  }
  if (field.computed) throw notOffered(`The computed field '${name}'`);
  return field;
}

function compileComparison(op: Comparison, left: Operand, right: Operand, entity: Entity): RowTest {
  if (!areComparable(left.type, right.type)) {
    throw badRequest(
      `A binary operator with incompatible types was detected. Found operand types '${edmName(left.type)}' and ` +
        `'${edmName(right.type)}' for operator kind '${operatorNames[op]}'.`,
    );
  }
  checkLiteralFits(left, right, entity);
  checkLiteralFits(right, left, entity);
  const order = orderOf(left, right);
  const holds = tests[op];
  return (row) => {
    const a = left.read(row);
    const b = right.read(row);
    if (a === null || b === null) return op === "ne" ? a !== b : op === "eq" && a === b;
    return holds(order(a, b));
  };
}

const operatorNames: Readonly<Record<Comparison, string>> = {
  eq: "Equal",
  ne: "NotEqual",
  gt: "GreaterThan",
  ge: "GreaterThanOrEqual",
  lt: "LessThan",
  le: "LessThanOrEqual",
};

const tests: Readonly<Record<Comparison, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

/** A literal that could never be stored in the field is an error of the caller, not an empty result. */
function checkLiteralFits(of: Operand, literal: Operand, entity: Entity): void {
  const { field } = of;
  const text = literal.literal;
  if (field === undefined || text === undefined) return;
  if (field.members !== undefined && !field.members.includes(text)) {
    throw badRequest(
      `The filter "='${text}'" is not valid for the ${field.name} field on the ${entity.caption} table. ` +
        `The value "${text}" cannot be evaluated into type Option.`,
      "Application_FilterErrorException",
    );
  }
  if (field.maxLength !== undefined && text.length > field.maxLength) {
    throw badRequest(
      `The filter "='${text}'" is not valid for the ${field.name} field on the ${entity.caption} table. ` +
        `The length of the string is ${text.length}, but it must be less than or equal to ${field.maxLength} ` +
        `characters. Value: ${text}`,
      "Application_FilterErrorException",
    );
  }
}

type Order = (left: string | boolean, right: string | boolean) => number;

const plainOrder: Order = (left, right) => (left < right ? -1 : left > right ? 1 : 0);

function orderOf(left: Operand, right: Operand): Order {
  const types = new Set([left.type, right.type]);
  if (types.has("number")) return (a, b) => compare(decimal(String(a)), decimal(String(b)));
  if (types.has("code")) return (a, b) => plainOrder(String(a).toUpperCase(), String(b).toUpperCase());
  if (types.has("date") && types.has("instant")) return (a, b) => plainOrder(atMidnight(a), atMidnight(b));
  const members = left.field?.members ?? right.field?.members;
  if (members !== undefined) return (a, b) => members.indexOf(String(a)) - members.indexOf(String(b));
  return plainOrder;
}

function atMidnight(value: string | boolean): string {
  const text = String(value);
  return text.length === 10 ? `${text}T00:00:00.000000000Z` : text;
}
