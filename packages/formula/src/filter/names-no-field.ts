/** Which expressions have one value for a whole run, so that a query can carry it. */
import { type CallExpr, type Expr, walkExpr } from "../syntax/expr.ts";

/** True where an expression names no field, so that it has one value for a whole run. */
export function namesNoField(expr: Expr): boolean {
  let free = true;
  walkExpr(expr, (part) => {
    if (part.kind === "path" || (part.kind === "call" && isRecordCall(part))) free = false;
  });
  return free;
}

function isRecordCall(call: CallExpr): boolean {
  return ["LOOKUP", "LOOKUPFIRST", "EXISTS", "LINKED", "MAPVALUE", "RECORDURL", "ISNEW", "WARN"].includes(
    call.name,
  );
}
