-- What all processes know of a connection's gate: whether anybody may call, and the calls of the day as the system counts them.
CREATE TABLE "connection_gates" (
    "connection_id" TEXT NOT NULL,
    "closed_kind" TEXT,
    "closed_since" TIMESTAMPTZ(3),
    "closed_until" TIMESTAMPTZ(3),
    "closed_round" INTEGER NOT NULL DEFAULT 0,
    "closed_issue" TEXT,
    "calls_used" INTEGER,
    "calls_allowed" INTEGER,
    "calls_told_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_gates_pkey" PRIMARY KEY ("connection_id")
);

-- Calls at once, divided among the processes that want to call now; a dead one loses its share with its lease.
CREATE TABLE "call_slots" (
    "connection_id" TEXT NOT NULL,
    "holder" TEXT NOT NULL,
    "slots" INTEGER NOT NULL,
    "lease_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_slots_pkey" PRIMARY KEY ("connection_id", "holder")
);

-- Calls of a span of time, leased in chunks; each counts until the last of its calls is out of the span.
CREATE TABLE "call_leases" (
    "id" TEXT NOT NULL,
    "connection_id" TEXT NOT NULL,
    "calls" INTEGER NOT NULL,
    "counts_until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "call_leases_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "call_leases_connection_id_counts_until_idx" ON "call_leases"("connection_id", "counts_until");

ALTER TABLE "connection_gates" ADD CONSTRAINT "connection_gates_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "call_slots" ADD CONSTRAINT "call_slots_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "call_leases" ADD CONSTRAINT "call_leases_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;
