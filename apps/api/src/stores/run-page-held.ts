/** What a page does to held records, inside its transaction: holds, settles, and releases those that wait. */
import type { DueRecord, PageCommit, RecordLink } from "@fieldbridge/engine";
import { issueClass } from "@fieldbridge/model";
import type pg from "pg";
import { toPlainText, writeJson } from "./json-text.ts";
import { retrySchedule } from "./retry-schedule.ts";
import type { TransferBinding } from "./run-memory.store.ts";
import { lastByKey, toColumns } from "./set-columns.ts";

interface HeldBinding extends TransferBinding {
  readonly runId: string;
}

const rules = Object.entries(retrySchedule);

export async function upsertHeld(
  client: pg.ClientBase,
  run: HeldBinding,
  held: PageCommit["held"],
): Promise<void> {
  if (held.length === 0) return;
  const unique = lastByKey(held, (each) => `${each.step} ${each.sourceKey}`);
  await client.query(
    `with rules as (
       select * from unnest($3::text[], $4::float8[], $5::float8[], $6::int[])
         as rules(class, first_ms, max_ms, attempts)
     ), given as (
       select * from unnest($7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[],
           $14::text[])
         with ordinality as given(source_key, step, label, class, signature, issues, trail, action, place)
     ), stored as (
       insert into held_records as held (transfer_id, parameters, source_key, step, action, label, class, signature, issues, state,
         attempts, first_run_id, last_run_id, held_since, next_attempt_at)
       select $1, $15, source_key, step, action, label, given.class, signature, issues, 'open', 1, $2, $2, now(),
         now() + first_ms * interval '1 millisecond'
       from given join rules on rules.class = given.class order by place
       on conflict (transfer_id, source_key, step, parameters) where state = 'open' do update
         set action = excluded.action, label = excluded.label, class = excluded.class, signature = excluded.signature,
           issues = excluded.issues, attempts = held.attempts + 1, last_run_id = excluded.last_run_id,
           next_attempt_at = (select case when held.attempts + 1 < rules.attempts
               then now() + least(first_ms * power(2, held.attempts), max_ms) * interval '1 millisecond'
             end from rules where rules.class = excluded.class)
       returning id, source_key, step
     )
     insert into held_trails (held_id, trail)
     select stored.id, given.trail from stored join given using (source_key, step)
     on conflict (held_id) do update set trail = excluded.trail`,
    [
      run.transferId,
      run.runId,
      ...toColumns(
        rules,
        ([name]) => name,
        ([, rule]) => rule.firstMs,
        ([, rule]) => rule.maxMs,
        ([, rule]) => rule.attempts,
      ),
      ...toColumns(
        unique,
        (each) => each.sourceKey,
        (each) => each.step,
        (each) => toPlainText(each.label),
        (each) => issueClass.parse(each.class),
        (each) => toPlainText(each.signature),
        (each) => writeJson(each.issues),
        (each) => writeJson(each.trail),
        (each) => each.action ?? null,
      ),
      run.parameters,
    ],
  );
}

export async function settleHeld(
  client: pg.ClientBase,
  run: HeldBinding,
  settled: readonly DueRecord[],
): Promise<void> {
  if (settled.length === 0) return;
  await client.query(
    `update held_records held set state = 'resolved', closed_at = now(), next_attempt_at = null, last_run_id = $2
     from unnest($3::text[], $4::text[]) as settled(source_key, step)
     where held.transfer_id = $1 and held.parameters = $5 and held.state = 'open'
       and held.source_key = settled.source_key and held.step = settled.step`,
    [
      run.transferId,
      run.runId,
      ...toColumns(
        settled,
        (each) => each.sourceKey,
        (each) => each.step,
      ),
      run.parameters,
    ],
  );
}

/** Records that wait for a parent which this page may have written may go now, those of this transfer as well. */
export async function releaseWaiting(
  client: pg.ClientBase,
  run: HeldBinding,
  links: readonly RecordLink[],
): Promise<void> {
  if (!links.some((link) => link.state === "linked")) return;
  await client.query(
    `update held_records held set next_attempt_at = now()
     from transfers where transfers.id = held.transfer_id and transfers.target_connection = $1
       and held.state = 'open' and held.class = 'waiting'`,
    [run.targetConnection],
  );
}
