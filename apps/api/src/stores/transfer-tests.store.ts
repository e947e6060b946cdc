/** Transfer tests: kept records with expected results, in the order of their names. */
import {
  keptRecord,
  testOutcome,
  type KeptRecord,
  type TestOutcome,
  type TransferTest,
} from "@fieldbridge/model";
import type { Database } from "../db/database.ts";
import { readJson, writeJson } from "./json-text.ts";

interface TestRow {
  readonly id: bigint;
  readonly name: string;
  readonly kept: string;
  readonly expected: string;
}

const toTest = (row: TestRow): TransferTest => ({
  id: String(row.id),
  name: row.name,
  ...readJson(keptRecord, row.kept),
  expected: readJson(testOutcome, row.expected),
});

const toId = (id: string): bigint => (/^\d{1,18}$/.test(id) ? BigInt(id) : -1n);

export async function listTransferTests(db: Database, transferId: string): Promise<TransferTest[]> {
  const rows = await db.prisma.transferTest.findMany({
    where: { transferId },
    orderBy: [{ name: "asc" }, { id: "asc" }],
  });
  return rows.map(toTest);
}

export const countTransferTests = (db: Database, transferId: string): Promise<number> =>
  db.prisma.transferTest.count({ where: { transferId } });

export async function findTransferTest(
  db: Database,
  transferId: string,
  id: string,
): Promise<TransferTest | undefined> {
  const row = await db.prisma.transferTest.findFirst({ where: { id: toId(id), transferId } });
  return row === null ? undefined : toTest(row);
}

export async function insertTransferTest(
  db: Database,
  transferId: string,
  test: { readonly name: string; readonly kept: KeptRecord; readonly expected: TestOutcome },
): Promise<TransferTest> {
  const { name, kept, expected } = test;
  return toTest(
    await db.prisma.transferTest.create({
      data: { transferId, name, kept: writeJson(kept), expected: writeJson(expected) },
    }),
  );
}

/** Answers false where the test is gone. */
export async function updateTransferTest(
  db: Database,
  transferId: string,
  id: string,
  change: { readonly name?: string; readonly kept?: KeptRecord; readonly expected?: TestOutcome },
): Promise<boolean> {
  const { name, kept, expected } = change;
  const { count } = await db.prisma.transferTest.updateMany({
    where: { id: toId(id), transferId },
    data: {
      ...(name !== undefined && { name }),
      ...(kept !== undefined && { kept: writeJson(kept) }),
      ...(expected !== undefined && { expected: writeJson(expected) }),
    },
  });
  return count > 0;
}

export async function removeTransferTest(db: Database, transferId: string, id: string): Promise<boolean> {
  const { count } = await db.prisma.transferTest.deleteMany({ where: { id: toId(id), transferId } });
  return count > 0;
}
