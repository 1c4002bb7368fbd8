-- AlterTable
ALTER TABLE "article" ADD COLUMN     "sketch" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- CreateIndex
CREATE INDEX "article_sketch_idx" ON "article" USING GIN ("sketch");
