-- CreateTable
CREATE TABLE "brand" (
    "id" SERIAL NOT NULL,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "time_zone" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "voice" JSONB NOT NULL,
    "call_to_action" TEXT,
    "disclosure" TEXT NOT NULL,
    "on_writer_failure" TEXT NOT NULL,
    "controller" JSONB NOT NULL,
    "paused" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "brand_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "member" (
    "id" SERIAL NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "member_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "login" (
    "token_hash" TEXT NOT NULL,
    "member_id" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "login_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "session" (
    "session_hash" TEXT NOT NULL,
    "member_id" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "session_pkey" PRIMARY KEY ("session_hash")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" SERIAL NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "feed" (
    "id" SERIAL NOT NULL,
    "url" TEXT NOT NULL,
    "url_key" TEXT NOT NULL,
    "kind" TEXT,
    "title" TEXT,
    "language" TEXT,
    "site_url" TEXT,
    "etag" TEXT,
    "last_modified" TEXT,
    "state" TEXT NOT NULL DEFAULT 'new',
    "reason" TEXT,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "last_polled_at" TIMESTAMPTZ(3),
    "last_good_at" TIMESTAMPTZ(3),
    "next_poll_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_by" INTEGER,

    CONSTRAINT "feed_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source" (
    "id" SERIAL NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "feed_id" INTEGER NOT NULL,
    "name" TEXT,
    "state" TEXT NOT NULL DEFAULT 'active',
    "first_posts" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "article" (
    "id" SERIAL NOT NULL,
    "feed_id" INTEGER,
    "guid" TEXT,
    "url" TEXT NOT NULL,
    "canonical_url" TEXT NOT NULL,
    "url_key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "author" TEXT,
    "published_at" TIMESTAMPTZ(3),
    "image_url" TEXT,
    "site_name" TEXT,
    "text_from" TEXT NOT NULL,
    "page_problem" TEXT,
    "entry" JSONB,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "frozen_at" TIMESTAMPTZ(3),

    CONSTRAINT "article_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "sighting" (
    "id" SERIAL NOT NULL,
    "feed_id" INTEGER NOT NULL,
    "article_id" INTEGER NOT NULL,
    "guid_key" TEXT NOT NULL,
    "url_key" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sighting_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "fate" (
    "id" SERIAL NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "source_id" INTEGER,
    "article_id" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "waiting_for" TEXT,
    "reason" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "claimed_by" INTEGER,

    CONSTRAINT "fate_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "channel" (
    "id" SERIAL NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "platform" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "language" TEXT,
    "auto" BOOLEAN NOT NULL DEFAULT false,
    "state" TEXT NOT NULL DEFAULT 'active',
    "reason" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "channel_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "post" (
    "id" SERIAL NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "article_id" INTEGER NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "reason" TEXT,
    "planned_at" TIMESTAMPTZ(3),
    "grounding" JSONB NOT NULL,
    "cost_micros" INTEGER NOT NULL DEFAULT 0,
    "writer" TEXT NOT NULL,
    "approved_by" TEXT,
    "approved_at" TIMESTAMPTZ(3),
    "code" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "post_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "link" (
    "code" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "post_id" INTEGER NOT NULL,
    "article_id" INTEGER NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "target" TEXT NOT NULL,

    CONSTRAINT "link_pkey" PRIMARY KEY ("code")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" SERIAL NOT NULL,
    "post_id" INTEGER NOT NULL,
    "channel_id" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "fence" INTEGER NOT NULL DEFAULT 0,
    "claimed_by" INTEGER,
    "remote_id" TEXT,
    "url" TEXT,
    "reason" TEXT,
    "confirmed_at" TIMESTAMPTZ(3),
    "next_measure_at" TIMESTAMPTZ(3),
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt" (
    "id" UUID NOT NULL,
    "delivery_id" INTEGER NOT NULL,
    "fence" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "body" TEXT NOT NULL,
    "body_hash" TEXT NOT NULL,

    CONSTRAINT "attempt_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "attempt_outcome" (
    "id" SERIAL NOT NULL,
    "attempt_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "outcome" TEXT NOT NULL,
    "reason" TEXT,
    "remote_id" TEXT,
    "by" TEXT NOT NULL,

    CONSTRAINT "attempt_outcome_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "engagement" (
    "delivery_id" INTEGER NOT NULL,
    "metric" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "value" INTEGER NOT NULL,

    CONSTRAINT "engagement_pkey" PRIMARY KEY ("delivery_id","metric","at")
);

-- CreateTable
CREATE TABLE "click" (
    "id" SERIAL NOT NULL,
    "code" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "class" TEXT NOT NULL,
    "reason" TEXT,
    "visitor" TEXT,

    CONSTRAINT "click_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "visitor_key" (
    "day" TEXT NOT NULL,
    "key" BYTEA NOT NULL,

    CONSTRAINT "visitor_key_pkey" PRIMARY KEY ("day")
);

-- CreateTable
CREATE TABLE "lead" (
    "id" SERIAL NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "language" TEXT NOT NULL,
    "stage" TEXT NOT NULL DEFAULT 'new',
    "score" INTEGER NOT NULL DEFAULT 0,
    "reasons" JSONB NOT NULL,
    "data_key" BYTEA,
    "name" BYTEA,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "erased_at" TIMESTAMPTZ(3),

    CONSTRAINT "lead_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_contact" (
    "id" SERIAL NOT NULL,
    "lead_id" INTEGER NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "value" BYTEA NOT NULL,
    "blind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_contact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent_wording" (
    "id" TEXT NOT NULL,
    "language" TEXT NOT NULL,
    "text" TEXT NOT NULL,

    CONSTRAINT "consent_wording_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" SERIAL NOT NULL,
    "lead_id" INTEGER NOT NULL,
    "purpose" TEXT NOT NULL,
    "granted" BOOLEAN NOT NULL,
    "wording_id" TEXT NOT NULL,
    "how" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "touch" (
    "id" SERIAL NOT NULL,
    "lead_id" INTEGER NOT NULL,
    "post_id" INTEGER,
    "article_id" INTEGER,
    "channel_id" INTEGER,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "touch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lead_message" (
    "id" SERIAL NOT NULL,
    "lead_id" INTEGER NOT NULL,
    "sender" TEXT NOT NULL,
    "text" BYTEA NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "lead_message_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "conversation" (
    "id" SERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "person" TEXT NOT NULL,
    "brand_id" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "code" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "conversation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "update" (
    "id" SERIAL NOT NULL,
    "platform" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "content" BYTEA,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "handled_at" TIMESTAMPTZ(3),

    CONSTRAINT "update_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "brand_slug_key" ON "brand"("slug");

-- CreateIndex
CREATE INDEX "member_brand_id_idx" ON "member"("brand_id");

-- CreateIndex
CREATE INDEX "login_member_id_idx" ON "login"("member_id");

-- CreateIndex
CREATE INDEX "session_member_id_idx" ON "session"("member_id");

-- CreateIndex
CREATE UNIQUE INDEX "feed_url_key_key" ON "feed"("url_key");

-- CreateIndex
CREATE INDEX "feed_next_poll_at_idx" ON "feed"("next_poll_at");

-- CreateIndex
CREATE INDEX "source_feed_id_idx" ON "source"("feed_id");

-- CreateIndex
CREATE UNIQUE INDEX "source_brand_id_feed_id_key" ON "source"("brand_id", "feed_id");

-- CreateIndex
CREATE UNIQUE INDEX "article_url_key_key" ON "article"("url_key");

-- CreateIndex
CREATE INDEX "article_feed_id_idx" ON "article"("feed_id");

-- CreateIndex
CREATE INDEX "article_seen_at_idx" ON "article"("seen_at");

-- CreateIndex
CREATE INDEX "sighting_article_id_idx" ON "sighting"("article_id");

-- CreateIndex
CREATE INDEX "sighting_url_key_idx" ON "sighting"("url_key");

-- CreateIndex
CREATE UNIQUE INDEX "sighting_feed_id_guid_key_key" ON "sighting"("feed_id", "guid_key");

-- CreateIndex
CREATE INDEX "fate_article_id_idx" ON "fate"("article_id");

-- CreateIndex
CREATE INDEX "fate_brand_id_article_id_idx" ON "fate"("brand_id", "article_id");

-- CreateIndex
CREATE INDEX "fate_brand_id_state_article_id_idx" ON "fate"("brand_id", "state", "article_id");

-- CreateIndex
CREATE INDEX "fate_waiting_for_changed_at_idx" ON "fate"("waiting_for", "changed_at");

-- CreateIndex
CREATE UNIQUE INDEX "fate_source_id_article_id_key" ON "fate"("source_id", "article_id");

-- CreateIndex
CREATE INDEX "channel_platform_address_idx" ON "channel"("platform", "address");

-- CreateIndex
CREATE UNIQUE INDEX "channel_brand_id_platform_address_key" ON "channel"("brand_id", "platform", "address");

-- CreateIndex
CREATE UNIQUE INDEX "post_code_key" ON "post"("code");

-- CreateIndex
CREATE INDEX "post_brand_id_state_id_idx" ON "post"("brand_id", "state", "id");

-- CreateIndex
CREATE INDEX "post_channel_id_idx" ON "post"("channel_id");

-- CreateIndex
CREATE INDEX "post_brand_id_created_at_idx" ON "post"("brand_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "post_article_id_channel_id_key" ON "post"("article_id", "channel_id");

-- CreateIndex
CREATE INDEX "link_post_id_idx" ON "link"("post_id");

-- CreateIndex
CREATE INDEX "link_article_id_idx" ON "link"("article_id");

-- CreateIndex
CREATE INDEX "link_channel_id_idx" ON "link"("channel_id");

-- CreateIndex
CREATE INDEX "link_brand_id_idx" ON "link"("brand_id");

-- CreateIndex
CREATE INDEX "delivery_state_due_at_idx" ON "delivery"("state", "due_at");

-- CreateIndex
CREATE INDEX "delivery_next_measure_at_idx" ON "delivery"("next_measure_at");

-- CreateIndex
CREATE INDEX "delivery_channel_id_remote_id_idx" ON "delivery"("channel_id", "remote_id");

-- CreateIndex
CREATE INDEX "delivery_confirmed_at_idx" ON "delivery"("confirmed_at");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_post_id_channel_id_key" ON "delivery"("post_id", "channel_id");

-- CreateIndex
CREATE UNIQUE INDEX "attempt_delivery_id_fence_key" ON "attempt"("delivery_id", "fence");

-- CreateIndex
CREATE INDEX "attempt_outcome_attempt_id_idx" ON "attempt_outcome"("attempt_id");

-- CreateIndex
CREATE INDEX "click_code_class_at_idx" ON "click"("code", "class", "at");

-- CreateIndex
CREATE INDEX "click_at_idx" ON "click"("at");

-- CreateIndex
CREATE INDEX "lead_brand_id_created_at_idx" ON "lead"("brand_id", "created_at");

-- CreateIndex
CREATE INDEX "lead_contact_lead_id_idx" ON "lead_contact"("lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "lead_contact_brand_id_kind_blind_key" ON "lead_contact"("brand_id", "kind", "blind");

-- CreateIndex
CREATE INDEX "consent_lead_id_idx" ON "consent"("lead_id");

-- CreateIndex
CREATE INDEX "touch_lead_id_idx" ON "touch"("lead_id");

-- CreateIndex
CREATE INDEX "touch_post_id_idx" ON "touch"("post_id");

-- CreateIndex
CREATE INDEX "touch_article_id_idx" ON "touch"("article_id");

-- CreateIndex
CREATE INDEX "touch_channel_id_idx" ON "touch"("channel_id");

-- CreateIndex
CREATE INDEX "lead_message_lead_id_idx" ON "lead_message"("lead_id");

-- CreateIndex
CREATE UNIQUE INDEX "conversation_platform_person_key" ON "conversation"("platform", "person");

-- CreateIndex
CREATE INDEX "update_handled_at_id_idx" ON "update"("handled_at", "id");

-- CreateIndex
CREATE UNIQUE INDEX "update_platform_key_key" ON "update"("platform", "key");

-- AddForeignKey
ALTER TABLE "member" ADD CONSTRAINT "member_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "login" ADD CONSTRAINT "login_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_member_id_fkey" FOREIGN KEY ("member_id") REFERENCES "member"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "source" ADD CONSTRAINT "source_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "article" ADD CONSTRAINT "article_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sighting" ADD CONSTRAINT "sighting_feed_id_fkey" FOREIGN KEY ("feed_id") REFERENCES "feed"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sighting" ADD CONSTRAINT "sighting_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fate" ADD CONSTRAINT "fate_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fate" ADD CONSTRAINT "fate_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "fate" ADD CONSTRAINT "fate_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "channel" ADD CONSTRAINT "channel_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post" ADD CONSTRAINT "post_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post" ADD CONSTRAINT "post_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "post" ADD CONSTRAINT "post_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "link" ADD CONSTRAINT "link_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt" ADD CONSTRAINT "attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "attempt_outcome" ADD CONSTRAINT "attempt_outcome_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "engagement" ADD CONSTRAINT "engagement_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "delivery"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "click" ADD CONSTRAINT "click_code_fkey" FOREIGN KEY ("code") REFERENCES "link"("code") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead" ADD CONSTRAINT "lead_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_contact" ADD CONSTRAINT "lead_contact_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_wording_id_fkey" FOREIGN KEY ("wording_id") REFERENCES "consent_wording"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "touch" ADD CONSTRAINT "touch_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "touch" ADD CONSTRAINT "touch_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "post"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "touch" ADD CONSTRAINT "touch_article_id_fkey" FOREIGN KEY ("article_id") REFERENCES "article"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "touch" ADD CONSTRAINT "touch_channel_id_fkey" FOREIGN KEY ("channel_id") REFERENCES "channel"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lead_message" ADD CONSTRAINT "lead_message_lead_id_fkey" FOREIGN KEY ("lead_id") REFERENCES "lead"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "conversation" ADD CONSTRAINT "conversation_brand_id_fkey" FOREIGN KEY ("brand_id") REFERENCES "brand"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Prisma's schema can't say what follows.

-- An article that no source brought has one fate per brand.
CREATE UNIQUE INDEX "fate_without_source_key" ON "fate"("brand_id", "article_id") WHERE "source_id" IS NULL;

-- The ledger only grows. It holds no personal data, so nothing ever has to leave it.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER "attempt_append_only" BEFORE UPDATE OR DELETE ON "attempt"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

CREATE TRIGGER "attempt_outcome_append_only" BEFORE UPDATE OR DELETE ON "attempt_outcome"
    FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
