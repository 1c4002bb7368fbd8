-- AlterTable
ALTER TABLE "article" ADD COLUMN     "content_hash" TEXT,
ADD COLUMN     "corrected_at" TIMESTAMPTZ(3),
ADD COLUMN     "corrections" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "recheck_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "post" ADD COLUMN     "article_corrected_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "sighting" ADD COLUMN     "mark" BIGINT,
ADD COLUMN     "updated_at" TIMESTAMPTZ(3),
ADD COLUMN     "wording" TEXT;

-- CreateTable
CREATE TABLE "feed_document" (
    "feed_id" INTEGER NOT NULL,
    "carried" BYTEA NOT NULL,

    CONSTRAINT "feed_document_pkey" PRIMARY KEY ("feed_id")
);

-- CreateIndex
CREATE INDEX "article_recheck_at_idx" ON "article"("recheck_at");

-- AddForeignKey
ALTER TABLE "feed_document" ADD CONSTRAINT "feed_document_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;
