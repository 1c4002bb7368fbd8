-- AlterTable
ALTER TABLE "brand" ADD COLUMN     "budget" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "channel" ADD COLUMN     "budget_month_micros" INTEGER;

-- AlterTable
ALTER TABLE "post" ALTER COLUMN "cost_micros" DROP NOT NULL,
ALTER COLUMN "cost_micros" DROP DEFAULT;

-- CreateTable
CREATE TABLE "spending" (
    "id" SERIAL NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "channel_id" INTEGER,
    "article_id" INTEGER,
    "post_id" INTEGER,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "entry" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "payee" TEXT NOT NULL,
    "input_tokens" INTEGER NOT NULL DEFAULT 0,
    "cached_input_tokens" INTEGER NOT NULL DEFAULT 0,
    "output_tokens" INTEGER NOT NULL DEFAULT 0,
    "amount_micros" INTEGER,
    "reference" UUID NOT NULL,

    CONSTRAINT "spending_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "notice" (
    "id" SERIAL NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "relevance" (
    "article_id" INTEGER NOT NULL,
    "about_key" TEXT NOT NULL,
    "fits" BOOLEAN,
    "reason" TEXT NOT NULL DEFAULT '',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "relevance_pkey" PRIMARY KEY ("article_id","about_key")
);

-- CreateIndex
CREATE INDEX "spending_brand_id_at_idx" ON "spending"("brand_id", "at");

-- CreateIndex
CREATE INDEX "spending_channel_id_at_idx" ON "spending"("channel_id", "at");

-- CreateIndex
CREATE INDEX "spending_post_id_idx" ON "spending"("post_id");

-- CreateIndex
CREATE UNIQUE INDEX "spending_reference_entry_key" ON "spending"("reference", "entry");

-- CreateIndex
CREATE UNIQUE INDEX "notice_brand_id_key_key" ON "notice"("brand_id", "key");

-- AddForeignKey
ALTER TABLE "spending" ADD CONSTRAINT "spending_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "notice" ADD CONSTRAINT "notice_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "relevance" ADD CONSTRAINT "relevance_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What posts cost before there was a ledger.
INSERT INTO "spending" ("brand_id", "channel_id", "article_id", "post_id", "at", "entry", "purpose", "payee", "amount_micros", "reference")
SELECT "brand_id", "channel_id", "article_id", "id", "created_at", 'charge', 'write', "writer", "cost_micros", gen_random_uuid()
FROM "post" WHERE "cost_micros" > 0;

CREATE TRIGGER "spending_append_only" BEFORE UPDATE OR DELETE ON "spending"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
