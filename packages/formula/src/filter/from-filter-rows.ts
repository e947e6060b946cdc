/** Condition builder rows to formula text. */
import { formatPath, formatTextLiteral } from "../syntax/format.ts";
import type { FilterCondition, FilterGroup, FilterValue } from "./rows.ts";

/** The formula of a group; `TRUE` for a group without conditions. */
export function fromFilterRows(group: FilterGroup): string {
  const text = writeGroup(group, true);
  return text === "" ? "TRUE" : text;
}

function writeGroup(group: FilterGroup, isTop: boolean): string {
  const texts = group.items
    .map((item) => (item.kind === "group" ? writeGroup(item, false) : writeRow(item)))
    .filter((text) => text !== "");
  const joined = texts.join(group.join === "and" ? " AND " : " OR ");
  return isTop || texts.length === 0 ? joined : `(${joined})`;
}

function writeRow({ field, operator, values }: FilterCondition): string {
  const path = formatPath(field);
  const texts = values.map(writeValue);
  const [first = "BLANK"] = texts;
  switch (operator) {
    case "equals":
      return `${path} = ${first}`;
    case "notEquals":
      return `${path} <> ${first}`;
    case "less":
      return `${path} < ${first}`;
    case "lessOrEqual":
      return `${path} <= ${first}`;
    case "greater":
      return `${path} > ${first}`;
    case "greaterOrEqual":
      return `${path} >= ${first}`;
    case "sameText":
      return `SAMETEXT(${path}, ${first})`;
    case "contains":
      return `CONTAINS(${path}, ${first})`;
    case "notContains":
      return `NOT(CONTAINS(${path}, ${first}))`;
    case "beginsWith":
      return `BEGINSWITH(${path}, ${first})`;
    case "endsWith":
      return `ENDSWITH(${path}, ${first})`;
    case "isOneOf":
      return texts.length === 0 ? "FALSE" : `IN(${[path, ...texts].join(", ")})`;
    case "isNoneOf":
      return texts.length === 0 ? "TRUE" : `NOT(IN(${[path, ...texts].join(", ")}))`;
    case "isBlank":
      return `ISBLANK(${path})`;
    case "isNotBlank":
      return `NOT(ISBLANK(${path}))`;
    case "isTrue":
      return path;
    case "isNotTrue":
      return `NOT(${path})`;
  }
}

function writeValue(value: FilterValue): string {
  switch (value.type) {
    case "text":
      return formatTextLiteral(value.value);
    case "number":
      return value.value;
    case "boolean":
      return value.value ? "TRUE" : "FALSE";
    case "date":
      return `DATEVALUE(${formatTextLiteral(value.value)})`;
    case "datetime":
      return `DATETIMEVALUE(${formatTextLiteral(value.value)})`;
    case "today":
      if (value.days === 0) return "TODAY()";
      return `TODAY() ${value.days < 0 ? "-" : "+"} ${Math.abs(value.days)}`;
    case "now":
      return value.count === 0 ? "NOW()" : `DATEADD(NOW(), ${value.count}, "${value.unit}")`;
    case "field":
      return formatPath(value.path);
  }
}
