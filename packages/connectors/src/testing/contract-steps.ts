/** Steps the contract tests share, in the words of the bench. */
import { Fault, type Position, type WriteAnswer, type WriteRequest } from "@fieldbridge/engine";
import type { Row } from "@fieldbridge/model";
import { toRequest, type Bench } from "./sandbox-bench.ts";

/** Text of a cell; empty for blank. */
export function textIn(row: Row | undefined, name: string): string {
  const cell = row?.[name] ?? "";
  return typeof cell === "string" ? cell : JSON.stringify(cell);
}

/** The fault a call ends with. */
export async function faultOf(call: Promise<unknown>): Promise<Fault> {
  const caught = await call.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(caught instanceof Fault)) throw new Error(`A fault was expected, not ${String(caught)}.`);
  return caught;
}

/** All rows, page by page; `restart` forgets the continuation as a new run would. */
export async function readAll(bench: Bench, limit: number, restart: boolean): Promise<Row[]> {
  const rows: Row[] = [];
  let after: Position | null = null;
  let continuation: string | undefined;
  do {
    const page = await bench.port.readPage({
      shape: bench.shape(),
      filter: null,
      keyField: bench.key,
      stampField: bench.stamp,
      after,
      from: null,
      before: null,
      limit,
      continuation: restart ? undefined : continuation,
    });
    rows.push(...page.rows);
    after = page.next;
    continuation = page.continuation;
  } while (after !== null);
  return rows;
}

export async function write(
  bench: Bench,
  requests: readonly WriteRequest[],
  answerFields: readonly string[] = [bench.key],
): Promise<readonly WriteAnswer[]> {
  return bench.port.write({ schema: await bench.schema(), lineSchemas: {}, requests, answerFields });
}

export function create(bench: Bench, ref: string, more: Row = {}): WriteRequest {
  return toRequest(ref, "create", null, {
    [bench.name]: `Made ${ref}`,
    [bench.number]: `NEW-${ref}`,
    ...more,
  });
}

export function findByNumber(bench: Bench, ...numbers: string[]): Promise<readonly (readonly Row[])[]> {
  return bench.port.find({
    shape: bench.shape(),
    keyFields: [bench.number],
    values: numbers.map((number) => [number]),
  });
}

export function states(answers: readonly WriteAnswer[]): WriteAnswer["state"][] {
  return answers.map((answer) => answer.state);
}
