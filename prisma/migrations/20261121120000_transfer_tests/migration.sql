-- CreateTable
CREATE TABLE "transfer_tests" (
    "id" BIGSERIAL NOT NULL,
    "transfer_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "kept" TEXT NOT NULL,
    "expected" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "transfer_tests_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "transfer_tests_transfer_id_idx" ON "transfer_tests"("transfer_id");

-- AddForeignKey
ALTER TABLE "transfer_tests" ADD CONSTRAINT "transfer_tests_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfers"("id") ON DELETE CASCADE ON UPDATE CASCADE;
