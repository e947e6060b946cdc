/** The open database: one pool, shared by the set-based SQL and by Prisma. */
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "../generated/client.ts";

export type PoolConfig = pg.PoolConfig;

export interface Database {
  readonly pool: pg.Pool;
  readonly prisma: PrismaClient;
  /** How to reach it, for clients that need a connection of their own (queue, listener). */
  readonly address: PoolConfig;
  close(): Promise<void>;
}

/** `onError` hears of idle connections that broke; the pool replaces them by itself. */
export function openDatabase(address: PoolConfig, onError: (error: Error) => void): Database {
  const pool = new pg.Pool({ ...address, max: 12, application_name: "fieldbridge" });
  pool.on("error", onError);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    pool,
    prisma,
    address,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
