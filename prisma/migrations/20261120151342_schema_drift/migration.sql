-- AlterTable
ALTER TABLE "transfer_revisions" ADD COLUMN     "used_fields" TEXT;

-- AlterTable
ALTER TABLE "transfers" ADD COLUMN     "review" TEXT;
