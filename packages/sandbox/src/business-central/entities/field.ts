// What a field of an entity is. One list of fields per entity drives `$metadata`, input checks, filters and answers, so
// these can never disagree.
//
// Stored values: text for everything but booleans. Decimals are kept as canonical decimal text ("12.5"), never as a
// JavaScript number; dates as `YYYY-MM-DD`; instants as ISO 8601 in UTC.

export type FieldKind =
  | "guid"
  | "code"
  | "text"
  | "option"
  | "decimal"
  | "integer"
  | "boolean"
  | "date"
  | "instant";

/** Who may write: always, only on create, or never (the server fills it). */
export type FieldWrite = "always" | "create" | "never";

export interface Field {
  readonly name: string;
  readonly kind: FieldKind;
  readonly write: FieldWrite;
  /** Most characters, for `code` and `text`. */
  readonly maxLength?: number;
  /** Allowed members of an `option`, in their escaped spelling. */
  readonly members?: readonly string[];
  /** Smallest and largest allowed decimal, as text. */
  readonly min?: string;
  readonly max?: string;
  /** Computed while reading: may be neither filtered nor sorted. */
  readonly computed?: true;
  /** What a new record holds when nothing was sent; else the empty value of the kind. */
  readonly initial?: string | boolean;
}

export type FieldOptions = Partial<Omit<Field, "name" | "kind">>;

export const EMPTY_GUID = "00000000-0000-0000-0000-000000000000";
export const EMPTY_DATE = "0001-01-01";
export const EMPTY_INSTANT = "0001-01-01T00:00:00Z";

/** The blank member of an option field. */
export const BLANK_OPTION = "_x0020_";

function define(name: string, kind: FieldKind, options: FieldOptions = {}): Field {
  return { write: "always", ...options, name, kind };
}

export const guid = (name: string, options?: FieldOptions): Field => define(name, "guid", options);
export const code = (name: string, maxLength: number, options?: FieldOptions): Field =>
  define(name, "code", { ...options, maxLength });
export const text = (name: string, maxLength: number, options?: FieldOptions): Field =>
  define(name, "text", { ...options, maxLength });
export const option = (name: string, members: readonly string[], options?: FieldOptions): Field =>
  define(name, "option", { initial: members[0] ?? BLANK_OPTION, ...options, members });
export const decimal = (name: string, options?: FieldOptions): Field => define(name, "decimal", options);
export const integer = (name: string, options?: FieldOptions): Field => define(name, "integer", options);
export const boolean = (name: string, options?: FieldOptions): Field => define(name, "boolean", options);
export const date = (name: string, options?: FieldOptions): Field => define(name, "date", options);
export const instant = (name: string, options?: FieldOptions): Field => define(name, "instant", options);

/** The option that makes a field read-only. */
export const READ_ONLY = { write: "never" } as const;

/** The empty value of a kind, as Business Central answers it. */
export function emptyValue(field: Field): string | boolean {
  if (field.initial !== undefined) return field.initial;
  switch (field.kind) {
    case "guid":
      return EMPTY_GUID;
    case "code":
    case "text":
    case "option":
      return "";
    case "decimal":
    case "integer":
      return "0";
    case "boolean":
      return false;
    case "date":
      return EMPTY_DATE;
    case "instant":
      return EMPTY_INSTANT;
  }
}
