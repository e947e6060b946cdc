-- CreateTable
CREATE TABLE "connections" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "built_in" BOOLEAN NOT NULL DEFAULT false,
    "config" TEXT NOT NULL,
    "secrets" TEXT,
    "secrets_set" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "state" TEXT NOT NULL DEFAULT 'unknown',
    "state_since" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "connections_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "object_lists" (
    "connection_id" TEXT NOT NULL,
    "objects" TEXT NOT NULL,
    "discovered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "object_lists_pkey" PRIMARY KEY ("connection_id")
);

-- CreateTable
CREATE TABLE "cached_schemas" (
    "connection_id" TEXT NOT NULL,
    "object" TEXT NOT NULL,
    "schema" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "discovered_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cached_schemas_pkey" PRIMARY KEY ("connection_id","object")
);

-- CreateTable
CREATE TABLE "transfers" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "definition" TEXT NOT NULL,
    "draft_revision" INTEGER NOT NULL DEFAULT 1,
    "published" INTEGER,
    "source_connection" TEXT NOT NULL,
    "target_connection" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "transfers_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "transfer_revisions" (
    "transfer_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "definition" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "source_connection" TEXT NOT NULL,
    "source_object" TEXT NOT NULL,
    "target_connection" TEXT NOT NULL,
    "target_object" TEXT NOT NULL,
    "published_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "transfer_revisions_pkey" PRIMARY KEY ("transfer_id","number")
);

-- CreateTable
CREATE TABLE "value_maps" (
    "name" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "value_maps_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "runs" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "transfer_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "scope" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "phase" TEXT,
    "read" INTEGER NOT NULL DEFAULT 0,
    "filtered" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,
    "unchanged" INTEGER NOT NULL DEFAULT 0,
    "created" INTEGER NOT NULL DEFAULT 0,
    "updated" INTEGER NOT NULL DEFAULT 0,
    "removed" INTEGER NOT NULL DEFAULT 0,
    "held" INTEGER NOT NULL DEFAULT 0,
    "phase_ms" TEXT NOT NULL DEFAULT '{}',
    "expected" INTEGER,
    "source_calls" INTEGER NOT NULL DEFAULT 0,
    "target_calls" INTEGER NOT NULL DEFAULT 0,
    "issues" TEXT NOT NULL DEFAULT '[]',
    "queued_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "started_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "stop_requested_at" TIMESTAMPTZ(3),
    "worker_id" TEXT,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "outcomes" (
    "id" BIGSERIAL NOT NULL,
    "run_id" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "target_key" TEXT,
    "target_label" TEXT,
    "target_url" TEXT,
    "reason" TEXT,
    "issues" TEXT NOT NULL,
    "write_back" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "outcomes_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "held_records" (
    "id" BIGSERIAL NOT NULL,
    "transfer_id" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "label" TEXT NOT NULL,
    "step" TEXT NOT NULL,
    "class" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "issues" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "first_run_id" TEXT NOT NULL,
    "last_run_id" TEXT NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(3),
    "held_since" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "ignored_reason" TEXT,

    CONSTRAINT "held_records_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "held_trails" (
    "held_id" BIGINT NOT NULL,
    "trail" TEXT NOT NULL,

    CONSTRAINT "held_trails_pkey" PRIMARY KEY ("held_id")
);

-- CreateTable
CREATE TABLE "record_links" (
    "transfer_id" TEXT NOT NULL,
    "source_key" TEXT NOT NULL,
    "target_key" TEXT,
    "state" TEXT NOT NULL,
    "hash" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "record_links_pkey" PRIMARY KEY ("transfer_id","source_key")
);

-- CreateTable
CREATE TABLE "cursors" (
    "transfer_id" TEXT NOT NULL,
    "position" TEXT,
    "before" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cursors_pkey" PRIMARY KEY ("transfer_id")
);

-- CreateIndex
CREATE INDEX "transfers_source_connection_idx" ON "transfers"("source_connection");

-- CreateIndex
CREATE INDEX "transfers_target_connection_idx" ON "transfers"("target_connection");

-- CreateIndex
CREATE INDEX "transfer_revisions_target_object_idx" ON "transfer_revisions"("target_object");

-- CreateIndex
CREATE UNIQUE INDEX "runs_number_key" ON "runs"("number");

-- CreateIndex
CREATE INDEX "runs_transfer_id_number_idx" ON "runs"("transfer_id", "number");

-- CreateIndex
CREATE INDEX "runs_state_idx" ON "runs"("state");

-- CreateIndex
CREATE INDEX "outcomes_run_id_id_idx" ON "outcomes"("run_id", "id");

-- CreateIndex
CREATE INDEX "outcomes_run_id_action_id_idx" ON "outcomes"("run_id", "action", "id");

-- CreateIndex
CREATE INDEX "outcomes_run_id_source_key_idx" ON "outcomes"("run_id", "source_key");

-- CreateIndex
CREATE INDEX "held_records_transfer_id_state_next_attempt_at_idx" ON "held_records"("transfer_id", "state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "held_records_state_id_idx" ON "held_records"("state", "id");

-- CreateIndex
CREATE INDEX "held_records_last_run_id_idx" ON "held_records"("last_run_id");

-- CreateIndex
CREATE INDEX "record_links_transfer_id_target_key_idx" ON "record_links"("transfer_id", "target_key");

-- AddForeignKey
ALTER TABLE "object_lists" ADD CONSTRAINT "object_lists_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cached_schemas" ADD CONSTRAINT "cached_schemas_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "transfer_revisions" ADD CONSTRAINT "transfer_revisions_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "runs" ADD CONSTRAINT "runs_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "outcomes" ADD CONSTRAINT "outcomes_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "held_records" ADD CONSTRAINT "held_records_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "held_trails" ADD CONSTRAINT "held_trails_held_id_fkey" FOREIGN KEY ("held_id") REFERENCES "held_records"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "record_links" ADD CONSTRAINT "record_links_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "cursors" ADD CONSTRAINT "cursors_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "transfers"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What the schema language cannot say.

-- A record is held once per step while it is open; a second failure updates it.
CREATE UNIQUE INDEX "held_records_open_key" ON "held_records"("transfer_id", "source_key", "step") WHERE "state" = 'open';

-- I9: at most one run per transfer is being executed, whatever the number of workers.
CREATE UNIQUE INDEX "runs_running_key" ON "runs"("transfer_id") WHERE "state" = 'running';

-- Held records that are due, for the job that looks for them every minute.
CREATE INDEX "held_records_due_idx" ON "held_records"("next_attempt_at") WHERE "state" = 'open';

-- Links that a run left unconfirmed, looked for at every start of a run; there are few.
CREATE INDEX "record_links_pending_idx" ON "record_links"("transfer_id", "at") WHERE "state" = 'pending';
