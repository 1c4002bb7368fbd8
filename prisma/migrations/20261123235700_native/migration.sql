-- DropIndex
DROP INDEX "post_channel_id_idx";

-- AlterTable
ALTER TABLE "brand" ADD COLUMN     "invitations" JSONB NOT NULL DEFAULT '{}';

-- An exemption from the label needs a written reason, which only a channel has.
UPDATE "brand" SET "disclosure" = 'label' WHERE "disclosure" = 'exempt';

-- AlterTable
ALTER TABLE "channel" ADD COLUMN     "style" JSONB NOT NULL DEFAULT '{}';

-- AlterTable
ALTER TABLE "post" ADD COLUMN     "card" JSONB,
ADD COLUMN     "label" TEXT,
ADD COLUMN     "sameness" TEXT,
ADD COLUMN     "substance_at" TIMESTAMPTZ(3),
ADD COLUMN     "substance_by" TEXT;

-- CreateIndex
CREATE INDEX "post_channel_id_created_at_idx" ON "post"("channel_id", "created_at");

-- CreateIndex
CREATE INDEX "post_sameness_idx" ON "post"("sameness");
