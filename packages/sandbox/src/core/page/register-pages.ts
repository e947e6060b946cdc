// The page for people: overview at `/`, a list per object, one page per record; all of it works from its URL.
import * as z from "zod";
import { stringifyJson } from "../json.ts";
import type { Clock } from "../clock.ts";
import type { SandboxServer } from "../server.ts";
import { html } from "./html.ts";
import { formatInstant } from "./format.ts";
import type { PageObject, PageSite } from "./page-model.ts";
import { frame, listView, overview, recordView } from "./views.ts";

const HTML_TYPE = "text/html; charset=utf-8";
const querySchema = z.object({
  object: z.string().optional(),
  q: z.string().default(""),
  page: z.coerce.number().int().catch(1).default(1),
});
const valuesSchema = z.record(z.string(), z.string());

/** Adds the pages to a server. Call it before the server listens. */
export function registerPages(server: SandboxServer, clock: Clock, site: PageSite): void {
  const { app, faults, calls } = server;
  const find = (name: string | undefined): PageObject | undefined =>
    site.objects.find((each) => each.name === name);
  const missing = frame(
    site,
    "Not found",
    null,
    html`<h1>There is no such record</h1>
      <p class="lead">It may have been deleted, or the data was reset.</p>`,
  );

  app.get("/", async (request, reply) => {
    const { object: name, q, page } = querySchema.parse(request.query);
    void reply.type(HTML_TYPE);
    const object = find(name);
    if (object) return reply.send(frame(site, object.label, object.name, listView(object, q, page)));
    if (name !== undefined) return reply.code(404).send(missing);
    const state = {
      faults: faults.rules(),
      now: formatInstant(new Date(clock.now()).toISOString()),
      offsetSeconds: clock.offsetMs() / 1000,
      calls: calls.total(),
    };
    return reply.send(frame(site, "Overview", null, overview(site, `http://${request.host}`, state)));
  });

  app.get<{ Params: { object: string; key: string } }>("/records/:object/:key", async (request, reply) => {
    const object = find(request.params.object);
    const record = object?.record(request.params.key);
    void reply.type(HTML_TYPE);
    if (!object || !record) return reply.code(404).send(missing);
    return reply.send(frame(site, record.title, object.name, recordView(object, request.params.key, record)));
  });

  app.put<{ Params: { object: string; key: string } }>(
    "/_sandbox/records/:object/:key",
    async (request, reply) => {
      const edit = find(request.params.object)?.record(request.params.key)?.edit;
      const values = valuesSchema.safeParse(JSON.parse(stringifyJson(request.body ?? null)));
      if (!edit || !values.success)
        return reply.code(400).send({ message: "This record cannot be changed here." });
      const refused = await edit.save(values.data);
      return refused === null ? reply.code(204).send() : reply.code(400).send({ message: refused });
    },
  );
}
