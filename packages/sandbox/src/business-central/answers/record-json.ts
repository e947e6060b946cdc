// Writes records as OData JSON: the fields asked for in the entity's order, numbers as JSON numbers with every digit,
// annotations first, expanded records inside.
import { number } from "../../core/json.ts";
import type { Transaction } from "../data/transaction.ts";
import { related, runQuery } from "../data/run-query.ts";
import { ROW_VERSION, textOf } from "../entities/entity.ts";
import type { Entity, Row } from "../entities/entity.ts";
import type { Expand, ReadOptions } from "../odata/read-options.ts";
import { etagOf } from "../write/records.ts";

/** What the caller's `Accept` header asks of the JSON. */
export interface JsonStyle {
  readonly metadata: "none" | "minimal" | "full";
  /** IEEE754Compatible=true: decimals as text. */
  readonly decimalsAsText: boolean;
  /** Absolute address of the company or API root, without a slash at the end. */
  readonly base: string;
  /** The same for context addresses: `…/$metadata#companies(…)` or `…/$metadata#`. */
  readonly context: string;
}

/** Most records of one expanded collection. */
const MOST_EXPANDED = 20_000;

export function recordJson(
  tx: Transaction,
  entity: Entity,
  row: Row,
  options: Pick<ReadOptions, "select" | "expand">,
  style: JsonStyle,
): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  const path = `${entity.set}(${String(row["id"])})`;
  if (style.metadata === "full") {
    json["@odata.type"] = `#Microsoft.NAV.${entity.name}`;
    json["@odata.id"] = `${style.base}/${path}`;
    json["@odata.editLink"] = `${style.base}/${path}`;
  }
  if (style.metadata !== "none" && row[ROW_VERSION] !== undefined) json["@odata.etag"] = etagOf(row);
  for (const field of entity.fields) {
    if (options.select !== undefined && !options.select.includes(field.name)) continue;
    const value = row[field.name] ?? "";
    const isNumber = field.kind === "decimal" || field.kind === "integer";
    const asText =
      typeof value === "boolean" || !isNumber || (style.decimalsAsText && field.kind === "decimal");
    json[field.name] = asText ? value : number(value);
  }
  for (const expand of options.expand) addExpanded(json, tx, row, path, expand, style);
  return json;
}

function addExpanded(
  json: Record<string, unknown>,
  tx: Transaction,
  row: Row,
  path: string,
  expand: Expand,
  style: JsonStyle,
): void {
  const { navigation, entity, options } = expand;
  // Only the records of a whole company are reached without a field of the record.
  const inside = navigation.own === "" ? tx.inCompany(textOf(row, "id")) : tx;
  const rows = related(inside, navigation.target, row, navigation.own, navigation.other);
  if (style.metadata !== "none" && navigation.contained) {
    json[`${navigation.name}@odata.context`] = `${style.context}/${path}/${navigation.name}`;
  }
  if (!navigation.many) {
    const [only] = [...rows];
    json[navigation.name] = only === undefined ? null : recordJson(inside, entity, only, options, style);
    return;
  }
  const page = runQuery(rows, entity, options, MOST_EXPANDED);
  if (page.count !== undefined) json[`${navigation.name}@odata.count`] = number(String(page.count));
  json[navigation.name] = page.rows.map((child) => recordJson(inside, entity, child, options, style));
}

/** The projection part of a context address: `(number,displayName)`, empty when everything is answered. */
export function projection(options: Pick<ReadOptions, "select" | "expand">): string {
  const nested = options.expand.flatMap((expand) => {
    const inner = projection(expand.options);
    return inner === "" ? [] : [`${expand.navigation.name}${inner}`];
  });
  const parts = [...(options.select ?? []), ...nested];
  return parts.length === 0 ? "" : `(${parts.join(",")})`;
}
