-- AlterTable
ALTER TABLE "feed" ADD COLUMN     "hub_topic" TEXT,
ADD COLUMN     "hub_url" TEXT,
ADD COLUMN     "pushed_until" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "subscription" (
    "feed_id" INTEGER NOT NULL,
    "hub" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "public_url" TEXT NOT NULL,
    "secret" BYTEA NOT NULL,
    "state" TEXT NOT NULL,
    "pending" TEXT,
    "reason" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "asked_at" TIMESTAMPTZ(3),
    "confirmed_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3),
    "next_at" TIMESTAMPTZ(3) NOT NULL,
    "delivered_at" TIMESTAMPTZ(3),
    "fresh_at" TIMESTAMPTZ(3),
    "proven" BOOLEAN NOT NULL DEFAULT false,
    "deliveries" INTEGER NOT NULL DEFAULT 0,
    "ignored" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("feed_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "subscription_code_key" ON "subscription"("code");

-- CreateIndex
CREATE INDEX "subscription_next_at_idx" ON "subscription"("next_at");

-- CreateIndex
CREATE INDEX "subscription_fresh_at_idx" ON "subscription"("fresh_at");

-- CreateIndex
CREATE INDEX "feed_hub_url_idx" ON "feed"("hub_url");

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;
