-- AlterTable
ALTER TABLE "fate" ADD COLUMN     "brought_at" TIMESTAMPTZ(3),
ADD COLUMN     "brought_by" TEXT,
ADD COLUMN     "brought_from" TEXT,
ADD COLUMN     "channel_ids" INTEGER[] DEFAULT ARRAY[]::INTEGER[];

-- AlterTable
ALTER TABLE "sighting" ALTER COLUMN "feed_id" DROP NOT NULL;
