-- A run that was put aside, because a connection takes no calls, is not taken up before this.
ALTER TABLE "runs" ADD COLUMN "resume_at" TIMESTAMPTZ(3);
