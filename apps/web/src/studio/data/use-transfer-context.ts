/** What the engine needs to check and evaluate the draft here in the browser: schemas and value maps. */
import {
  scopeForFilter,
  scopeForHeader,
  scopeForLines,
  scopeForWriteBack,
  type TransferContext,
} from "@fieldbridge/engine";
import type { Scope } from "@fieldbridge/formula";
import { underAllNames, type TransferDefinition, type ValueMap } from "@fieldbridge/model";
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

/** The context of a definition; the same object while nothing it depends on changes. */
export function useTransferContext(definition: TransferDefinition, schemas: SchemaStock): TransferContext {
  const maps = useValueMaps();
  const { object } = definition.source;
  const { object: targetObject } = definition.target;
  return useMemo(
    () => ({
      source: schemas.source[object] ?? null,
      target: schemas.target[targetObject] ?? null,
      sourceObjects: schemas.source,
      targetObjects: schemas.target,
      ...(maps && { valueMaps: maps }),
    }),
    [schemas.source, schemas.target, object, targetObject, maps],
  );
}

export type FormulaPlace = "mappings" | "filter" | "write-back";

export function scopeOf(
  context: TransferContext,
  definition: TransferDefinition,
  place: FormulaPlace,
  lines: LineScope,
): Scope {
  const inLines = linesOf(definition, lines);
  if (inLines) return scopeForLines(context, inLines);
  return place === "filter"
    ? scopeForFilter(context)
    : place === "write-back"
      ? scopeForWriteBack(context)
      : scopeForHeader(context);
}

/** Checks and evaluates formulas of one place; `now` is fixed when the place is opened. */
export function useLive(
  context: TransferContext,
  definition: TransferDefinition,
  place: FormulaPlace,
  lines: LineScope,
): { readonly live: Live; readonly scope: Scope } {
  const [now] = useState(() => new Date().toISOString());
  const maps = useValueMaps() ?? noMaps;
  const lineSource = linesOf(definition, lines)?.source;
  const timeZone = definition.timeZone ?? "UTC";
  return useMemo(() => {
    const scope = scopeOf(context, definition, place, lines);
    return { scope, live: createLive({ scope, timeZone, now, valueMaps: maps }) };
    // Of the definition only the lines' source decides the scope.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [context, place, lines, lineSource, timeZone, now, maps]);
}
