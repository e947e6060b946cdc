/**
 * Reads the small part of XML that `$metadata` is made of: elements with attributes. No text, no document types, no
 * entities but the five of XML itself, so there is nothing to expand or to load.
 */

export interface XmlElement {
  /** Name without its prefix. */
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
}

const ENTITIES: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

function decodeText(text: string): string {
  return text.replace(/&(#x[0-9a-fA-F]{1,6}|#\d{1,7}|\w+);/g, (whole, name: string) => {
    if (!name.startsWith("#")) return ENTITIES[name] ?? whole;
    const code = name.startsWith("#x") ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = "", double, single] of text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g))
    attributes[name] = decodeText(double ?? single ?? "");
  return attributes;
}

const PART = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([\w:.-]+)((?:[^<>"']|"[^"]*"|'[^']*')*?)(\/?)>/g;

interface OpenElement extends XmlElement {
  readonly children: XmlElement[];
}

/** The outermost element; throws a SyntaxError where elements do not fit together. */
export function parseXml(text: string): XmlElement {
  if (/<!DOCTYPE/i.test(text)) throw new SyntaxError("Document types are not read.");
  const root: OpenElement = { name: "", attributes: {}, children: [] };
  const open: OpenElement[] = [root];
  for (const [, slash, qualified, inside = "", selfClosed] of text.matchAll(PART)) {
    if (qualified === undefined) continue;
    const name = qualified.slice(qualified.indexOf(":") + 1);
    if (slash === "/") {
      if (open.length < 2 || open.pop()?.name !== name)
        throw new SyntaxError(`</${qualified}> closes nothing.`);
      continue;
    }
    const element: OpenElement = { name, attributes: readAttributes(inside), children: [] };
    open.at(-1)?.children.push(element);
    if (selfClosed !== "/") open.push(element);
  }
  const [only] = root.children;
  if (open.length > 1 || only === undefined) throw new SyntaxError("The document ends too early.");
  return only;
}
