/** Stored connections. Secrets go in sealed and come out only for `openConnection`, which makes the calls. */
import { Fault } from "@fieldbridge/engine";
import {
  connectionConfig,
  connectionSecrets,
  connectionState,
  issue,
  toIssue,
  type Connection,
  type ConnectionConfig,
  type ConnectionInput,
  type ConnectionSecrets,
} from "@fieldbridge/model";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import type { Connection as ConnectionRow, ConnectionGate } from "../generated/client.ts";
import type { Sealer } from "../secrets/seal.ts";
import { readJson, writeJson } from "./json-text.ts";

export type ConnectionState = z.infer<typeof connectionState>;

/** Transfers whose draft or published revision uses each connection. */
async function countUses(db: Database): Promise<ReadonlyMap<string, number>> {
  const { rows } = await db.pool.query<{ connection: string; uses: number }>(
    `select connection, count(distinct id)::int as uses from (
       select id, source_connection as connection from transfers
       union all select id, target_connection from transfers
       union all select transfer_id, revisions.source_connection from transfer_revisions revisions
         join transfers on transfers.id = transfer_id and published = number
       union all select transfer_id, revisions.target_connection from transfer_revisions revisions
         join transfers on transfers.id = transfer_id and published = number
     ) as uses group by connection`,
  );
  return new Map(rows.map((row) => [row.connection, row.uses]));
}

type GateRow = ConnectionGate | null;

/** A pause that is over says nothing any more; a broken system is one until it answers. */
const toClosure = (gate: GateRow, now: number): Connection["closure"] =>
  gate?.closedUntil == null ||
  gate.closedIssue === null ||
  (gate.closedKind !== "broken" && gate.closedUntil.getTime() <= now)
    ? null
    : {
        kind: gate.closedKind === "broken" ? "broken" : "throttled",
        since: (gate.closedSince ?? gate.closedUntil).toISOString(),
        until: gate.closedUntil.toISOString(),
        issue: readJson(issue, gate.closedIssue),
      };

const toDailyCalls = (gate: GateRow): Connection["dailyCalls"] =>
  gate?.callsUsed == null || gate.callsAllowed === null || gate.callsToldAt === null
    ? null
    : { used: gate.callsUsed, allowed: gate.callsAllowed, at: gate.callsToldAt.toISOString() };

const toConnection = (
  row: ConnectionRow & { readonly gate: GateRow },
  uses: ReadonlyMap<string, number>,
): Connection => ({
  id: row.id,
  name: row.name,
  environment: row.environment === "production" ? "production" : "sandbox",
  builtIn: row.builtIn,
  config: readJson(connectionConfig, row.config),
  secretsSet: row.secretsSet,
  state: connectionState.parse(row.state),
  stateSince: row.stateSince?.toISOString() ?? null,
  closure: toClosure(row.gate, Date.now()),
  dailyCalls: toDailyCalls(row.gate),
  usedByTransfers: uses.get(row.id) ?? 0,
});

export async function listConnections(db: Database): Promise<Connection[]> {
  const [rows, uses] = await Promise.all([
    db.prisma.connection.findMany({ include: { gate: true }, orderBy: [{ name: "asc" }, { id: "asc" }] }),
    countUses(db),
  ]);
  return rows.map((row) => toConnection(row, uses));
}

export async function findConnection(db: Database, id: string): Promise<Connection | undefined> {
  const row = await db.prisma.connection.findUnique({ where: { id }, include: { gate: true } });
  return row === null ? undefined : toConnection(row, await countUses(db));
}

export const countConnections = (db: Database): Promise<number> => db.prisma.connection.count();

const namesOf = (secrets: ConnectionSecrets): string[] =>
  Object.entries(secrets).flatMap(([name, value]) => (value === undefined ? [] : [name]));

const sealSecrets = (sealer: Sealer, id: string, secrets: ConnectionSecrets) => ({
  secrets: namesOf(secrets).length === 0 ? null : sealer.seal(writeJson(secrets), id),
  secretsSet: namesOf(secrets),
});

/** False where the id is taken. */
export async function insertConnection(
  db: Database,
  sealer: Sealer,
  input: ConnectionInput & { builtIn?: boolean },
): Promise<boolean> {
  const { count } = await db.prisma.connection.createMany({
    data: {
      id: input.id,
      name: input.name,
      environment: input.environment,
      builtIn: input.builtIn ?? false,
      config: writeJson(input.config),
      ...sealSecrets(sealer, input.id, input.secrets),
    },
    skipDuplicates: true,
  });
  return count === 1;
}

/** What was discovered through the old settings is forgotten with them, and so is the token. */
export async function updateConnection(
  db: Database,
  sealer: Sealer,
  id: string,
  input: { name: string; environment: string; config: ConnectionConfig; secrets: ConnectionSecrets },
): Promise<void> {
  await db.prisma.$transaction([
    db.prisma.connection.update({
      where: { id },
      data: {
        name: input.name,
        environment: input.environment,
        config: writeJson(input.config),
        ...sealSecrets(sealer, id, input.secrets),
        state: "unknown",
        stateSince: null,
      },
    }),
    db.prisma.connectionToken.deleteMany({ where: { connectionId: id } }),
    db.prisma.objectList.deleteMany({ where: { connectionId: id } }),
    db.prisma.cachedSchema.deleteMany({ where: { connectionId: id } }),
  ]);
}

export async function removeConnection(db: Database, id: string): Promise<void> {
  await db.prisma.connection.deleteMany({ where: { id } });
}

/**
 * The only place where secrets leave the store. Throws `Fault` where they were sealed with a key that is not here,
 * as after a restore of the database without its key file.
 */
export async function readConnectionSecrets(
  db: Database,
  sealer: Sealer,
  id: string,
): Promise<ConnectionSecrets> {
  const row = await db.prisma.connection.findUnique({ where: { id }, select: { secrets: true } });
  if (row?.secrets == null) return {};
  let opened: string;
  try {
    opened = sealer.open(row.secrets, id);
  } catch (cause) {
    const message = `The secrets of the connection "${id}" were sealed with another key; enter them again.`;
    throw new Fault(toIssue("CON-609", "", message), { retryable: false, cause });
  }
  return readJson(connectionSecrets, opened);
}

/** `stateSince` moves only where the state changes. */
export async function setConnectionState(db: Database, id: string, state: ConnectionState): Promise<void> {
  await db.prisma.connection.updateMany({
    where: { id, state: { not: state } },
    data: { state, stateSince: new Date() },
  });
}

/** Keeps the refresh token that a system handed out in place of the one it just used up. */
export async function saveRefreshToken(
  db: Database,
  sealer: Sealer,
  id: string,
  refreshToken: string,
): Promise<void> {
  const secrets = { ...(await readConnectionSecrets(db, sealer, id)), refreshToken };
  await db.prisma.connection.updateMany({ where: { id }, data: sealSecrets(sealer, id, secrets) });
}
