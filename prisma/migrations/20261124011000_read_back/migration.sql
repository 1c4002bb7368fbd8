-- AlterTable
ALTER TABLE "channel" ADD COLUMN     "checked_at" TIMESTAMPTZ(3);

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

-- CreateIndex
CREATE INDEX "delivery_look_at_idx" ON "delivery"("look_at");
