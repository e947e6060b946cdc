// Deletes a record into the recycle bin: details go with it, lookups to it are cleared, protected parents stay.
import { toText } from "../../core/json.ts";
import type { Row } from "../../core/store.ts";
import { DEMO_ORG } from "../demo-org.ts";
import { rowError } from "../errors.ts";
import type { SObject } from "../schema/schema.ts";
import { rollUp } from "./derive.ts";
import { findLocked, type WriteContext, type Written } from "./write-row.ts";

function stamps(context: WriteContext): Row {
  return {
    LastModifiedDate: context.tx.stamp,
    LastModifiedById: DEMO_ORG.userId,
    SystemModstamp: context.tx.stamp,
  };
}

function toList(row: Row | undefined): Row[] {
  return row ? [row] : [];
}

export function deleteRow(context: WriteContext, object: SObject, id: string): Written {
  const { tx, schema } = context;
  const row = tx.row(object.name, id);
  if (!row)
    return { errors: [rowError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id", [], 404)] };
  if (row["IsDeleted"] === true)
    return { errors: [rowError("ENTITY_IS_DELETED", "entity is deleted", [], 404)] };
  if (object.readOnly)
    return {
      errors: [
        rowError("INSUFFICIENT_ACCESS_OR_READONLY", "insufficient access rights on object id", [], 403),
      ],
    };
  const locked = findLocked(tx, object, row);
  if (locked) return { errors: [locked] };

  const children = object.children
    .filter((relationship) => relationship.name !== null)
    .map((relationship) => ({
      ...relationship,
      rows: tx
        .idsBy(relationship.object, relationship.field.name, id)
        .flatMap((childId): Row[] => toList(tx.row(relationship.object, childId)))
        .filter((child) => child["IsDeleted"] !== true),
    }));
  const holding = children.find((each) => each.field.restrictedDelete && each.rows.length > 0);
  if (holding) {
    const message = `Your attempt to delete this record could not be completed because some ${holding.object} records are associated with it.`;
    return { errors: [rowError("DELETE_FAILED", message)] };
  }

  tx.put(object.name, { ...row, IsDeleted: true, ...stamps(context) });
  for (const { object: name, field, rows } of children) {
    const childObject = schema.object(name);
    for (const child of rows) {
      if (field.masterDetail && childObject) deleteRow(context, childObject, toText(child["Id"]));
      else {
        const cleared = Object.entries(child).filter(([each]) => each !== field.name);
        tx.put(name, { ...Object.fromEntries(cleared), ...stamps(context) });
      }
    }
  }
  rollUp(tx, object.name, row);
  return { id };
}
