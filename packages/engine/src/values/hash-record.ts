/** The text that is hashed for a mapped record: everything an update would send, in one canonical form. */
import type { Cell, Row } from "@fieldbridge/model";
import type { FieldIndex, TransferPlan } from "../plan/transfer-plan.ts";
import type { MappedRecord } from "../record-state.ts";
import { toPlainNumber } from "./compare-values.ts";

const toPlain = (cell: Cell | undefined, isNumber: boolean): string =>
  cell === "" || cell === undefined
    ? "null"
    : isNumber && typeof cell === "string"
      ? toPlainNumber(cell)
      : JSON.stringify(cell);

/** Sorted by name, so that the author's order of mappings does not matter. */
const toText = (fields: FieldIndex, values: Row): string => {
  let text = "";
  for (const name of Object.keys(values).sort())
    text += `${name}:${toPlain(values[name], fields.get(name)?.type === "number")}\n`;
  return text;
};

/** Values for new records only are left out: they never make an update. */
export const toHashText = (
  { targetFields, lines }: Pick<TransferPlan, "targetFields" | "lines">,
  mapped: Pick<MappedRecord, "values" | "lines">,
): string =>
  toText(targetFields, mapped.values) +
  mapped.lines
    .map(({ relation, rows }, index) => {
      const fields = lines[index]?.fields ?? targetFields;
      return `[${relation}]\n${rows.map((row) => toText(fields, row.values)).join("-\n")}`;
    })
    .join("");
