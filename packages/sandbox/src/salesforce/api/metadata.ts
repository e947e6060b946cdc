// What the organisation says about itself: resources, limits, objects and fields, and which records changed when.
import { toText } from "../../core/json.ts";
import { apiError, notFound } from "../errors.ts";
import { toDatetime, toMs, toStoredDatetime } from "../rows/dates.ts";
import { describeBriefly, describeObject } from "../schema/describe.ts";
import { DEMO_ORG } from "../demo-org.ts";
import { readObject, type ApiAnswer, type ApiParts, type ApiRequest, type ApiRoute } from "./route.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** The schema never changes while the server runs. */
const DESCRIBED_MS = Date.UTC(2026, 7, 1);
const RESOURCES = "sobjects query queryAll limits composite tooling recent".split(" ");

function answerUnlessOlder(request: ApiRequest, body: unknown): ApiAnswer {
  const since = Date.parse(request.headers["if-modified-since"] ?? "");
  if (since >= DESCRIBED_MS) return { status: 304 };
  return { status: 200, body, headers: { "Last-Modified": new Date(DESCRIBED_MS).toUTCString() } };
}

/** Start and end of a replication window on whole minutes; throws INVALID_REPLICATION_DATE. */
function readWindow(
  request: ApiRequest,
  nowMs: number,
  oldestDays: number,
): { startMs: number; endMs: number } {
  const read = (name: string): number => {
    const stored = toStoredDatetime((request.query.get(name) ?? "").replace(" ", "+"));
    if (stored === null)
      throw apiError(400, "INVALID_REPLICATION_DATE", `${name} is not a valid date and time`);
    return Math.floor(toMs(stored) / MINUTE_MS) * MINUTE_MS;
  };
  const [startMs, endMs] = [read("start"), read("end")];
  if (endMs < startMs + MINUTE_MS)
    throw apiError(400, "INVALID_REPLICATION_DATE", "endDate must be at least one minute after startDate");
  if (startMs < nowMs - oldestDays * DAY_MS)
    throw apiError(400, "INVALID_REPLICATION_DATE", `startDate cannot be more than ${oldestDays} days ago`);
  return { startMs, endMs };
}

export function metadataRoutes(parts: ApiParts): ApiRoute[] {
  const { schema } = parts;

  function countRows(request: ApiRequest, name: string): number {
    let count = 0;
    for (const row of request.tx.rows(name)) if (row["IsDeleted"] !== true) count += 1;
    return count;
  }

  function root(request: ApiRequest): ApiAnswer {
    const base = `/services/data/${request.version}`;
    const origin = request.headers["host"] ?? "";
    const identity = `http://${origin}/id/${DEMO_ORG.organizationId}/${DEMO_ORG.userId}`;
    const resources = RESOURCES.map((name) => [name, `${base}/${name}`]);
    return { status: 200, body: { identity, ...Object.fromEntries(resources) } };
  }

  function limits(): ApiAnswer {
    const { max, used } = parts.limits();
    const fixed = (size: number) => ({ Max: size, Remaining: size });
    return {
      status: 200,
      body: {
        DailyApiRequests: { Max: max, Remaining: Math.max(0, max - used) },
        DailyBulkApiBatches: fixed(15_000),
        DailyBulkV2QueryJobs: fixed(10_000),
        DataStorageMB: fixed(1024),
        FileStorageMB: fixed(1024),
      },
    };
  }

  function recordCount(request: ApiRequest): ApiAnswer {
    const names = request.query.get("sObjects")?.split(",") ?? schema.objects.map((each) => each.name);
    const sObjects = names.flatMap((name) => {
      const object = schema.object(name);
      return object ? [{ count: countRows(request, object.name), name: object.name }] : [];
    });
    return { status: 200, body: { sObjects } };
  }

  /** How far all changes are known to be visible: open transactions hold it back. */
  function coveredMs(endMs: number): number {
    const open = parts.oldestOpenMs() ?? Number.POSITIVE_INFINITY;
    return Math.floor(Math.min(endMs, parts.nowMs(), open) / 1000) * 1000;
  }

  function changedIn(request: ApiRequest, deleted: boolean, window: { startMs: number; endMs: number }) {
    const object = readObject(schema, request);
    if (object.readOnly) throw notFound(`${object.name} is not replicateable`);
    const [start, end] = [toDatetime(window.startMs), toDatetime(window.endMs)];
    const found = [];
    for (const row of request.tx.rows(object.name)) {
      const stamp = toText(row["SystemModstamp"]);
      if ((row["IsDeleted"] === true) === deleted && stamp >= start && stamp < end) found.push(row);
    }
    return found;
  }

  function updated(request: ApiRequest): ApiAnswer {
    const window = readWindow(request, parts.nowMs(), 30);
    const ids = changedIn(request, false, window).map((row) => row["Id"]);
    return { status: 200, body: { ids, latestDateCovered: toDatetime(coveredMs(window.endMs)) } };
  }

  function deleted(request: ApiRequest): ApiAnswer {
    const window = readWindow(request, parts.nowMs(), 15);
    const deletedRecords = changedIn(request, true, window).map((row) => ({
      id: row["Id"],
      deletedDate: row["SystemModstamp"],
    }));
    const earliestMs = Math.floor((parts.nowMs() - 15 * DAY_MS) / DAY_MS) * DAY_MS;
    return {
      status: 200,
      body: {
        deletedRecords,
        earliestDateAvailable: toDatetime(earliestMs),
        latestDateCovered: toDatetime(coveredMs(window.endMs)),
      },
    };
  }

  return [
    { method: "GET", path: "", handle: root },
    { method: "GET", path: "/limits", handle: limits },
    { method: "GET", path: "/limits/recordCount", handle: recordCount },
    { method: "GET", path: "/recent", handle: () => ({ status: 200, body: [] }) },
    {
      method: "GET",
      path: "/sobjects",
      handle: (request) =>
        answerUnlessOlder(request, {
          encoding: "UTF-8",
          maxBatchSize: 200,
          sobjects: schema.objects.map((each) => describeBriefly(each, request.version)),
        }),
    },
    {
      method: "GET",
      path: "/sobjects/:object",
      handle: (request) => {
        const objectDescribe = describeBriefly(readObject(schema, request), request.version);
        return { status: 200, body: { objectDescribe, recentItems: [] } };
      },
    },
    {
      method: "GET",
      path: "/sobjects/:object/describe",
      handle: (request) =>
        answerUnlessOlder(request, describeObject(readObject(schema, request), request.version)),
    },
    { method: "GET", path: "/sobjects/:object/updated", handle: updated },
    { method: "GET", path: "/sobjects/:object/deleted", handle: deleted },
  ];
}
