/** What the engine needs to check and evaluate the draft here in the browser: schemas and value maps. */
import {
  scopeForFilter,
  scopeForFlag,
  scopeForHeader,
  scopeForCompany,
  scopeForLines,
  scopeForTotal,
  scopeForWriteBack,
  type TransferContext,
} from "@fieldbridge/engine";
import type { Scope } from "@fieldbridge/formula";
import {
  hasCompanies,
  underAllNames,
  type NamedFormula,
  type Parameters,
  type RunParameters,
  type TransferDefinition,
  type ValueMap,
} from "@fieldbridge/model";
import { useMemo, useState } from "react";
import { useApi } from "../../api/index.ts";
import { linesOf } from "../graph/resolve-path.ts";
import type { LineScope } from "../graph/rows.ts";
import { createLive, type Live } from "../samples/live.ts";
import type { SchemaStock } from "./use-schemas.ts";

const noMaps: readonly ValueMap[] = [];

export function useValueMaps(): readonly ValueMap[] | undefined {
  const items = useApi("listValueMaps", undefined, { staleTime: 30_000 }).data?.items;
  return useMemo(() => items && underAllNames(items), [items]);
}

export function useNamedFormulas(): readonly NamedFormula[] | undefined {
  return useApi("listNamedFormulas", undefined, { staleTime: 30_000 }).data?.items;
}

/** Which ends lead to a system with several companies; undefined until the connections are known. */
function useCompanies({ source, target }: TransferDefinition): TransferContext["hasCompanies"] {
  const connections = useApi("listConnections", undefined, { staleTime: 30_000 }).data?.items;
  return useMemo(() => {
    if (connections === undefined) return undefined;
    const isWith = (id: string): boolean => {
      const found = connections.find((each) => each.id === id);
      return found === undefined || hasCompanies(found.config.system);
    };
    return { source: isWith(source.connection), target: isWith(target.connection) };
  }, [connections, source.connection, target.connection]);
}

/** The context of a definition; the same object while nothing it depends on changes. */
export function useTransferContext(definition: TransferDefinition, schemas: SchemaStock): TransferContext {
  const maps = useValueMaps();
  const namedFormulas = useNamedFormulas();
  const { object } = definition.source;
  const { object: targetObject } = definition.target;
  const { parameters } = definition;
  const companies = useCompanies(definition);
  return useMemo(
    () => ({
      source: schemas.source[object] ?? null,
      target: schemas.target[targetObject] ?? null,
      sourceObjects: schemas.source,
      targetObjects: schemas.target,
      parameters,
      hasCompanies: companies,
      namedFormulas,
      ...(maps && { valueMaps: maps }),
    }),
    [schemas.source, schemas.target, object, targetObject, parameters, companies, namedFormulas, maps],
  );
}

export type FormulaPlace = "mappings" | "filter" | "write-back" | "flag" | "total" | "company";

export function scopeOf(
  context: TransferContext,
  definition: TransferDefinition,
  place: FormulaPlace,
  lines: LineScope,
): Scope {
  const inLines = linesOf(definition, lines);
  if (inLines) return scopeForLines(context, inLines);
  switch (place) {
    case "filter":
      return scopeForFilter(context);
    case "write-back":
      return scopeForWriteBack(context);
    case "flag":
      return scopeForFlag(context);
    case "total":
      return scopeForTotal(context);
    case "company":
      return scopeForCompany(context);
    case "mappings":
      return scopeForHeader(context);
  }
}

/** Samples are shown with the defaults, else the first choice; a parameter without either is blank. */
const toTrialParameters = (parameters: Parameters = {}): RunParameters =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, { default: preset, choices = [] }]) => [
      name,
      preset ?? choices[0] ?? "",
    ]),
  );

/** Checks and evaluates formulas of one place; `now` is fixed when the place is opened. */
export function useLive(
  context: TransferContext,
  definition: TransferDefinition,
  place: FormulaPlace,
  lines: LineScope,
): { readonly live: Live; readonly scope: Scope } {
  const [now] = useState(() => new Date().toISOString());
  const maps = useValueMaps() ?? noMaps;
  const inLines = linesOf(definition, lines);
  const lineOrigin = inLines?.rows ?? inLines?.source;
  const timeZone = definition.timeZone ?? "UTC";
  const { parameters } = definition;
  return useMemo(() => {
    const scope = scopeOf(context, definition, place, lines);
    return {
      scope,
      live: createLive({ scope, timeZone, now, valueMaps: maps, parameters: toTrialParameters(parameters) }),
    };
    // Of the definition only where the lines come from decides the scope.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [context, place, lines, lineOrigin, timeZone, now, maps, parameters]);
}
