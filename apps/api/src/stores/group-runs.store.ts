/** Runs of groups as people see them. How one goes on is in `group-progress.store.ts`. */
import { groupDefinition, groupMemberState, groupRun, type GroupRun } from "@fieldbridge/model";
import * as z from "zod";
import type { Database } from "../db/database.ts";
import { readJson } from "./json-text.ts";
import { readMark, toMark } from "./keyset.ts";
import { readRuns } from "./runs.store.ts";

interface GroupRunRow {
  readonly id: string;
  readonly number: number;
  readonly group_id: string;
  readonly definition: string;
  readonly state: string;
  readonly stop_requested: boolean;
  readonly started_at: Date;
  readonly ended_at: Date | null;
}

interface MemberRow {
  readonly group_run_id: string;
  readonly transfer_id: string;
  readonly transfer_name: string;
  readonly state: string;
  readonly run_id: string | null;
  readonly reason: string | null;
}

const columns = `group_runs.id, group_runs.number, group_runs.group_id, group_runs.definition, group_runs.state,
  group_runs.stop_requested_at is not null as stop_requested, group_runs.started_at, group_runs.ended_at`;

async function toGroupRuns(db: Database, rows: readonly GroupRunRow[]): Promise<GroupRun[]> {
  const { rows: memberRows } = await db.pool.query<MemberRow>(
    `select group_run_id, transfer_id, transfer_name, state, run_id, reason
     from group_run_members where group_run_id = any($1)`,
    [rows.map((row) => row.id)],
  );
  const runs = await readRuns(
    db,
    memberRows.flatMap((row) => row.run_id ?? []),
  );
  const runById = new Map(runs.map((run) => [run.id, run]));
  return rows.map((row) => {
    const { name, members } = readJson(groupDefinition, row.definition);
    return {
      id: row.id,
      number: row.number,
      groupId: row.group_id,
      groupName: name,
      state: groupRun.shape.state.parse(row.state),
      members: members.flatMap(({ transfer, after }) => {
        const stored = memberRows.find(
          (each) => each.group_run_id === row.id && each.transfer_id === transfer,
        );
        return stored === undefined
          ? []
          : {
              transferId: transfer,
              transferName: stored.transfer_name,
              after,
              state: groupMemberState.parse(stored.state),
              reason: stored.reason,
              run: (stored.run_id === null ? undefined : runById.get(stored.run_id)) ?? null,
            };
      }),
      stopRequested: row.stop_requested,
      startedAt: row.started_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
    };
  });
}

export async function findGroupRun(db: Database, id: string): Promise<GroupRun | undefined> {
  const { rows } = await db.pool.query<GroupRunRow>(
    `select ${columns} from group_runs where group_runs.id = $1`,
    [id],
  );
  return (await toGroupRuns(db, rows))[0];
}

/** Newest first. */
export async function listGroupRuns(
  db: Database,
  groupId: string,
  page: { readonly limit: number; readonly after?: string | undefined },
): Promise<{ items: GroupRun[]; next: string | null; total: number }> {
  const [below] = page.after === undefined ? [null] : readMark(z.tuple([z.int()]), page.after);
  const [found, count] = await Promise.all([
    db.pool.query<GroupRunRow>(
      `select ${columns} from group_runs where group_id = $1 and ($2::int is null or number < $2)
       order by number desc limit $3`,
      [groupId, below, page.limit + 1],
    ),
    db.pool.query<{ total: number }>("select count(*)::int as total from group_runs where group_id = $1", [
      groupId,
    ]),
  ]);
  const items = await toGroupRuns(db, found.rows.slice(0, page.limit));
  const last = items.at(-1);
  return {
    items,
    next: found.rows.length > page.limit && last ? toMark([last.number]) : null,
    total: count.rows[0]?.total ?? 0,
  };
}

/** The newest run of each group that has one. */
export async function readLastGroupRuns(
  db: Database,
  groupIds: readonly string[],
): Promise<ReadonlyMap<string, GroupRun>> {
  const { rows } = await db.pool.query<GroupRunRow>(
    `select distinct on (group_id) ${columns} from group_runs where group_id = any($1)
     order by group_id, number desc`,
    [groupIds],
  );
  return new Map((await toGroupRuns(db, rows)).map((run) => [run.groupId, run]));
}
