/** The text that is hashed for a mapped record: everything an update would send, in one canonical form. */
import type { Cell, ObjectSchema, Row } from "@fieldbridge/model";
import type { TransferPlan } from "../plan/transfer-plan.ts";
import type { MappedRecord } from "../record-state.ts";
import { toPlainNumber } from "./compare-values.ts";

const toPlain = (object: ObjectSchema, name: string, cell: Cell): Cell =>
  cell === ""
    ? null
    : typeof cell === "string" && object.fields.find((field) => field.name === name)?.type === "number"
      ? toPlainNumber(cell)
      : cell;

const toPairs = (object: ObjectSchema, values: Row): (readonly [string, Cell])[] =>
  Object.entries(values)
    .map(([name, cell]) => [name, toPlain(object, name, cell)] as const)
    .sort(([left], [right]) => (left < right ? -1 : 1));

/** Values for new records only are left out: they never make an update. */
export const toHashText = (
  { target, lines }: Pick<TransferPlan, "target" | "lines">,
  mapped: Pick<MappedRecord, "values" | "lines">,
): string =>
  JSON.stringify([
    toPairs(target, mapped.values),
    mapped.lines.map(({ relation, rows }, index) => [
      relation,
      rows.map((row) => toPairs(lines[index]?.target ?? target, row.values)),
    ]),
  ]);
