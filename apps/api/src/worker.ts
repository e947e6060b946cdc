/** `node dist/worker.mjs`: executes runs only, beside any number of others on the same `DATABASE_URL`. */
import { runProcess } from "./start/run-process.ts";

await runProcess("worker");
