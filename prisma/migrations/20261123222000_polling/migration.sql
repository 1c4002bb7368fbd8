-- AlterTable
ALTER TABLE "feed" ADD COLUMN     "moving_to" TEXT,
ADD COLUMN     "pace_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "pace_from" TIMESTAMPTZ(3),
ADD COLUMN     "pause_ms" INTEGER,
ADD COLUMN     "skip_days" INTEGER[] DEFAULT ARRAY[]::INTEGER[],
ADD COLUMN     "skip_hours" INTEGER[] DEFAULT ARRAY[]::INTEGER[];
