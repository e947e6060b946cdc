/** Reads the `Retry-After` header (RFC 9110 §10.2.3): seconds, or a date to be compared with the server's own. */

/** Milliseconds to wait, never negative; undefined where the header is missing or unreadable. */
export function parseRetryAfter(
  header: string | undefined,
  now: { readonly serverDate: string | undefined; readonly localMs: number },
): number | undefined {
  if (header === undefined) return undefined;
  const text = header.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const at = Date.parse(text);
  if (Number.isNaN(at)) return undefined;
  const serverMs = now.serverDate === undefined ? Number.NaN : Date.parse(now.serverDate);
  return Math.max(0, at - (Number.isNaN(serverMs) ? now.localMs : serverMs));
}
