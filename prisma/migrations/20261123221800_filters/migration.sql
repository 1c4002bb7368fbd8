-- AlterTable
ALTER TABLE "article" ADD COLUMN     "categories" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- AlterTable
ALTER TABLE "brand" ADD COLUMN     "filter" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "source" ADD COLUMN     "filter" JSONB NOT NULL DEFAULT '{}';
