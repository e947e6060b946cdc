-- AlterTable
ALTER TABLE "runs" ADD COLUMN     "parameters" TEXT NOT NULL DEFAULT '';
