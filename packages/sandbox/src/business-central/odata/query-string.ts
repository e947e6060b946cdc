// The query part of an address: decoded, with every name at most once and no system option the server lacks.
import { badRequest } from "./odata-error.ts";

const offered: ReadonlySet<string> = new Set([
  "$filter",
  "$select",
  "$expand",
  "$orderby",
  "$top",
  "$skip",
  "$count",
  "$skiptoken",
  "$schemaversion",
  "$format",
]);

export type Query = ReadonlyMap<string, string>;

/** Reads `a=b&c=d`; a plus sign is a blank, as in form data. Throws 400 for broken escapes and unknown `$` options. */
export function readQuery(raw: string): Query {
  const query = new Map<string, string>();
  for (const part of raw.split("&")) {
    if (part === "") continue;
    const cut = part.indexOf("=");
    const name = unescape(cut < 0 ? part : part.slice(0, cut));
    if (name.startsWith("$") && !offered.has(name)) {
      throw badRequest(`The query parameter '${name}' is not supported.`);
    }
    if (query.has(name)) throw badRequest(`Query option '${name}' was specified more than once.`);
    query.set(name, unescape(cut < 0 ? "" : part.slice(cut + 1)));
  }
  return query;
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    throw badRequest(`The text '${text}' is not a valid URL escape.`, "BadRequest_InvalidRequestUrl");
  }
}

/** Cuts a list at a separator, leaving parentheses and quoted text whole. */
export function splitOutside(list: string, separator: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quoted = false;
  let start = 0;
  for (let at = 0; at < list.length; at += 1) {
    const sign = list[at];
    if (sign === "'") quoted = !quoted;
    else if (quoted) continue;
    else if (sign === "(") depth += 1;
    else if (sign === ")") depth -= 1;
    else if (sign === separator && depth === 0) {
      parts.push(list.slice(start, at));
      start = at + 1;
    }
  }
  if (depth !== 0 || quoted)
    throw badRequest(`Syntax error in '${list}': a bracket or a quote is left open.`);
  parts.push(list.slice(start));
  return parts.map((part) => part.trim());
}
