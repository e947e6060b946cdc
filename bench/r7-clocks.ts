/**
 * R7: records that become visible up to ten minutes after their stamp, many records of one second across page borders,
 * clocks an hour apart in both directions and a night in which summer time ends; and random schedules through nights
 * in which clocks change, looked at by two workers at once. Time is virtual.
 */
import type { TransferDefinition } from "@fieldbridge/model";
import { runAsCommand, type Bench, type Figure } from "./stage/figure.ts";
import { openProduct, type Product, type WrapPort } from "./stage/product.ts";
import { createRandom, type Random } from "./stage/random.ts";
import {
  startBusinessCentral,
  startSalesforce,
  toBusinessCentralConnection,
  toSalesforceConnection,
  type Sandbox,
} from "./stage/sandboxes.ts";
import { runSchedules } from "./stage/run-schedules.ts";
import { openWriter, type Writer } from "./stage/writers.ts";

/** Summer time ends in this night: 01:00 UTC, when clocks in Copenhagen go from 3 back to 2. */
const startsAtMs = Date.parse("2026-10-24T23:30:00Z");

/** Rows that take their time: visible so many seconds after their stamp. */
const lateness = [
  { share: 0.25, seconds: 20 },
  { share: 0.25, seconds: 140 },
  { share: 0.2, seconds: 595 },
] as const;

interface Direction {
  readonly name: string;
  readonly from: "salesforce" | "business-central";
  readonly transfer: TransferDefinition;
  /** Table of the target and the field that holds the number of the record. */
  readonly table: string;
  readonly number: string;
  readonly label: string;
}

const directions: readonly Direction[] = [
  {
    name: "Salesforce, which promises a bound",
    from: "salesforce",
    table: "customers",
    number: "number",
    label: "displayName",
    transfer: {
      kind: "transfer",
      version: 1,
      id: "tr_from_salesforce",
      name: "Accounts to customers",
      source: { connection: "crm", object: "Account" },
      target: { connection: "erp", object: "customers" },
      changes: { by: "watermark", field: "SystemModstamp" },
      match: { by: "keys", keys: { number: "ERP_No__c" }, found: "update", missing: "create" },
      filter: 'BEGINSWITH(ERP_No__c, "N")',
      mappings: { number: { value: "ERP_No__c" }, displayName: { value: "Name" } },
      timeZone: "Europe/Copenhagen",
    },
  },
  {
    name: "Business Central, which promises nothing (overlap 10 minutes)",
    from: "business-central",
    table: "Account",
    number: "ERP_No__c",
    label: "Name",
    transfer: {
      kind: "transfer",
      version: 1,
      id: "tr_from_business_central",
      name: "Customers to accounts",
      source: { connection: "erp", object: "customers" },
      target: { connection: "crm", object: "Account" },
      changes: { by: "watermark", field: "lastModifiedDateTime", overlapSeconds: 600 },
      match: { by: "keys", keys: { ERP_No__c: "number" }, found: "update", missing: "create" },
      filter: 'BEGINSWITH(number, "N")',
      mappings: { ERP_No__c: { value: "number" }, Name: { value: "displayName" } },
      timeZone: "Europe/Copenhagen",
    },
  },
];

/** Pages of five: most of them begin or end inside a second. */
const smallPages: WrapPort = (_id, port) => ({
  ...port,
  limits: { ...port.limits, readPage: 5, settleMs: 0 },
});

interface Tally {
  runs: number;
  writes: number;
  missed: number;
  doubled: number;
  /** Writes to the target beyond one per change. */
  echoes: number;
}

interface Timeline {
  readonly product: Product;
  readonly source: Sandbox;
  readonly target: Sandbox;
  readonly writer: Writer;
  readonly direction: Direction;
  readonly skewSeconds: number;
  readonly random: Random;
}

/** Our own clock says `virtualMs`, that of the source differs by the skew. */
async function setTime({ source, skewSeconds }: Timeline, virtualMs: number): Promise<void> {
  await source.setClock((virtualMs - Date.now()) / 1_000 + skewSeconds);
}

async function runAt({ product, direction }: Timeline, virtualMs: number): Promise<number> {
  const startedAtMs = Date.now();
  const clock = {
    now: () => new Date(virtualMs + Date.now() - startedAtMs).toISOString(),
    sleep: async () => undefined,
  };
  const run = await product.runWithClock(direction.transfer.id, clock);
  if (run.state !== "finished") throw new Error(`${direction.name}: ${JSON.stringify(run.issues)}`);
  return run.counts.created + run.counts.updated;
}

