// How values of the company's records look on the page for people.
import { formatAmount, formatInstant } from "../../core/page/format.ts";
import type { PageCell, PageColumn } from "../../core/page/page-model.ts";
import type { Row } from "../../core/store.ts";
import { EMPTY_DATE, EMPTY_GUID } from "../entities/field.ts";

export function textAt(row: Row, field: string): string {
  const value = row[field];
  if (typeof value === "boolean") return value ? "Yes" : "No";
  return typeof value === "string" && value !== EMPTY_DATE && value !== EMPTY_GUID ? value : "";
}

export const plain = (label: string, field: string): PageColumn => ({
  label,
  cell: (row) => textAt(row, field),
});

/** A figure as it is stored, every digit shown. */
export const figure = (label: string, field: string): PageColumn => ({
  label,
  numeric: true,
  cell: (row) => textAt(row, field),
});

/** An amount with two decimals or more, in the record's currency when it has one. */
export const amount = (label: string, field: string): PageColumn => ({
  label,
  numeric: true,
  cell: (row) => amountAt(row, field),
});

export function amountAt(row: Row, field: string): string {
  return formatAmount(textAt(row, field) || "0", textAt(row, "currencyCode"));
}

export const changed: PageColumn = {
  label: "Changed",
  cell: (row) => formatInstant(textAt(row, "lastModifiedDateTime")),
};

const tones: Readonly<Record<string, NonNullable<PageCell["tone"]>>> = {
  Open: "good",
  Paid: "good",
  Draft: "busy",
  Canceled: "quiet",
  Corrective: "quiet",
};

/** An option in words, without the escapes of the wire. */
export function optionText(value: string): string {
  return value.replaceAll("_x0020_", " ").replaceAll("_x002D_", "-").trim();
}

export function statusCell(row: Row): PageCell {
  const status = textAt(row, "status");
  const tone = tones[status];
  return { text: optionText(status), ...(tone === undefined ? {} : { tone }) };
}

export function blockedCell(row: Row): PageCell {
  const text = optionText(textAt(row, "blocked"));
  const isOpen = text === "" || text === "No";
  return isOpen ? { text: "" } : { text: text === "Yes" ? "Blocked" : `Blocked: ${text}`, tone: "bad" };
}

/** A link to the record of another object on this page. */
export function linkTo(object: string, id: string, text: string): PageCell {
  return id === "" ? { text } : { text, href: `/records/${object}/${encodeURIComponent(id)}` };
}
