/** `node dist/server.mjs`: the whole product, or with FIELDBRIDGE_WORKER=off all of it but the execution of runs. */
import { runProcess } from "./start/run-process.ts";

await runProcess("all");
