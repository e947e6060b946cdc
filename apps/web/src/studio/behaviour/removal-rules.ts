/** The small edits of the rule for removed records; what another mode still can use is kept. */
import { defaultGuardPercent, type Removals } from "@fieldbridge/model";

export type ActiveRemovals = Exclude<Removals, { mode: "ignore" }>;

export function changeMode(before: Removals, mode: string): Removals {
  if (mode !== "flag" && mode !== "delete") return { mode: "ignore" };
  if (before.mode === "ignore") return { mode };
  const { scope, guardPercent } = before;
  return {
    mode,
    ...(scope !== undefined && { scope }),
    ...(guardPercent !== undefined && { guardPercent }),
  };
}

export function setScope(removals: ActiveRemovals, formula: string): ActiveRemovals {
  const { scope: _before, ...rest } = removals;
  return formula === "" ? rest : { ...rest, scope: formula };
}

/** The default is not written down; a field that is being emptied changes nothing. */
export function setGuard(removals: ActiveRemovals, percent: string | number): ActiveRemovals {
  if (typeof percent !== "number" || percent < 1 || percent > 100) return removals;
  const { guardPercent: _before, ...rest } = removals;
  return percent === defaultGuardPercent ? rest : { ...rest, guardPercent: Math.round(percent) };
}
