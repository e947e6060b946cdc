/**
 * A quick endpoint that speaks just enough of the Salesforce REST API for one object, as source and as target: for
 * measurements where a whole sandbox would be the slowest part. Latency, throttling and all-or-nothing batches are
 * settings. It counts every call and compares every record it is given with what the source has.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { itemFields, itemObject, keyToItemIndex, toItemId, toItemIndex, toItemMembers } from "./items.ts";

export interface StandInSettings {
  /** Records of the source; a target has none. */
  readonly records: number;
  readonly latencyMs: number;
  /** Numbers of the records it refuses until it is cured. */
  readonly poison: readonly number[];
  /** True: one refused record refuses its whole call. */
  readonly allOrNothing: boolean;
  /** At most so many calls in each span; more get 429 with the rest of it as Retry-After, to the millisecond. */
  readonly limiter: { readonly calls: number; readonly perMs: number } | null;
}

export interface StandInCounts {
  readonly calls: Readonly<Record<string, number>>;
  readonly total: number;
  readonly created: number;
  readonly updated: number;
  /** Creates of a key that exists already. */
  readonly doubled: number;
  /** Records that arrived with other values than the source has. */
  readonly wrong: number;
  readonly refusedCalls: number;
  /** Calls inside the time in which nobody was to call. */
  readonly early: number;
  /** Keys in the target. */
  readonly stored: number;
  /** Calls the limiter took in all spans but the last, and the time from the first of them to the last. */
  readonly limited: { readonly calls: number; readonly ms: number };
}

const underWayMs = 100;
const firstStampMs = Date.parse("2026-09-01T00:00:00Z");

/** Records by the order of their last change: numbers first, then a log of changes. */
function createSource(records: number) {
  const versions = new Uint8Array(records);
  const places = Uint32Array.from({ length: records }, (_none, index) => index);
  const log: { index: number; stampMs: number }[] = [];
  const stampMsAt = (place: number): number =>
    place < records ? firstStampMs + Math.floor(place / 20) * 1_000 : (log[place - records]?.stampMs ?? 0);
  const indexAt = (place: number): number => (place < records ? place : (log[place - records]?.index ?? 0));
  const end = (): number => records + log.length;
  const firstFrom = (stampMs: number): number => {
    let [low, high] = [0, end()];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (stampMsAt(middle) < stampMs) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    versions,
    count: records,
    change(index: number, stampMs: number) {
      versions[index] = (versions[index] ?? 0) + 1;
      places[index] = end();
      log.push({ index, stampMs });
    },
    /** Numbers and stamps behind a place, up to `limit`. */
    page(from: { afterId: string | null; stampMs: number | null }, beforeMs: number, limit: number) {
      const start = Math.max(
        from.afterId === null ? 0 : (places[toItemIndex(from.afterId)] ?? 0) + 1,
        from.stampMs === null ? 0 : firstFrom(from.stampMs),
      );
      const found: { index: number; stampMs: number }[] = [];
      for (let place = start; place < end() && found.length < limit; place += 1) {
        const stampMs = stampMsAt(place);
        if (stampMs >= beforeMs) break;
        const index = indexAt(place);
        if (places[index] === place) found.push({ index, stampMs });
      }
      return found;
    },
  };
}

const toStamp = (ms: number): string => new Date(ms).toISOString().replace("Z", "+0000");

const describe = (): string => {
  const field = (name: string, type: string, more: object = {}): object => ({
    name,
    label: name,
    type,
    length: type === "string" ? 255 : 0,
    precision: type === "currency" || type === "double" ? 18 : 0,
    scale: type === "currency" || type === "double" ? 4 : 0,
    digits: 0,
    nillable: true,
    createable: true,
    updateable: true,
    filterable: true,
    referenceTo: [],
    picklistValues: [],
    ...more,
  });
  const own = { createable: false, updateable: false, nillable: false };
  return JSON.stringify({
    name: itemObject,
    label: "Item",
    createable: true,
    updateable: true,
    deletable: true,
    childRelationships: [],
    fields: [
      field("Id", "id", own),
      field("SystemModstamp", "datetime", own),
      ...itemFields.map(([name, type]) =>
        field(name, type, name === "Name" ? { nameField: true } : name === "Key__c" ? { unique: true } : {}),
      ),
    ],
  });
};

type Given = Readonly<Record<string, unknown>>;

