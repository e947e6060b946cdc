/** Which transfers name a value map in one of their formulas. */
import type { Transfer } from "@fieldbridge/model";

/** Looks for `MAPVALUE("name"` in every formula of the draft; quotes inside a name are doubled in formulas. */
export function countUses(name: string, transfers: readonly Transfer[]): Transfer[] {
  const quoted = name.replaceAll('"', '""').replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const call = new RegExp(String.raw`MAPVALUE\s*\(\s*"${quoted}"\s*[,)]`, "i");
  const holdsCall = (value: unknown): boolean => {
    if (typeof value === "string") return call.test(value);
    return typeof value === "object" && value !== null && Object.values(value).some(holdsCall);
  };
  return transfers.filter((each) => holdsCall(each.definition));
}
