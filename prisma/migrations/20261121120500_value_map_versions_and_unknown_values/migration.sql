-- AlterTable
ALTER TABLE "value_maps" ADD COLUMN     "former_names" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

-- CreateTable
CREATE TABLE "unknown_values" (
    "map" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "held" INTEGER NOT NULL,
    "defaulted" INTEGER NOT NULL,
    "last_run_id" TEXT NOT NULL,
    "example" TEXT NOT NULL,

    CONSTRAINT "unknown_values_pkey" PRIMARY KEY ("map","value","day")
);

-- CreateIndex
CREATE INDEX "unknown_values_day_idx" ON "unknown_values"("day");
