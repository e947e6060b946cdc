-- AlterTable
ALTER TABLE "outcomes" ADD COLUMN     "differences" TEXT NOT NULL DEFAULT '[]',
ADD COLUMN     "drift" TEXT;

-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "drift" INTEGER;

-- What the schema language cannot say.

-- What a compare found, for its list; most outcomes have none.
CREATE INDEX "outcomes_drift_idx" ON "outcomes"("run_id", "id") WHERE "drift" IS NOT NULL;
