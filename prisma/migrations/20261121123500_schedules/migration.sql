-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "schedule_id" TEXT;

-- CreateTable
CREATE TABLE "schedules" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "transfer_id" TEXT NOT NULL,
    "work" TEXT NOT NULL,
    "cron" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL,
    "parameters" TEXT NOT NULL,
    "next_at" TIMESTAMPTZ(3),
    "skipped_at" TIMESTAMPTZ(3),
    "skipped_reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "schedules_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "schedules_next_at_idx" ON "schedules"("next_at");

-- CreateIndex
CREATE INDEX "schedules_transfer_id_idx" ON "schedules"("transfer_id");

-- CreateIndex
CREATE INDEX "runs_schedule_id_number_idx" ON "runs"("schedule_id", "number");

-- AddForeignKey
ALTER TABLE "schedules" ADD CONSTRAINT "schedules_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_schedule_id_fkey" FOREIGN KEY ("schedule_id") REFERENCES "schedules"("id") ON DELETE SET NULL ON UPDATE CASCADE;
