-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "lookups" TEXT NOT NULL DEFAULT '[]';
