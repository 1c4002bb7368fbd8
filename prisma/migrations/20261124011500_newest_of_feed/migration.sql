-- The newest articles of a feed are looked up by its hosts.
DROP INDEX "article_feed_id_idx";
CREATE INDEX "article_feed_id_id_idx" ON "article"("feed_id", "id");
