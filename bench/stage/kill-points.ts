/**
 * Places at which a process kills itself: before, during and after every call of a port, and before and after every
 * statement to the database. They are numbered as they are passed, so that a proof can visit each of them.
 */
import type { SystemPort } from "@fieldbridge/engine";
import type { Database } from "../../apps/api/src/db/database.ts";

export interface KillPoint {
  /** For example `erp.write` or `commit`. */
  readonly call: string;
  readonly at: "before" | "during" | "after";
}

export interface KillPoints {
  readonly passed: readonly KillPoint[];
  wrapPort(connection: string, port: SystemPort): SystemPort;
  wrapDatabase(db: Database): Database;
}

/** SIGKILL to ourselves; nothing of this process runs any more. */
function die(): never {
  process.kill(process.pid, "SIGKILL");
  for (;;) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_000);
}

/** The lease is renewed by the clock and not by the run, so it has no place in the count. */
const isRenewal = (sql: string): boolean => sql.startsWith("with renewed");

const toName = (sql: string): string => sql.trim().split(/\s+/).slice(0, 3).join(" ").toLowerCase();

const textOf = (query: unknown): string =>
  typeof query === "string"
    ? query
    : typeof query === "object" && query !== null && "text" in query
      ? String(query.text)
      : "";

/** `killAt` is the number of the point at which the process dies; null lets it live. */
export function createKillPoints(killAt: number | null, duringMs: number): KillPoints {
  const passed: KillPoint[] = [];
  const reach = (call: string, at: KillPoint["at"]): boolean => {
    passed.push({ call, at });
    return passed.length - 1 === killAt;
  };
  const pass = (call: string, at: KillPoint["at"]): void => {
    if (reach(call, at)) die();
  };

  async function callPort<T>(name: string, call: () => Promise<T>): Promise<T> {
    pass(name, "before");
    const dies = reach(name, "during");
    const answer = call();
    if (dies) {
      await Promise.race([answer.catch(() => undefined), new Promise((done) => setTimeout(done, duringMs))]);
      die();
    }
    const result = await answer;
    pass(name, "after");
    return result;
  }

  /** Inside a transaction only its commit has an effect that outlives us, so only that has an "after". */
  const wrapQuery =
    (query: (...args: unknown[]) => Promise<unknown>, isAlone: boolean) =>
    async (...args: unknown[]): Promise<unknown> => {
      const sql = textOf(args[0]);
      if (isRenewal(sql)) return query(...args);
      pass(toName(sql), "before");
      const result = await query(...args);
      if (isAlone || sql === "commit") pass(toName(sql), "after");
      return result;
    };

  /** The same object but for its `query` and `connect`. */
  const wrapConnection = <T extends object>(connection: T, isPool: boolean): T =>
    new Proxy(connection, {
      get(target, name) {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== "function") return member;
        const bound = member.bind(target) as (...args: unknown[]) => Promise<unknown>;
        if (name === "query") return wrapQuery(bound, isPool);
        if (name === "connect") return async () => wrapConnection((await bound()) as object, false);
        return bound;
      },
    });

  return {
    passed,
    wrapPort: (connection, port) => ({
      ...port,
      discoverObjects: () => callPort(`${connection}.discoverObjects`, () => port.discoverObjects()),
      discoverObject: (name) => callPort(`${connection}.discoverObject`, () => port.discoverObject(name)),
      readUpperBound: (object) => callPort(`${connection}.readUpperBound`, () => port.readUpperBound(object)),
      countRows: (object, filter) =>
        callPort(`${connection}.countRows`, () => port.countRows(object, filter)),
      readPage: (request) => callPort(`${connection}.readPage`, () => port.readPage(request)),
      readByKeys: (shape, field, keys) =>
        callPort(`${connection}.readByKeys`, () => port.readByKeys(shape, field, keys)),
      find: (request) => callPort(`${connection}.find`, () => port.find(request)),
      write: (batch) => callPort(`${connection}.write`, () => port.write(batch)),
    }),
    wrapDatabase: (db) => ({ ...db, pool: wrapConnection(db.pool, true) }),
  };
}
