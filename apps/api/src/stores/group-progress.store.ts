/**
 * How a group run goes on: what is stored of it is read under a lock, and the decided step is stored in the same
 * transaction, so that two workers never take the same step and a crash takes none by half (I12).
 */
import { randomUUID } from "node:crypto";
import type { GroupMark, GroupStep } from "@fieldbridge/engine";
import {
  groupDefinition,
  groupMemberState,
  issue,
  run,
  transferDefinition,
  type GroupDefinition,
  type GroupMemberState,
  type Issue,
  type Run,
  type TransferDefinition,
} from "@fieldbridge/model";
import type pg from "pg";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import { readJson, writeJson } from "./json-text.ts";
import { requestStops, tellRuns } from "./runs.store.ts";

const UNIQUE_VIOLATION = "23505";

/** Undefined where the group runs already. Its members wait until the group run is advanced. */
export async function insertGroupRun(
  client: pg.ClientBase,
  definition: GroupDefinition,
  names: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  const id = randomUUID();
  const transfers = definition.members.map((member) => member.transfer);
  try {
    await client.query(
      "insert into group_runs (id, group_id, definition, state) values ($1, $2, $3, 'running')",
      [id, definition.id, writeJson(definition)],
    );
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === UNIQUE_VIOLATION) return undefined;
    throw error;
  }
  await client.query(
    `insert into group_run_members (group_run_id, transfer_id, transfer_name, state)
     select $1, transfer_id, transfer_name, 'waiting' from unnest($2::text[], $3::text[]) as m(transfer_id, transfer_name)`,
    [id, transfers, transfers.map((each) => names.get(each) ?? each)],
  );
  return id;
}

interface ProgressRow {
  readonly transfer_id: string;
  readonly transfer_name: string;
  readonly state: string;
  readonly run_id: string | null;
  readonly run_number: number | null;
  readonly run_state: string | null;
  readonly held: number | null;
  readonly issues: string | null;
  readonly published: number | null;
  readonly published_definition: string | null;
}

export interface StoredGroupMember {
  readonly transfer: string;
  readonly name: string;
  readonly state: GroupMemberState;
  readonly run: {
    readonly id: string;
    readonly number: number;
    readonly state: Run["state"];
    readonly held: number;
    readonly issues: Issue[];
  } | null;
  /** What a start would run now; null where the transfer is gone or not published, and once it was started. */
  readonly published: { readonly revision: number; readonly definition: TransferDefinition } | null;
}

const toRun = (row: ProgressRow): StoredGroupMember["run"] =>
  row.run_id === null || row.run_number === null
    ? null
    : {
        id: row.run_id,
        number: row.run_number,
        state: run.shape.state.parse(row.run_state),
        held: row.held ?? 0,
        issues: readJson(z.array(issue), row.issues ?? "[]"),
      };

const toMember = (row: ProgressRow): StoredGroupMember => ({
  transfer: row.transfer_id,
  name: row.transfer_name,
  state: groupMemberState.parse(row.state),
  run: toRun(row),
  published:
    row.published === null || row.published_definition === null
      ? null
      : { revision: row.published, definition: readJson(transferDefinition, row.published_definition) },
});

/** Locks a group run until the transaction ends; undefined where it has ended. */
export async function lockGroupRun(
  client: pg.ClientBase,
  id: string,
): Promise<
  | {
      readonly definition: GroupDefinition;
      readonly stopRequested: boolean;
      readonly members: readonly StoredGroupMember[];
    }
  | undefined
> {
  const { rows } = await client.query<{ definition: string; stop_requested: boolean }>(
    `select definition, stop_requested_at is not null as stop_requested from group_runs
     where id = $1 and state = 'running' for update`,
    [id],
  );
  const [found] = rows;
  if (found === undefined) return undefined;
  const members = await client.query<ProgressRow>(
    `select members.transfer_id, members.transfer_name, members.state, members.run_id, runs.number as run_number,
       runs.state as run_state, runs.held, runs.issues, transfers.published,
       revisions.definition as published_definition
     from group_run_members members
     left join runs on runs.id = members.run_id
     left join transfers on transfers.id = members.transfer_id and members.state = 'waiting'
     left join transfer_revisions revisions
       on revisions.transfer_id = transfers.id and revisions.number = transfers.published
     where members.group_run_id = $1`,
    [id],
  );
  return {
    definition: readJson(groupDefinition, found.definition),
    stopRequested: found.stop_requested,
    members: members.rows.map(toMember),
  };
}

const storeMarks = (client: pg.ClientBase, id: string, marks: readonly GroupMark[]) =>
  client.query(
    `update group_run_members set state = marks.state, reason = marks.reason
     from unnest($2::text[], $3::text[], $4::text[]) as marks(transfer_id, state, reason)
     where group_run_id = $1 and group_run_members.transfer_id = marks.transfer_id`,
    [
      id,
      marks.map((mark) => mark.transfer),
      marks.map((mark) => mark.state),
      marks.map((mark) => mark.reason),
    ],
  );

const storeStarted = (client: pg.ClientBase, id: string, started: ReadonlyMap<string, string>) =>
  client.query(
    `update group_run_members set state = 'running', run_id = started.run_id
     from unnest($2::text[], $3::text[]) as started(transfer_id, run_id)
     where group_run_id = $1 and group_run_members.transfer_id = started.transfer_id`,
    [id, [...started.keys()], [...started.values()]],
  );

/** `started` are the runs inserted for `step.start`, by transfer. Answers how many runs stopped at once. */
export async function storeGroupStep(
  client: pg.ClientBase,
  id: string,
  step: GroupStep,
  started: ReadonlyMap<string, string>,
): Promise<number> {
  if (started.size > 0) await storeStarted(client, id, started);
  if (step.marks.length > 0) await storeMarks(client, id, step.marks);
  if (step.end !== null)
    await client.query("update group_runs set state = $2, ended_at = now() where id = $1", [id, step.end]);
  const { rows } = await client.query<{ run_id: string; transfer_id: string }>(
    "select run_id, transfer_id from group_run_members where group_run_id = $1 and run_id is not null",
    [id],
  );
  if (step.marks.length > 0)
    await tellRuns(
      client,
      rows.map((row) => row.run_id),
    );
  return requestStops(
    client,
    rows.filter((row) => step.stop.includes(row.transfer_id)).map((row) => row.run_id),
  );
}

/** Group runs that have not ended, oldest first. */
export async function listOpenGroupRuns(db: Database): Promise<string[]> {
  const { rows } = await db.pool.query<{ id: string }>(
    "select id from group_runs where state = 'running' order by number",
  );
  return rows.map((row) => row.id);
}

export async function requestGroupStop(db: Database, id: string): Promise<void> {
  await db.pool.query(
    "update group_runs set stop_requested_at = coalesce(stop_requested_at, now()) where id = $1 and state = 'running'",
    [id],
  );
}