export function startStandIn(settings: StandInSettings) {
  const source = createSource(settings.records);
  /** Version of each record written here, by its number. */
  const stored = new Map<number, number>();
  const calls = new Map<string, number>();
  let [created, updated, doubled, wrong, refusedCalls, early] = [0, 0, 0, 0, 0, 0];
  const span = { endsAtMs: 0, calls: 0, closedFromMs: 0 };
  /** What was taken in the spans before the current one, and how long they took with the gaps between them. */
  const limited = { firstAtMs: 0, calls: 0, ms: 0 };
  const poison = new Set(settings.poison);

  /** The endpoint's own time; changes move it on, so that they are settled at once. */
  let aheadMs = 0;
  const nowMs = (): number => Date.now() + aheadMs;

  const toRecord = (index: number, version: number, stampMs: number): string =>
    `{"attributes":{"type":"${itemObject}"},"Id":"${toItemId(index)}","SystemModstamp":"${toStamp(stampMs)}",${toItemMembers(index, version)}}`;
  const toPage = (records: readonly string[]): string =>
    `{"totalSize":${records.length},"done":true,"records":[${records.join(",")}]}`;

  function query(soql: string): string {
    if (soql.includes("COUNT()")) return `{"totalSize":${source.count},"done":true,"records":[]}`;
    const list = /(Key__c|Id) IN \(([^)]*)\)/.exec(soql);
    if (list !== null) {
      const texts = (list[2] ?? "").split(",").map((each) => each.slice(1, -1));
      const indexes = texts.map((each) => (list[1] === "Id" ? toItemIndex(each) : keyToItemIndex(each)));
      return toPage(
        indexes.flatMap((index) => {
          const version = source.count > 0 ? source.versions[index] : stored.get(index);
          return version === undefined ? [] : [toRecord(index, version, firstStampMs)];
        }),
      );
    }
    const limit = Number(/LIMIT (\d+)/.exec(soql)?.[1] ?? "2000");
    const afterId = /Id > '([^']+)'/.exec(soql)?.[1] ?? null;
    const from = /SystemModstamp >= ([^)\s]+)/.exec(soql)?.[1];
    const before = /SystemModstamp < ([^)\s]+)/.exec(soql)?.[1];
    const rows = source.page(
      { afterId, stampMs: from === undefined ? null : Date.parse(from) },
      before === undefined ? Infinity : Date.parse(before),
      limit,
    );
    return toPage(rows.map(({ index, stampMs }) => toRecord(index, source.versions[index] ?? 0, stampMs)));
  }

  /** The record is compared with the whole of what the source sent under this key and version. */
  function take(record: Given): { index: number; refused: boolean } {
    const key = record["Key__c"];
    const index = typeof key === "string" ? keyToItemIndex(key) : toItemIndex(String(record["id"] as string));
    if (poison.has(index)) return { index, refused: true };
    const version = Number(record["Version__c"]);
    const expected = JSON.parse(`{${toItemMembers(index, version)}}`) as Given;
    const isSame = Object.entries(record).every(([name, value]) => {
      const other = expected[name];
      if (name === "attributes" || name === "id") return true;
      return name === "Seen__c"
        ? Date.parse(String(value)) === Date.parse(String(other).replace("+0000", "Z"))
        : value === other;
    });
    const isWhole = record["id"] !== undefined || Object.keys(expected).every((name) => name in record);
    if (!isSame || !isWhole) wrong += 1;
    return { index, refused: false };
  }

  function write(method: string, body: string): { status: number; text: string } {
    const { records } = JSON.parse(body) as { records: Given[] };
    const taken = records.map((record) => ({ record, ...take(record) }));
    if (settings.allOrNothing && taken.some((each) => each.refused))
      return {
        status: 400,
        text: `[{"errorCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","message":"One of the records is not valid."}]`,
      };
    const answers = taken.map(({ record, index, refused }) => {
      if (refused)
        return `{"success":false,"errors":[{"statusCode":"FIELD_CUSTOM_VALIDATION_EXCEPTION","message":"Not valid.","fields":[]}]}`;
      if (method === "POST") {
        created += 1;
        if (stored.has(index)) doubled += 1;
      } else updated += 1;
      stored.set(index, Number(record["Version__c"]));
      return `{"id":"${toItemId(index)}","success":true,"errors":[]}`;
    });
    return { status: 200, text: `[${answers.join(",")}]` };
  }

  /** Seconds to wait where the call is one too many, else null. A call under way when the limit was told is no sin. */
  function throttle(): number | null {
    const { limiter } = settings;
    if (limiter === null) return null;
    const now = Date.now();
    if (now >= span.endsAtMs) {
      if (limited.firstAtMs === 0) limited.firstAtMs = now;
      limited.calls += span.calls;
      limited.ms = now - limited.firstAtMs;
      Object.assign(span, { endsAtMs: now + limiter.perMs, calls: 0, closedFromMs: 0 });
    }
    if (span.calls < limiter.calls) {
      span.calls += 1;
      return null;
    }
    if (span.closedFromMs === 0) span.closedFromMs = now + underWayMs;
    else if (now > span.closedFromMs) early += 1;
    return (span.endsAtMs - now) / 1000;
  }

  function answer(method: string, path: string, body: string): { status: number; text: string } {
    if (path === "/services/oauth2/token")
      return { status: 200, text: `{"access_token":"stand-in","token_type":"Bearer"}` };
    const url = new URL(path, "http://localhost");
    const rest = url.pathname.split("/").slice(4).join("/");
    if (rest === "query") return { status: 200, text: query(url.searchParams.get("q") ?? "") };
    if (rest.startsWith("composite/sobjects")) return write(method, body);
    if (rest.endsWith("/describe")) return { status: 200, text: describe() };
    if (rest.includes("/updated"))
      return { status: 200, text: `{"ids":[],"latestDateCovered":"${toStamp(nowMs())}"}` };
    if (rest === "sobjects")
      return {
        status: 200,
        text: `{"sobjects":[{"name":"${itemObject}","label":"Item","queryable":true,"createable":true}]}`,
      };
    return { status: 404, text: `[{"errorCode":"NOT_FOUND","message":"${rest}"}]` };
  }

  const counts = (): StandInCounts => ({
    calls: Object.fromEntries(calls),
    total: [...calls.values()].reduce((sum, each) => sum + each, 0),
    created,
    updated,
    doubled,
    wrong,
    refusedCalls,
    early,
    stored: stored.size,
    limited,
  });

  function control(path: string): unknown {
    const [, , command, argument = "0"] = path.split("/");
    if (command === "change") {
      const every = Number(argument);
      aheadMs += 2_000;
      const stampMs = Math.floor(nowMs() / 1_000) * 1_000;
      for (let index = 0; index < source.count; index += every) source.change(index, stampMs);
      aheadMs += 2_000;
    }
    if (command === "cure") poison.clear();
    if (command === "clear") {
      calls.clear();
      [created, updated, doubled, wrong, refusedCalls, early] = [0, 0, 0, 0, 0, 0];
    }
    return counts();
  }

  const read = async (request: IncomingMessage): Promise<string> => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    return Buffer.concat(parts).toString("utf8");
  };
  const send = (response: ServerResponse, status: number, text: string, headers: Record<string, string>) =>
    response
      .writeHead(status, {
        "content-type": "application/json",
        date: new Date(nowMs()).toUTCString(),
        ...headers,
      })
      .end(text);

  const server = createServer((request, response) => {
    void (async () => {
      const { method = "GET", url = "/" } = request;
      const body = await read(request);
      if (url.startsWith("/_stand-in/")) return send(response, 200, JSON.stringify(control(url)), {});
      const route = `${method} ${url.split("?")[0]?.replace(/\/v[0-9.]+/, "") ?? ""}`;
      calls.set(route, (calls.get(route) ?? 0) + 1);
      const waitSeconds = url.includes("/oauth2/") ? null : throttle();
      if (settings.latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, settings.latencyMs));
      if (waitSeconds !== null) {
        refusedCalls += 1;
        return send(response, 429, `[{"errorCode":"TOO_MANY_REQUESTS","message":"Slow down."}]`, {
          "retry-after": String(waitSeconds),
        });
      }
      const { status, text } = answer(method, url, body);
      return send(response, status, text, {});
    })().catch((error: unknown) => send(response, 500, String(error), {}));
  });
  server.keepAliveTimeout = 60_000;
  return new Promise<{ url: string; close: () => Promise<void> }>((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      const port = typeof address === "object" && address !== null ? address.port : 0;
      resolve({
        url: `http://127.0.0.1:${port}`,
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      });
    });
  });
}
