-- The access token all processes use, sealed as the secrets are; "id" changes with each renewal.
CREATE TABLE "connection_tokens" (
    "connection_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "sealed" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "connection_tokens_pkey" PRIMARY KEY ("connection_id")
);

ALTER TABLE "connection_tokens" ADD CONSTRAINT "connection_tokens_connection_id_fkey" FOREIGN KEY ("connection_id") REFERENCES "connections"("id") ON DELETE CASCADE ON UPDATE CASCADE;
