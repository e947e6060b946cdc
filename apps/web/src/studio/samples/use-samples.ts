/** Ten real records of the source, read once per shape, that every value and result on the screen comes from. */
import type { Cell, Row, TransferDefinition } from "@fieldbridge/model";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { callApi } from "../../api/index.ts";
import { formatCell } from "../../format/value.ts";
import { readFormula, type ReadFormula } from "../graph/read-formula.ts";
import { fillFormula } from "../../parameters/fill-formula.ts";
import { readTrialParameters } from "../../parameters/use-parameter-values.ts";
import { resolvePath } from "../graph/resolve-path.ts";
import type { Schemas } from "../graph/rows.ts";

export interface SampleRecord {
  /** Key of the record in the source. */
  readonly key: string;
  /** What a person calls it. */
  readonly label: string;
  readonly row: Row;
}

export interface SampleSet {
  readonly records: readonly SampleRecord[];
  /** Records that match the filter in all; null where the source cannot count. */
  readonly matching: number | null;
  readonly isLoading: boolean;
  /** False until a source is chosen and its fields are known. */
  readonly isEnabled: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

const none: readonly string[] = [];
const maxPaths = 2_000;
const sampleCount = 10;

/** Ways to the relations that formulas use or the tree has opened. */
function relationPaths(
  definition: TransferDefinition,
  expanded: ReadonlySet<string>,
  read: ReadFormula,
): string[][] {
  const found = new Map<string, string[]>();
  const addPrefixes = (path: readonly string[]) =>
    path.forEach((_, index) => {
      if (index > 0) found.set(path.slice(0, index).join("."), path.slice(0, index));
    });
  const add = (formula: string | undefined, under: readonly string[]) => {
    if (formula === undefined) return;
    for (const path of read(formula).paths)
      addPrefixes(path[0] === "header" ? path.slice(1) : [...under, ...path]);
  };
  add(definition.filter, []);
  Object.values(definition.mappings).forEach((each) => add(each.value, []));
  for (const lines of definition.lines ?? []) {
    const under = lines.source === undefined ? [] : [lines.source];
    if (lines.source !== undefined) found.set(lines.source, under);
    add(lines.rows, []);
    add(lines.filter, under);
    Object.values(lines.mappings).forEach((each) => add(each.value, under));
  }
  if (definition.match?.by === "keys") Object.values(definition.match.keys).forEach((each) => add(each, []));
  for (const writeBack of definition.writeBacks ?? [])
    Object.values(writeBack.values).forEach((each) => add(each, []));
  for (const id of expanded) {
    const path = id.slice(0, -1).split(".");
    const own = path[0] === "header" ? path.slice(1) : path;
    if (own.length > 0) addPrefixes([...own, ""]);
  }
  return [...found.values()];
}

/** All field paths worth reading for the samples: the record's own fields and those of the relations in use. */
export function samplePaths(
  definition: TransferDefinition,
  schemas: Schemas,
  expanded: ReadonlySet<string>,
  read: ReadFormula = readFormula,
): string[] {
  const root = schemas[definition.source.object];
  if (!root) return [];
  const readable = (names: readonly { name: string; type: string }[]) =>
    names.filter((field) => field.type !== "binary").map((field) => field.name);
  const paths = readable(root.fields);
  for (const way of relationPaths(definition, expanded, read)) {
    const resolved = resolvePath(root, way, schemas);
    const last = resolved?.relations.at(-1);
    const object = last && schemas[last.object];
    if (object && resolved?.relations.length === way.length)
      paths.push(...readable(object.fields).map((name) => `${way.join(".")}.${name}`));
  }
  return paths.slice(0, maxPaths);
}

export function useSamples(
  definition: TransferDefinition,
  schemas: Schemas,
  expanded: ReadonlySet<string>,
  read: ReadFormula,
  /** Keys of records to begin with; null while they are not known yet. */
  pinned: readonly string[] | null = none,
): SampleSet {
  const { connection, object } = definition.source;
  const schema = schemas[object];
  const paths = useMemo(
    () => samplePaths(definition, schemas, expanded, read),
    [definition, schemas, expanded, read],
  );
  const { id, parameters } = definition;
  const filter = fillFormula(definition.filter, parameters, readTrialParameters(id, parameters));
  const pathKey = paths.join(" ");
  const query = useQuery({
    queryKey: ["readSamples", connection, object, filter, pathKey, pinned],
    enabled: pinned !== null && connection !== "" && object !== "" && paths.length > 0,
    staleTime: 10 * 60_000,
    placeholderData: keepPreviousData,
    retry: 1,
    queryFn: () =>
      callApi("readSamples", {
        params: { id: connection },
        body: {
          object,
          paths,
          limit: sampleCount,
          ...(pinned !== null && pinned.length > 0 && { keys: [...pinned] }),
          ...(filter !== undefined && filter.trim() !== "" && { filter }),
        },
      }),
  });
  const records = useMemo(() => {
    if (!schema) return [];
    return (query.data?.rows ?? []).map((row, index): SampleRecord => {
      const key = row[schema.keyField];
      const name = schema.nameField === undefined ? undefined : row[schema.nameField];
      const text = (value: Cell | undefined) => (typeof value === "string" && value !== "" ? value : null);
      return {
        key: text(key) ?? String(index),
        label: text(name) ?? text(key) ?? `Record ${index + 1}`,
        row,
      };
    });
  }, [query.data, schema]);
  return {
    records,
    matching: query.data?.matching ?? null,
    isLoading: query.isFetching,
    isEnabled: connection !== "" && object !== "" && paths.length > 0,
    error: query.isError && !query.data ? query.error : null,
    retry: () => void query.refetch(),
  };
}

/** The cell a path leads to in a row; undefined where the way is blank or was not read. Lists end the way. */
export function readPath(row: Row | null | undefined, path: readonly string[]): Cell | undefined {
  let value: Cell | undefined = row ?? undefined;
  for (const name of path) {
    if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
    const row: Row = value as Row;
    const key =
      name in row ? name : Object.keys(row).find((each) => each.toLowerCase() === name.toLowerCase());
    value = key === undefined ? undefined : row[key];
  }
  return value;
}

/** What a source row shows for a record; `header.` starts at the parent. */
export function sampleText(record: Row | null, header: Row | null, path: readonly string[]): string | null {
  const [first, ...rest] = path;
  const value = first === "header" ? readPath(header, rest) : readPath(record, path);
  if (value === undefined) return null;
  return formatCell(value);
}
