/** Paths as closures: from the record or a root through to-one relations to a field, or over the rows of a list. */
import { parseDecimal } from "../decimal/text.ts";
import { FormulaFailure } from "../failure.ts";
import type { PathExpr } from "../syntax/expr.ts";
import { formatPath } from "../syntax/format.ts";
import type { Cell, FieldShape, ObjectShape, RelationShape, Row } from "../types.ts";
import {
  type Builder,
  type Built,
  type Frame,
  type ListScope,
  type Run,
  type StaticType,
  typeLabel,
  unknownBuilt,
} from "./built.ts";
import { readCell } from "./read-cell.ts";
import { type ResolvedPath, resolvePath } from "./resolve-path.ts";

type RowRun = (frame: Frame) => Row | null;

export const MAX_ITEMS = 10_000;

export function fieldType(field: FieldShape): StaticType {
  return field.type === "choice" ? { name: "choice", choices: field.choices } : { name: field.type };
}

/** The cell under an own name; names of prototypes are never reached. */
function cellOf(row: Row, name: string): Cell | undefined {
  return Object.hasOwn(row, name) ? row[name] : undefined;
}

function startRow(root: string | null): RowRun {
  if (root === null) return (frame) => frame.row;
  return (frame) => {
    const roots = frame.context.roots;
    return (roots && Object.hasOwn(roots, root) ? roots[root] : null) ?? null;
  };
}

function stepOne(from: RowRun, relation: RelationShape): RowRun {
  const { name } = relation;
  return (frame) => {
    const row = from(frame);
    if (row === null) return null;
    return asRow(cellOf(row, name), name);
  };
}

function asRow(cell: Cell | undefined, name: string): Row | null {
  if (cell === null || cell === undefined) return null;
  if (typeof cell !== "object" || Array.isArray(cell)) {
    throw new FormulaFailure("FML-305", `"${name}" should be a related record`);
  }
  return cell as Row;
}

function asRows(cell: Cell | undefined, name: string): readonly Row[] {
  if (cell === null || cell === undefined) return [];
  if (!Array.isArray(cell)) throw new FormulaFailure("FML-305", `"${name}" should be a list of records`);
  return cell as readonly Row[];
}

/** All rows behind the relations up to the last to-many one; lists in lists are joined in order. */
function listRows(start: RowRun, relations: readonly RelationShape[]): (frame: Frame) => readonly Row[] {
  return (frame) => {
    const first = start(frame);
    let rows: readonly Row[] = first ? [first] : [];
    for (const { name, kind } of relations) {
      const [only] = rows;
      if (kind === "many" && rows.length === 1 && only) {
        rows = asRows(cellOf(only, name), name);
      } else {
        rows = rows.flatMap((row): readonly Row[] => {
          const cell = cellOf(row, name);
          if (kind === "many") return asRows(cell, name);
          const one = asRow(cell, name);
          return one ? [one] : [];
        });
      }
    }
    if (rows.length > MAX_ITEMS) {
      throw new FormulaFailure("FML-312", `The list has ${rows.length} items; ${MAX_ITEMS} are allowed`);
    }
    return rows;
  };
}

function fieldRun(rowRun: RowRun, field: FieldShape, expr: PathExpr, label: string): Run {
  const { name, type } = field;
  return (frame) => {
    try {
      const row = rowRun(frame);
      if (row === null) return null;
      const cell = Object.hasOwn(row, name) ? row[name] : null;
      if (type === "number" && typeof cell === "string") {
        const number = parseDecimal(cell);
        if (number !== null) return number;
      }
      return readCell(cell, type, label);
    } catch (error) {
      if (error instanceof FormulaFailure) error.span ??= expr.span;
      throw error;
    }
  };
}

function rowValueRun(rowRun: RowRun, shape: ObjectShape): Run {
  return (frame) => {
    const row = rowRun(frame);
    return row === null ? null : { kind: "row", row, shape };
  };
}

export function buildPath(
  expr: PathExpr,
  builder: Builder,
  addField: (names: readonly string[]) => void,
): Built {
  const resolved = resolvePath(expr, builder.scope, (code, message, details) =>
    builder.report(code, message, details),
  );
  if (!resolved) return unknownBuilt(expr);
  addField(resolved.names);
  const lastMany = resolved.relations.findLastIndex((relation) => relation.kind === "many");
  const label = formatPath(resolved.names);
  if (lastMany < 0) {
    let rowRun = startRow(resolved.root);
    for (const relation of resolved.relations) rowRun = stepOne(rowRun, relation);
    return finish(expr, resolved, rowRun, label, resolved.root !== null || resolved.relations.length > 0);
  }
  const listNames = resolved.names.slice(0, lastMany + 1 + (resolved.root === null ? 0 : 1));
  const list = builder.list;
  if (!list) {
    reportListOutside(expr, resolved, builder);
    return unknownBuilt(expr);
  }
  joinList(list, listNames, resolved, lastMany, builder, expr);
  let itemRun: RowRun = (frame) => frame.item;
  for (const relation of resolved.relations.slice(lastMany + 1)) itemRun = stepOne(itemRun, relation);
  return finish(expr, resolved, itemRun, label, true);
}

function finish(
  expr: PathExpr,
  resolved: ResolvedPath,
  rowRun: RowRun,
  label: string,
  viaRelation: boolean,
): Built {
  const { field, shape } = resolved;
  const facts = { expr, constant: false, usesLookup: false, special: false };
  if (!field) {
    return { ...facts, type: { name: "row" }, canBeBlank: true, run: rowValueRun(rowRun, shape), shape };
  }
  const canBeBlank = viaRelation || field.nullable !== false;
  return { ...facts, type: fieldType(field), canBeBlank, run: fieldRun(rowRun, field, expr, label), field };
}

function joinList(
  list: ListScope,
  names: readonly string[],
  resolved: ResolvedPath,
  lastMany: number,
  builder: Builder,
  expr: PathExpr,
): void {
  const key = JSON.stringify(names);
  if (list.key === null) {
    list.key = key;
    list.label = formatPath(names);
    list.rows = listRows(startRow(resolved.root), resolved.relations.slice(0, lastMany + 1));
  } else if (list.key !== key) {
    const message = `"${list.label}" and "${formatPath(names)}" are two lists; a list function walks through one`;
    builder.report("FML-216", message, { span: expr.span });
  }
}

function reportListOutside(expr: PathExpr, resolved: ResolvedPath, builder: Builder): void {
  const text = builder.textOf(expr);
  const type = resolved.field?.type;
  const wrapper = type === "number" ? "SUM" : type === undefined ? "COUNT" : "FIRST";
  const what = resolved.field ? typeLabel({ name: resolved.field.type }) : "record";
  builder.report(
    "FML-215",
    `"${text}" has many values (one ${what} per line); use FIRST, SUM, COUNT or JOINLIST`,
    {
      span: expr.span,
      fix: { label: `Wrap in ${wrapper}()`, span: expr.span, text: `${wrapper}(${text})` },
    },
  );
}
