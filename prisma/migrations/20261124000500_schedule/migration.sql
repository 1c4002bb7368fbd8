-- AlterTable
ALTER TABLE "channel" ADD COLUMN     "schedule" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "post" ADD COLUMN     "breaking" BOOLEAN NOT NULL DEFAULT false;

-- CreateIndex
CREATE INDEX "delivery_channel_id_state_due_at_idx" ON "delivery"("channel_id", "state", "due_at");
