/** Which transfers name a value map in one of their formulas. */
import { listLookups } from "@fieldbridge/formula";
import type { StoredValueMap, Transfer } from "@fieldbridge/model";

const collectTexts = (value: unknown): string[] => {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(collectTexts) : [];
};

/** Looks into every text of the draft for `MAPVALUE("name"`, under the name of today or a former one. */
export function findUsers(
  map: Pick<StoredValueMap, "name" | "formerNames">,
  transfers: readonly Transfer[],
): Transfer[] {
  const names = new Set([map.name, ...map.formerNames]);
  const namesMap = (text: string): boolean =>
    /MAPVALUE/i.test(text) &&
    listLookups(text).some((use) => use.kind === "valueMap" && names.has(use.object));
  return transfers.filter((each) => collectTexts(each.definition).some(namesMap));
}
