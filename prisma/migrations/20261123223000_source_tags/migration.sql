-- AlterTable
ALTER TABLE "source" ADD COLUMN     "tags" TEXT[] DEFAULT ARRAY[]::TEXT[];
