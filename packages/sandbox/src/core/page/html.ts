// HTML text built with escaping by default: only what this tag made itself goes in unescaped.

export interface Html {
  readonly html: string;
}

type Part = string | number | Html | null | readonly Part[];

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function toText(part: Part): string {
  if (part === null) return "";
  if (typeof part === "string" || typeof part === "number")
    return String(part).replace(/[&<>"']/g, (found) => ESCAPES[found] ?? found);
  return "html" in part ? part.html : part.map(toText).join("");
}

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((text, string, index) => text + toText(parts[index - 1] ?? null) + string) };
}

/** Text that is HTML already and ours. */
export function trusted(text: string): Html {
  return { html: text };
}

/** A form field: `control` must carry the same id. */
export function labelled(id: string, label: string, control: Html): Html {
  return html`<div class="field"><label for="${id}">${label}</label>${control}</div>`;
}
