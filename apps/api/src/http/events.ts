/** `GET /api/events`: the changes of runs as server-sent events. A client that comes back simply goes on. */
import { eventsPath, type Run, type RunEvent } from "@fieldbridge/model";
import type { FastifyInstance } from "fastify";
import type { RunChanges } from "../runs/run-changes.ts";

const HEARTBEAT_MS = 15_000;

const toEvent = (run: Run): RunEvent => ({
  runId: run.id,
  transferId: run.transferId,
  groupId: run.group?.id ?? null,
  state: run.state,
  phase: run.phase,
  counts: run.counts,
  expected: run.expected,
});

export function registerEvents(app: FastifyInstance, changes: RunChanges): void {
  const open = new Set<() => void>();
  // A stream never ends by itself, so a clean stop must end it.
  app.addHook("preClose", async () => open.forEach((end) => end()));

  app.get(eventsPath, { schema: { hide: true } }, (request, reply) => {
    let id = Number(request.headers["last-event-id"]) || 0;
    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      connection: "keep-alive",
      "x-request-id": request.id,
    });
    raw.write("retry: 1000\n\n");
    const stop = changes.subscribe((run) => {
      id += 1;
      raw.write(`id: ${id}\nevent: run\ndata: ${JSON.stringify(toEvent(run))}\n\n`);
    });
    const heartbeat = setInterval(() => raw.write(": still here\n\n"), HEARTBEAT_MS);
    const end = (): void => {
      clearInterval(heartbeat);
      stop();
      open.delete(end);
      raw.end();
    };
    open.add(end);
    raw.on("close", end);
  });
}
