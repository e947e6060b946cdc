-- AlterTable
ALTER TABLE "held_records" ADD COLUMN     "action" TEXT;
