/** Pinned sample records of a transfer, in the order in which they were pinned. */
import type { PinnedSample } from "@fieldbridge/model";
import type { Database } from "../db/database.ts";

interface PinnedRow {
  readonly sourceKey: string;
  readonly label: string;
  readonly pinnedAt: Date;
}

const toSample = ({ sourceKey, label, pinnedAt }: PinnedRow): PinnedSample => ({
  sourceKey,
  label,
  pinnedAt: pinnedAt.toISOString(),
});

export async function listPinnedSamples(db: Database, transferId: string): Promise<PinnedSample[]> {
  const rows = await db.prisma.pinnedSample.findMany({
    where: { transferId },
    orderBy: [{ pinnedAt: "asc" }, { sourceKey: "asc" }],
  });
  return rows.map(toSample);
}

/** Pinned again, a record keeps its place and takes the new label. */
export async function savePinnedSample(
  db: Database,
  transferId: string,
  { sourceKey, label }: { readonly sourceKey: string; readonly label: string },
): Promise<PinnedSample> {
  return toSample(
    await db.prisma.pinnedSample.upsert({
      where: { transferId_sourceKey: { transferId, sourceKey } },
      create: { transferId, sourceKey, label },
      update: { label },
    }),
  );
}

/** Answers false where it was not pinned. */
export async function removePinnedSample(
  db: Database,
  transferId: string,
  sourceKey: string,
): Promise<boolean> {
  const { count } = await db.prisma.pinnedSample.deleteMany({ where: { transferId, sourceKey } });
  return count > 0;
}
