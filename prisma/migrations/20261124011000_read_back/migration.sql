-- AlterTable
ALTER TABLE "channel" ADD COLUMN     "checked_at" TIMESTAMPTZ(3),
ADD COLUMN     "page_read_at" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "look_at" TIMESTAMPTZ(3),
ADD COLUMN     "looks" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "breaker" (
    "platform" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "pauses" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "open_until" TIMESTAMPTZ(3),

    CONSTRAINT "breaker_pkey" PRIMARY KEY ("platform")
);

-- CreateTable
CREATE TABLE "witness" (
    "platform" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "remote_id" TEXT NOT NULL,
    "mark" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "witness_pkey" PRIMARY KEY ("platform","address","remote_id")
);

-- CreateIndex
CREATE INDEX "witness_platform_address_mark_idx" ON "witness"("platform", "address", "mark");

-- CreateIndex
CREATE INDEX "witness_at_idx" ON "witness"("at");

-- CreateIndex
CREATE INDEX "delivery_look_at_idx" ON "delivery"("look_at");
