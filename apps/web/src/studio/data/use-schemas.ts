/** Schemas of every object the definition and the opened tree rows need, read once and shared. */
import type { ObjectSchema, TransferDefinition } from "@fieldbridge/model";
import { useQueries } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { apiQuery } from "../../api/index.ts";
import { readFormula, type ReadFormula } from "../graph/read-formula.ts";
import type { Schemas } from "../graph/rows.ts";

export interface SchemaStock {
  readonly source: Schemas;
  readonly target: Schemas;
  /** Objects that could not be read, with the error. */
  readonly failed: readonly {
    readonly side: "source" | "target";
    readonly object: string;
    readonly error: unknown;
  }[];
  readonly isLoading: boolean;
  /** Reads one more object of a side: somebody opened a relation. */
  readonly request: (side: "source" | "target", object: string) => void;
  readonly retry: () => void;
}

interface Requested {
  readonly side: "source" | "target";
  readonly object: string;
  /** Connection at the time; another one makes the request moot. */
  readonly connection: string;
}

const staleMs = 5 * 60_000;

/** Objects reached by a path from `start`, as far as the schemas are known. */
function objectsAlong(start: string, path: readonly string[], schemas: Schemas): string[] {
  const found: string[] = [];
  let object: ObjectSchema | undefined = schemas[start];
  for (const name of path) {
    const relation = object?.relations.find((each) => each.name.toLowerCase() === name.toLowerCase());
    if (!relation) break;
    found.push(relation.object);
    object = schemas[relation.object];
  }
  return found;
}

/** Names of the source objects that the formulas of a definition reach. */
export function neededSourceObjects(
  definition: TransferDefinition,
  schemas: Schemas,
  read: ReadFormula = readFormula,
): string[] {
  const root = definition.source.object;
  if (root === "") return [];
  const needed = new Set([root]);
  const add = (start: string, path: readonly string[]) =>
    objectsAlong(start, path, schemas).forEach((each) => needed.add(each));
  const addFormula = (start: string, text: string) => {
    for (const path of read(text).paths)
      if (path[0] === "header") add(root, path.slice(1));
      else add(start, path);
  };
  for (const include of definition.source.include ?? []) add(root, include.split("."));
  if (definition.filter !== undefined) addFormula(root, definition.filter);
  for (const mapping of Object.values(definition.mappings)) addFormula(root, mapping.value);
  if (definition.match?.by === "keys")
    for (const formula of Object.values(definition.match.keys)) addFormula(root, formula);
  for (const lines of definition.lines ?? []) {
    const start = schemas[root]?.relations.find((each) => each.name === lines.source)?.object;
    if (start === undefined) continue;
    needed.add(start);
    for (const mapping of Object.values(lines.mappings)) addFormula(start, mapping.value);
  }
  for (const writeBack of definition.writeBacks ?? [])
    if (writeBack.to !== undefined) add(root, [writeBack.to]);
  return [...needed];
}

const neededTargetObjects = (definition: TransferDefinition, schemas: Schemas): string[] => {
  const root = definition.target.object;
  if (root === "") return [];
  const lines = (schemas[root]?.relations ?? []).filter((each) => each.kind === "many" && each.writable);
  return [...new Set([root, ...lines.map((each) => each.object)])];
};

export function useSchemas(definition: TransferDefinition, read: ReadFormula): SchemaStock {
  const [requested, setRequested] = useState<readonly Requested[]>([]);
  const [known, setKnown] = useState<{ source: Schemas; target: Schemas }>({ source: {}, target: {} });
  const ends = { source: definition.source.connection, target: definition.target.connection };
  const wanted = [
    ...neededSourceObjects(definition, known.source, read).map((object) => `source ${object}`),
    ...neededTargetObjects(definition, known.target).map((object) => `target ${object}`),
    ...requested
      .filter((each) => each.connection === ends[each.side])
      .map((each) => `${each.side} ${each.object}`),
  ];
  const list = [...new Set(wanted)]
    .map((each) => each.split(" ") as ["source" | "target", string])
    .filter(([side]) => ends[side] !== "");
  const queries = useQueries({
    queries: list.map(([side, object]) => ({
      ...apiQuery("getObject", { params: { id: ends[side], object } }),
      staleTime: staleMs,
    })),
  });
  const stamp = queries.map((each, index) => `${list[index]?.join(" ")}:${each.dataUpdatedAt}`).join("|");
  const stock = useMemo(() => {
    const found: { source: Record<string, ObjectSchema>; target: Record<string, ObjectSchema> } = {
      source: {},
      target: {},
    };
    list.forEach(([side, object], index) => {
      const data = queries[index]?.data;
      if (data) found[side][object] = data;
    });
    return found;
    // The stamp names every answer that went in.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [stamp]);
  if (stock !== known) setKnown(stock);
  return {
    source: stock.source,
    target: stock.target,
    failed: queries.flatMap((each, index) => {
      const [side, object] = list[index] ?? ["source", ""];
      return each.isError ? [{ side, object, error: each.error }] : [];
    }),
    isLoading: queries.some((each) => each.isPending),
    request: (side, object) =>
      setRequested((before) =>
        before.some((each) => each.side === side && each.object === object && each.connection === ends[side])
          ? before
          : [...before, { side, object, connection: ends[side] }],
      ),
    retry: () => queries.filter((each) => each.isError).forEach((each) => void each.refetch()),
  };
}
