-- AlterTable
ALTER TABLE "delivery" ADD COLUMN     "part" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "parts" INTEGER NOT NULL DEFAULT 1,
ADD COLUMN     "reply_to" TEXT;

-- DropIndex
DROP INDEX "delivery_post_id_channel_id_key";

-- CreateIndex
CREATE UNIQUE INDEX "delivery_post_id_channel_id_part_key" ON "delivery"("post_id", "channel_id", "part");
