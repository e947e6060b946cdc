/** What a server said, made fit for people and logs: pages of HTML become a line of text, everything has a limit. */

const LONGEST = 2_000;

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&quot;": '"',
  "&#39;": "'",
  "&nbsp;": " ",
};

/** At most `longest` characters, with a mark where something was left out. */
export function shorten(text: string, longest: number = LONGEST): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}

/** Title and words of an HTML page; other text unchanged but for its length. */
export function toAnswerText(body: string): string {
  const text = body.slice(0, 50_000);
  if (!/^\s*(?:<!doctype html|<html|<\?xml)/i.test(text)) return shorten(text.trim());
  const words = text
    .replace(/<(script|style)\b[\s\S]*?<\/\1\s*>/gi, " ")
    .replace(/<[^>]*>/g, " ")
    .replace(/&[a-z#0-9]+;/gi, (entity) => ENTITIES[entity.toLowerCase()] ?? " ")
    .replace(/\s+/g, " ");
  return shorten(words.trim());
}
