// Query results that did not fit on one page: ids kept under a locator, rows read when their page is fetched. Locators
// live in memory and are forgotten when the server restarts, or after two days, or when too many have come since.
import { apiError } from "../errors.ts";
import { makeId } from "../ids.ts";
import type { Reader } from "../rows/reader.ts";
import type { RowsFound } from "../soql/run-query.ts";

interface Cursor {
  readonly found: RowsFound;
  readonly batchSize: number;
  readonly openedMs: number;
}

export interface Cursors {
  /** The first page of what was found. */
  firstPage(found: RowsFound, reader: Reader, version: string, batchSize: number): object;
  /** A later page by `locator-offset`; throws INVALID_QUERY_LOCATOR. */
  nextPage(locator: string, reader: Reader, version: string): object;
}

const LIFE_MS = 2 * 86_400_000;
const MOST = 2000;

export function createCursors(nowMs: () => number): Cursors {
  const open = new Map<string, Cursor>();
  let opened = 0;

  function keep(cursor: Cursor): string {
    opened += 1;
    const locator = makeId("0r8", opened);
    open.set(locator, cursor);
    const oldest = open.size > MOST ? open.keys().next().value : undefined;
    if (oldest !== undefined) open.delete(oldest);
    return locator;
  }

  function writePage(
    cursor: Cursor,
    locator: string | null,
    start: number,
    reader: Reader,
    version: string,
  ): object {
    const { found, batchSize } = cursor;
    const end = start + batchSize;
    const records = found.ids.slice(start, end).flatMap((id): object[] => {
      const row = reader.row(found.object.name, id);
      return row ? [found.write(row, version)] : [];
    });
    if (end >= found.ids.length) return { totalSize: found.ids.length, done: true, records };
    const nextRecordsUrl = `/services/data/${version}/query/${locator ?? keep(cursor)}-${end}`;
    return { totalSize: found.ids.length, done: false, nextRecordsUrl, records };
  }

  return {
    firstPage: (found, reader, version, batchSize) =>
      writePage({ found, batchSize, openedMs: nowMs() }, null, 0, reader, version),
    nextPage(text, reader, version) {
      const [locator = "", offset = ""] = text.split("-");
      const cursor = open.get(locator);
      const start = /^\d+$/.test(offset) ? Number(offset) : -1;
      if (!cursor || start < 0 || start >= cursor.found.ids.length || nowMs() - cursor.openedMs > LIFE_MS)
        throw apiError(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
      return writePage(cursor, locator, start, reader, version);
    },
  };
}
