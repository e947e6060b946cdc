// Reads the body of a POST or PATCH into stored values: every property must exist, be writable, have the right JSON
// type and fit its field. Nothing is cut, rounded or guessed.
import { compare, decimal, formatDecimal, parseDecimal, trimDecimal } from "../../core/decimal.ts";
import { isObject, numberText } from "../../core/json.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import { fieldOf, navigationOf } from "../entities/entity.ts";
import type { Entity, Navigation } from "../entities/entity.ts";
import { BLANK_OPTION, emptyValue } from "../entities/field.ts";
import type { Field } from "../entities/field.ts";
import { isDate, toSortableInstant } from "../odata/instants.ts";
import { badRequest, ruleBroken } from "../odata/odata-error.ts";

/** The properties that were sent, as stored values, in the order of the body. */
export type Sent = ReadonlyMap<string, string | boolean>;

export interface Input {
  readonly sent: Sent;
  /** Contained records sent along, in order: a deep insert. */
  readonly children: readonly { readonly navigation: Navigation; readonly bodies: readonly JsonObject[] }[];
}

export interface InputMode {
  readonly creating: boolean;
  /** The caller's Content-Type says `IEEE754Compatible=true`: decimals may come as text. */
  readonly decimalsAsText: boolean;
}

/** Throws 400 for the first property that cannot be taken. */
export function readInput(body: Json | undefined, entity: Entity, mode: InputMode): Input {
  if (!isObject(body)) throw badRequest("Invalid Request Body");
  const sent = new Map<string, string | boolean>();
  const children: Input["children"][number][] = [];
  for (const [name, value] of Object.entries(body)) {
    if (name.includes("@")) continue;
    const navigation = navigationOf(entity, name);
    if (navigation !== undefined) {
      children.push({ navigation, bodies: readChildren(navigation, value, mode) });
      continue;
    }
    const field = fieldOf(entity, name);
    if (field === undefined) {
      throw badRequest(
        `The property '${name}' does not exist on type 'Microsoft.NAV.${entity.name}'. Make sure to only use property ` +
          "names that are defined by the type.",
      );
    }
    if (field.write === "never") throw badRequest(`Control '${name}' is read-only.`);
    sent.set(name, toStored(field, value, mode));
  }
  return { sent, children };
}

function readChildren(navigation: Navigation, value: Json, mode: InputMode): readonly JsonObject[] {
  if (navigation.contained === undefined) {
    throw badRequest(`The navigation property '${navigation.name}' cannot be written through this entity.`);
  }
  if (!mode.creating) throw badRequest("Nested inserts are not supported when an entity is modified.");
  if (!Array.isArray(value)) throw badRequest("Invalid Request Body");
  const bodies: readonly Json[] = value;
  return bodies.map((child) => {
    if (!isObject(child)) throw badRequest("Invalid Request Body");
    return child;
  });
}

function toStored(field: Field, value: Json, mode: InputMode): string | boolean {
  if (value === null) return emptyValue(field);
  switch (field.kind) {
    case "boolean":
      if (typeof value !== "boolean") throw cannotConvert(field, value, "Edm.Boolean");
      return value;
    case "decimal":
      return toDecimal(field, value, mode);
    case "integer": {
      const text = numberText(value);
      if (text === null || !/^-?\d{1,9}$/.test(text)) throw cannotConvert(field, value, "Edm.Int32");
      return formatDecimal(decimal(text));
    }
    case "guid":
      if (typeof value !== "string" || !isGuid(value)) throw cannotConvert(field, value, "Edm.Guid");
      return value.toLowerCase();
    case "date":
      if (typeof value !== "string" || !isDate(value)) throw cannotConvert(field, value, "Edm.Date");
      return value;
    case "instant":
      if (typeof value !== "string" || toSortableInstant(value) === undefined) {
        throw cannotConvert(field, value, "Edm.DateTimeOffset");
      }
      return value;
    case "option":
      return toOption(field, value);
    case "code":
    case "text": {
      if (typeof value !== "string") throw cannotConvert(field, value, "Edm.String");
      const text = field.kind === "code" ? value.trim().toUpperCase() : value;
      checkLength(field, text);
      return text;
    }
  }
}

/** Whether the text is a GUID in its plain spelling. */
export function isGuid(text: string): boolean {
  return /^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/.test(text);
}

function cannotConvert(field: Field, value: Json, type: string): Error {
  const shown = typeof value === "string" ? value : (numberText(value) ?? JSON.stringify(value));
  return badRequest(
    `Cannot convert the literal '${shown}' to the expected type '${type}'. Property: ${field.name}.`,
  );
}

/** Business Central decimals hold at most 28 digits. */
const MOST_DIGITS = 28;

function toDecimal(field: Field, value: Json, mode: InputMode): string {
  if (typeof value === "string" && !mode.decimalsAsText) {
    throw badRequest(
      "Cannot convert a value to target type 'Edm.Decimal' because of conflict between input format string/number and " +
        "parameter 'IEEE754Compatible' false/true.",
    );
  }
  const text = typeof value === "string" ? value : numberText(value);
  const number = text === null ? null : parseDecimal(text);
  if (number === null) throw cannotConvert(field, value, "Edm.Decimal");
  const trimmed = trimDecimal(number);
  if (trimmed.units.toString().replace("-", "").length > MOST_DIGITS || trimmed.scale > MOST_DIGITS) {
    throw badRequest(`Value was either too large or too small for a Decimal. Property: ${field.name}.`);
  }
  if (field.min !== undefined && compare(trimmed, decimal(field.min)) < 0) {
    throw outOfRange(
      `The value must be greater than or equal to ${field.min}. Value: ${formatDecimal(trimmed)}.`,
    );
  }
  if (field.max !== undefined && compare(trimmed, decimal(field.max)) > 0) {
    throw outOfRange(
      `The value must be less than or equal to ${field.max}. Value: ${formatDecimal(trimmed)}.`,
    );
  }
  return formatDecimal(trimmed);
}

function outOfRange(message: string): Error {
  return badRequest(message, "Application_FieldValidationException");
}

function toOption(field: Field, value: Json): string {
  if (typeof value !== "string") throw cannotConvert(field, value, "Edm.String");
  if (value.trim() === "" && (field.members ?? []).includes(BLANK_OPTION)) return BLANK_OPTION;
  if (field.members?.includes(value)) return value;
  throw badRequest(
    `The value "${value}" cannot be evaluated into type Option.`,
    "Application_EvaluateException",
  );
}

function checkLength(field: Field, text: string): void {
  const most = field.maxLength ?? Infinity;
  const { length } = text;
  if (length <= most) return;
  throw badRequest(
    `The length of the string is ${length}, but it must be less than or equal to ${most} characters. Value: ${text}`,
    "Application_StringExceededLength",
  );
}

const fixedMessages: Readonly<Record<string, string>> = {
  id: "The id cannot be changed.",
  documentId: 'The value for "documentId" cannot be modified.',
  sequence: 'The value for "sequence" cannot be modified. Delete and insert the line again.',
};

/** On a PATCH: fields that are only for the creation may be repeated, not changed. */
export function checkUnchanged(
  entity: Entity,
  sent: Sent,
  before: Readonly<Record<string, string | boolean>>,
): void {
  for (const [name, value] of sent) {
    if (fieldOf(entity, name)?.write !== "create" || before[name] === value) continue;
    throw ruleBroken(fixedMessages[name] ?? `The value for "${name}" cannot be modified.`);
  }
}
