-- CreateTable
CREATE TABLE "groups" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "definition" TEXT NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "groups_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_runs" (
    "id" TEXT NOT NULL,
    "number" SERIAL NOT NULL,
    "group_id" TEXT NOT NULL,
    "definition" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "stop_requested_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "group_runs_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "group_run_members" (
    "group_run_id" TEXT NOT NULL,
    "transfer_id" TEXT NOT NULL,
    "transfer_name" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "run_id" TEXT,
    "reason" TEXT,

    CONSTRAINT "group_run_members_pkey" PRIMARY KEY ("group_run_id","transfer_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "group_runs_number_key" ON "group_runs"("number");

-- CreateIndex
CREATE INDEX "group_runs_group_id_number_idx" ON "group_runs"("group_id", "number");

-- CreateIndex
CREATE UNIQUE INDEX "group_run_members_run_id_key" ON "group_run_members"("run_id");

-- AddForeignKey
ALTER TABLE "group_runs" ADD CONSTRAINT "group_runs_group_id_fkey" FOREIGN KEY ("group_id") REFERENCES "groups"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_run_members" ADD CONSTRAINT "group_run_members_group_run_id_fkey" FOREIGN KEY ("group_run_id") REFERENCES "group_runs"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "group_run_members" ADD CONSTRAINT "group_run_members_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "runs"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What the schema language cannot say: a group runs once at a time.
CREATE UNIQUE INDEX "group_runs_running_key" ON "group_runs"("group_id") WHERE "state" = 'running';
