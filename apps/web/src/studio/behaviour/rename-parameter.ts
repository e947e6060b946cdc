/** Where formulas read a parameter, and its new name in all of them as one step. */
import { listFields, renameField } from "@fieldbridge/formula";
import { mapFormulas, type TransferDefinition, type TransferEdit } from "@fieldbridge/model";

/** Formulas that read the parameter. */
export function countUses(definition: TransferDefinition, name: string): number {
  let uses = 0;
  mapFormulas(definition, (text) => {
    if (listFields(text).some(([root, field]) => root?.toLowerCase() === "param" && field === name))
      uses += 1;
    return text;
  });
  return uses;
}

const isSame = (left: unknown, right: unknown): boolean => JSON.stringify(left) === JSON.stringify(right);

export function renameParameter(definition: TransferDefinition, from: string, to: string): TransferEdit[] {
  const after = mapFormulas(definition, (text) => renameField(text, ["param", from], ["param", to]));
  const parameters = Object.fromEntries(
    Object.entries(definition.parameters ?? {}).map(([name, each]) => [name === from ? to : name, each]),
  );
  const isChanged = (key: keyof TransferDefinition): boolean => !isSame(definition[key], after[key]);
  return [
    { type: "set-parameters", parameters },
    ...(isChanged("source") ? [{ type: "set-source" as const, source: after.source }] : []),
    ...(isChanged("target") ? [{ type: "set-target" as const, target: after.target }] : []),
    ...(isChanged("filter") ? [{ type: "set-filter" as const, filter: after.filter ?? null }] : []),
    ...(isChanged("match") ? [{ type: "set-match" as const, match: after.match ?? null }] : []),
    ...(isChanged("mappings") ? [{ type: "set-mappings" as const, mappings: after.mappings }] : []),
    ...(isChanged("lines")
      ? (after.lines ?? []).map((lines) => ({ type: "set-lines" as const, target: lines.target, lines }))
      : []),
    ...(isChanged("writeBacks")
      ? [{ type: "set-write-backs" as const, writeBacks: after.writeBacks ?? [] }]
      : []),
    ...(isChanged("removals") ? [{ type: "set-removals" as const, removals: after.removals ?? null }] : []),
    ...(isChanged("totals") ? [{ type: "set-totals" as const, totals: after.totals ?? [] }] : []),
  ];
}
