-- AlterTable
ALTER TABLE "held_records" ADD COLUMN     "assignee" TEXT;

-- CreateTable
CREATE TABLE "held_edits" (
    "id" BIGSERIAL NOT NULL,
    "held_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "by" TEXT NOT NULL,
    "values" TEXT NOT NULL,
    "run_id" TEXT,

    CONSTRAINT "held_edits_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "held_edits_held_id_idx" ON "held_edits"("held_id");

-- AddForeignKey
ALTER TABLE "held_edits" ADD CONSTRAINT "held_edits_held_id_fkey" FOREIGN KEY ("held_id") REFERENCES "held_records"("id") ON DELETE CASCADE ON UPDATE CASCADE;
