/** Which expressions have one value for a whole run, so that a query can carry it. */
import { type CallExpr, type Expr, type PathExpr, walkExpr } from "../syntax/expr.ts";

/** True where an expression names no field but those `isOfRun`, so that it has one value for a whole run. */
export function namesNoField(expr: Expr, isOfRun: (path: PathExpr) => boolean): boolean {
  let free = true;
  walkExpr(expr, (part) => {
    if ((part.kind === "path" && !isOfRun(part)) || (part.kind === "call" && isRecordCall(part)))
      free = false;
  });
  return free;
}

function isRecordCall(call: CallExpr): boolean {
  return ["LOOKUP", "LOOKUPFIRST", "EXISTS", "LINKED", "MAPVALUE", "RECORDURL", "ISNEW", "WARN"].includes(
    call.name,
  );
}
