-- AlterTable
ALTER TABLE "brand" ADD COLUMN     "model_settings" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "post" ADD COLUMN     "alternative" JSONB,
ADD COLUMN     "writing_id" INTEGER;

-- CreateTable
CREATE TABLE "writing" (
    "id" SERIAL NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "article_id" INTEGER NOT NULL,
    "language" TEXT NOT NULL,
    "writer" TEXT NOT NULL,
    "headline" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "alt_text" TEXT NOT NULL,
    "claims" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "writing_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "edit" (
    "post_id" INTEGER NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "language" TEXT NOT NULL,
    "before" TEXT NOT NULL,
    "after" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "edit_pkey" PRIMARY KEY ("post_id")
);

-- CreateIndex
CREATE INDEX "writing_brand_id_article_id_language_idx" ON "writing"("brand_id", "article_id", "language");

-- CreateIndex
CREATE INDEX "writing_article_id_idx" ON "writing"("article_id");

-- CreateIndex
CREATE INDEX "edit_brand_id_at_idx" ON "edit"("brand_id", "at");

-- CreateIndex
CREATE INDEX "post_writing_id_idx" ON "post"("writing_id");

-- AddForeignKey
ALTER TABLE "post" ADD CONSTRAINT "post_writing_id_fkey" FOREIGN KEY ("writing_id") REFERENCES "writing"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "writing" ADD CONSTRAINT "writing_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "writing" ADD CONSTRAINT "writing_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edit" ADD CONSTRAINT "edit_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "edit" ADD CONSTRAINT "edit_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE CASCADE ON UPDATE CASCADE;
