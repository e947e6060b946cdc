// A parsed query as plain data. Names are kept as written; what they mean is decided when the query is compiled.

/** `Account.Owner.Name`; `at` is its offset in the query. */
export interface Path {
  readonly names: readonly string[];
  readonly at: number;
}

/** `COUNT(Id)`, `CALENDAR_YEAR(CreatedDate)`; no path in `COUNT()`. */
export interface Call {
  readonly name: string;
  readonly path: Path | null;
  readonly at: number;
}

export type Operand =
  | { readonly kind: "path"; readonly path: Path }
  | { readonly kind: "call"; readonly call: Call };

export type SelectItem =
  | { readonly kind: "path"; readonly path: Path; readonly alias: string | null }
  | { readonly kind: "call"; readonly call: Call; readonly alias: string | null }
  | { readonly kind: "fields"; readonly which: "ALL" | "STANDARD" | "CUSTOM"; readonly at: number }
  | { readonly kind: "child"; readonly query: Query; readonly at: number };

export type Value =
  | { readonly kind: "string"; readonly text: string; readonly at: number }
  | { readonly kind: "number"; readonly text: string; readonly at: number }
  | { readonly kind: "boolean"; readonly value: boolean; readonly at: number }
  | { readonly kind: "null"; readonly at: number }
  | { readonly kind: "date"; readonly text: string; readonly at: number }
  | { readonly kind: "datetime"; readonly text: string; readonly at: number }
  /** `TODAY`, `LAST_N_DAYS:30`. */
  | { readonly kind: "range"; readonly name: string; readonly count: number | null; readonly at: number };

export type Comparison = "=" | "!=" | "<" | "<=" | ">" | ">=" | "LIKE";

export type Condition =
  | { readonly kind: "and" | "or"; readonly terms: readonly Condition[] }
  | { readonly kind: "not"; readonly term: Condition }
  | {
      readonly kind: "compare";
      readonly left: Operand;
      readonly comparison: Comparison;
      readonly value: Value;
    }
  | { readonly kind: "in"; readonly left: Path; readonly negated: boolean; readonly values: readonly Value[] }
  | { readonly kind: "inQuery"; readonly left: Path; readonly negated: boolean; readonly query: Query };

export interface OrderItem {
  readonly by: Operand;
  readonly descending: boolean;
  readonly nullsLast: boolean;
}

export interface Query {
  readonly select: readonly SelectItem[];
  /** Object name, or the child relationship name in a subquery. */
  readonly from: Path;
  /** Lower-case alias → relationship path it stands for (empty for the object itself). */
  readonly aliases: ReadonlyMap<string, readonly string[]>;
  readonly where: Condition | null;
  readonly groupBy: readonly Operand[];
  readonly having: Condition | null;
  readonly orderBy: readonly OrderItem[];
  readonly limit: number | null;
  readonly offset: number;
  readonly allRows: boolean;
}
