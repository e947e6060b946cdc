// The page for people: overview at `/`, a list per object, one page per record; all of it works from its URL.
import * as z from "zod";
import { stringifyJson } from "../json.ts";
import type { Clock } from "../clock.ts";
import type { SandboxServer } from "../server.ts";
import { frame } from "./frame.ts";
import { html } from "./html.ts";
import { formatInstant } from "./format.ts";
import type { PageObject, PageRecord, PageSite } from "./page-model.ts";
import { listView, overview, recordView } from "./views.ts";

const HTML_TYPE = "text/html; charset=utf-8";
const querySchema = z.object({
  company: z.string().optional(),
  object: z.string().optional(),
  q: z.string().default(""),
  page: z.coerce.number().int().catch(1).default(1),
});
const valuesSchema = z.record(z.string(), z.string());

interface Found {
  readonly site: PageSite;
  readonly object: PageObject;
  readonly record: PageRecord;
}

/**
 * Adds the pages to a server. Call it before the server listens. The first site is shown where the address names no
 * company; a record is found in whichever site has it.
 */
export function registerPages(
  server: SandboxServer,
  clock: Clock,
  sites: readonly [PageSite, ...PageSite[]],
): void {
  const { app, faults, calls } = server;
  const missing = frame(
    { site: sites[0], sites, title: "Not found", object: null },
    html`<h1>There is no such record</h1>
      <p class="lead">It may have been deleted, or the data was reset.</p>`,
  );

  function findRecord({ object: name, key }: { object: string; key: string }): Found | undefined {
    for (const site of sites) {
      const object = site.objects.find((each) => each.name === name);
      const record = object?.record(key);
      if (object && record) return { site, object, record };
    }
    return undefined;
  }

  app.get("/", async (request, reply) => {
    const { company, object: name, q, page } = querySchema.parse(request.query);
    void reply.type(HTML_TYPE);
    const site = company === undefined ? sites[0] : sites.find((each) => each.company === company);
    const object = site?.objects.find((each) => each.name === name);
    if (!site || (name !== undefined && !object)) return reply.code(404).send(missing);
    if (object)
      return reply.send(frame({ site, sites, title: object.label, object }, listView(site, object, q, page)));
    const state = {
      faults: faults.rules(),
      now: formatInstant(new Date(clock.now()).toISOString()),
      offsetSeconds: clock.offsetMs() / 1000,
      calls: calls.total(),
    };
    const content = overview(site, `http://${request.host}`, state);
    return reply.send(frame({ site, sites, title: "Overview", object: null }, content));
  });

  app.get<{ Params: { object: string; key: string } }>("/records/:object/:key", async (request, reply) => {
    const found = findRecord(request.params);
    void reply.type(HTML_TYPE);
    if (!found) return reply.code(404).send(missing);
    const { site, object, record } = found;
    const content = recordView(site, object, request.params.key, record);
    return reply.send(frame({ site, sites, title: record.title, object }, content));
  });

  app.put<{ Params: { object: string; key: string } }>(
    "/_sandbox/records/:object/:key",
    async (request, reply) => {
      const edit = findRecord(request.params)?.record.edit;
      const values = valuesSchema.safeParse(JSON.parse(stringifyJson(request.body ?? null)));
      if (!edit || !values.success)
        return reply.code(400).send({ message: "This record cannot be changed here." });
      const refused = await edit.save(values.data);
      return refused === null ? reply.code(204).send() : reply.code(400).send({ message: refused });
    },
  );
}