async function live(timeline: Timeline, steps: number, tally: Tally): Promise<void> {
  const { source, target, writer, direction, random, skewSeconds } = timeline;
  let virtualMs = startsAtMs;
  await setTime(timeline, virtualMs);
  await source.setFaults(
    ["POST", "PATCH"].flatMap((method) =>
      lateness.map(({ share, seconds }) => ({
        match: { method, path: writer.path },
        share,
        effect: { type: "lateCommit" as const, seconds },
      })),
    ),
  );
  const open: Promise<boolean>[] = [];
  let numbers = 0;
  let written = 0;
  for (let step = 0; step < steps; step += 1) {
    // Several writes of one step carry the same second.
    for (let left = random.between(3, 9); left > 0; left -= 1) {
      const isNew = numbers < 5 || random.between(0, 2) > 0;
      const number = `N${String(isNew ? numbers++ : random.between(0, numbers - 1)).padStart(5, "0")}`;
      open.push(writer.write(number, `Name ${step}.${left}`, isNew));
    }
    written += await runAt(timeline, virtualMs);
    virtualMs += random.between(2, 90) * 1_000;
    await setTime(timeline, virtualMs);
  }
  // All transactions end, and our clock passes every stamp, also of a source that is an hour ahead.
  await source.setFaults([]);
  for (let left = 0; left < 3; left += 1) {
    virtualMs += 700_000 + Math.abs(skewSeconds) * 1_000;
    await setTime(timeline, virtualMs);
    written += await runAt(timeline, virtualMs);
  }
  const changes = (await Promise.all(open)).filter(Boolean).length;
  tally.runs += steps + 3;
  tally.writes += changes;
  tally.echoes += Math.max(0, written - changes);
  const arrived = new Map<string, string[]>();
  for (const row of target.store.table(direction.table).values()) {
    const [number, label] = [row[direction.number], row[direction.label]];
    if (typeof number === "string" && typeof label === "string")
      arrived.set(number, [...(arrived.get(number) ?? []), label]);
  }
  const wanted = [...writer.current()];
  tally.missed += wanted.filter(([number, label]) => arrived.get(number)?.[0] !== label).length;
  tally.doubled += wanted.filter(([number]) => (arrived.get(number)?.length ?? 0) > 1).length;
}

export async function proveClocks(bench: Bench): Promise<Figure> {
  const steps = bench.size === "full" ? 200 : 6;
  const skews = bench.size === "full" ? [0, 3_600, -3_600] : [3_600, -3_600];
  const tally: Tally = { runs: 0, writes: 0, missed: 0, doubled: 0, echoes: 0 };
  for (const direction of directions)
    for (const [place, skewSeconds] of skews.entries()) {
      const [crm, erp] = [await startSalesforce(), await startBusinessCentral()];
      const product = await openProduct(bench.server, { wrapPort: smallPages });
      try {
        await product.addConnection(toSalesforceConnection("crm", crm.url));
        await product.addConnection(toBusinessCentralConnection("erp", erp.url));
        await product.addTransfer(direction.transfer);
        const isFromCrm = direction.from === "salesforce";
        const source = isFromCrm ? crm : erp;
        const timeline: Timeline = {
          product,
          source,
          target: isFromCrm ? erp : crm,
          writer: await openWriter(direction.from, source),
          direction,
          skewSeconds,
          random: createRandom(70 + place),
        };
        await live(timeline, steps, tally);
        bench.say(`${direction.name}, clocks ${skewSeconds} s apart: ${JSON.stringify(tally)}`);
      } finally {
        await Promise.all([crm.close(), erp.close()]);
        await product.close();
      }
    }
  const schedules = await runSchedules(bench.server, bench.size === "full" ? 1_000 : 14, bench.say);
  return {
    id: "R7",
    text:
      `${tally.missed} missed, ${tally.doubled} doubled, ${tally.echoes} writes beyond one per change in ${tally.writes} changes, 70 % of them visible up to 10 minutes late, ` +
      `${tally.runs} runs through the end of summer time, clocks up to 1 h apart; ` +
      `${schedules.missed} missed, ${schedules.doubled} doubled in ${schedules.ticks} ticks of ${schedules.schedules} random schedules, two workers`,
    met:
      tally.missed + tally.doubled + tally.echoes + schedules.missed + schedules.doubled === 0 &&
      tally.writes > 0 &&
      schedules.ticks > 0,
  };
}

await runAsCommand(import.meta.url, proveClocks);
