-- CreateTable
CREATE TABLE "run_totals" (
    "run_id" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "by" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "target" TEXT NOT NULL,
    "records" INTEGER NOT NULL,
    "missing" INTEGER NOT NULL,

    CONSTRAINT "run_totals_pkey" PRIMARY KEY ("run_id","total","by")
);

-- AddForeignKey
ALTER TABLE "run_totals" ADD CONSTRAINT "run_totals_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;
