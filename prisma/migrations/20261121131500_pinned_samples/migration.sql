-- CreateTable
CREATE TABLE "pinned_samples" (
    "transfer_id" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "pinned_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "pinned_samples_pkey" PRIMARY KEY ("transfer_id","source_key")
);

-- AddForeignKey
ALTER TABLE "pinned_samples" ADD CONSTRAINT "pinned_samples_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfers"("id") ON DELETE CASCADE ON UPDATE CASCADE;
