-- AlterTable
ALTER TABLE "cursors" DROP CONSTRAINT "cursors_pkey",
ADD COLUMN     "parameters" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "cursors_pkey" PRIMARY KEY ("transfer_id", "parameters");

-- AlterTable
ALTER TABLE "held_records" ADD COLUMN     "parameters" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "record_links" DROP CONSTRAINT "record_links_pkey",
ADD COLUMN     "parameters" TEXT NOT NULL DEFAULT '',
ADD CONSTRAINT "record_links_pkey" PRIMARY KEY ("transfer_id", "source_key", "parameters");

-- A record is held once per step and set of parameters while it is open.
DROP INDEX "held_records_open_key";
CREATE UNIQUE INDEX "held_records_open_key" ON "held_records"("transfer_id", "source_key", "step", "parameters") WHERE "state" = 'open';
