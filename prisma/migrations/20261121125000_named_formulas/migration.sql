-- AlterTable
ALTER TABLE "transfer_revisions" ADD COLUMN     "named_formulas" TEXT NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "named_formulas" (
    "name" TEXT NOT NULL,
    "formula" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "named_formulas_pkey" PRIMARY KEY ("name")
);
