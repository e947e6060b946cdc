// What the pages say inside their frame: overview, list of records, one record.
import type { FaultRule } from "../faults.ts";
import type { Row } from "../store.ts";
import { html, labelled, type Html } from "./html.ts";
import type {
  PageCell,
  PageColumn,
  PageEdit,
  PageFacts,
  PageObject,
  PageRecord,
  PageSection,
  PageSite,
} from "./page-model.ts";
import { controlPanel } from "./control-panel.ts";
import { sitePath } from "./frame.ts";

const PAGE_SIZE = 50;

export function recordPath(object: string, key: string): string {
  return `/records/${encodeURIComponent(object)}/${encodeURIComponent(key)}`;
}

function cellHtml(value: PageCell | string): Html {
  if (typeof value === "string") return html`${value}`;
  const text = value.tone
    ? html`<span class="badge ${value.tone}">${value.text}</span>`
    : html`${value.text}`;
  return value.href ? html`<a href="${value.href}">${text}</a>` : text;
}

function textOf(value: PageCell | string): string {
  return typeof value === "string" ? value : value.text;
}

function table(
  caption: string,
  columns: readonly PageColumn[],
  rows: readonly Row[],
  options: { linkOf?: (row: Row) => string; totals?: PageSection["totals"] },
): Html {
  const numberClass = (column: PageColumn): Html => (column.numeric ? html` class="number"` : html``);
  const head = columns.map((column) => html`<th scope="col" ${numberClass(column)}>${column.label}</th>`);
  const body = rows.map((row) => {
    const cells = columns.map((column, index) => {
      const value = column.cell(row);
      const href = index === 0 ? options.linkOf?.(row) : undefined;
      const shown = href ? html`<a href="${href}">${textOf(value) || "(no name)"}</a>` : cellHtml(value);
      const isLong = !column.numeric && textOf(value).length > 20;
      return html`<td${isLong ? html` class="wide"` : numberClass(column)}>${shown}</td>`;
    });
    return html`<tr>
      ${cells}
    </tr>`;
  });
  const foot = (options.totals ?? []).map(
    ([label, amount]) =>
      html`<tr>
        <th scope="row" colspan="${columns.length - 1}" class="number">${label}</th>
        <td class="number">${amount}</td>
      </tr>`,
  );
  return html`<div class="sheet" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
      ${
        foot.length > 0
          ? html`<tfoot>
              ${foot}
            </tfoot>`
          : null
      }
    </table>
  </div>`;
}

/** What `/` shows: counts, how to connect, the switches. */
export function overview(
  site: PageSite,
  origin: string,
  state: {
    faults: readonly (FaultRule & { struck: number })[];
    now: string;
    offsetSeconds: number;
    calls: number;
  },
): Html {
  const cards = site.objects.map(
    (object) =>
      html`<li>
        <a href="${sitePath(site, object)}"><strong>${object.rows().length}</strong>${object.label}</a>
      </li>`,
  );
  const credentials = site.credentials.map(
    ([label, value]) =>
      html`<div>
        <dt>${label}</dt>
        <dd><code>${value.replace("{origin}", origin)}</code></dd>
      </div>`,
  );
  return html`<h1>${site.title}</h1>
    <p class="lead">${site.summary}</p>
    <ul class="cards">
      ${cards}
    </ul>
    <h2>How to connect</h2>
    <div class="sheet pad"><dl class="facts">${credentials}</dl></div>
    ${controlPanel(state)}`;
}

/** The list of an object's records, newest first, found by any shown value. */
export function listView(site: PageSite, object: PageObject, search: string, page: number): Html {
  const wanted = search.trim().toLowerCase();
  const found = object
    .rows()
    .filter(
      (row) =>
        wanted === "" ||
        object.columns.some((column) => textOf(column.cell(row)).toLowerCase().includes(wanted)),
    )
    .sort((left, right) => {
      const [a, b] = [
        object.changedAt(left) + object.keyOf(left),
        object.changedAt(right) + object.keyOf(right),
      ];
      return a < b ? 1 : a > b ? -1 : 0;
    });
  const pages = Math.max(1, Math.ceil(found.length / PAGE_SIZE));
  const at = Math.min(Math.max(1, page), pages);
  const shown = found.slice((at - 1) * PAGE_SIZE, at * PAGE_SIZE);
  const link = (to: number, text: string): Html =>
    html`<a href="${sitePath(site, object)}&amp;q=${encodeURIComponent(search)}&amp;page=${to}">${text}</a>`;
  const caption = `${found.length} ${found.length === 1 ? "record" : "records"}, newest first`;
  return html`<h1>${object.label}</h1>
    <form class="tools" role="search" action="/" method="get">
      ${site.company === undefined ? null : html`<input type="hidden" name="company" value="${site.company}" />`}
      <input type="hidden" name="object" value="${object.name}" />
      ${labelled(
        "search",
        `Search in ${object.label.toLowerCase()}`,
        html`<input id="search" type="search" name="q" value="${search}" />`,
      )}
      <button>Search</button>
    </form>
    ${
      shown.length === 0
        ? html`<div class="sheet">
            <p class="empty">${wanted ? "Nothing matches this search." : "Nothing here yet."}</p>
          </div>`
        : table(caption, object.columns, shown, {
            linkOf: (row) => recordPath(object.name, object.keyOf(row)),
          })
    }
    ${
      pages > 1
        ? html`<nav class="pages" aria-label="Pages">
            ${at > 1 ? link(at - 1, "Newer") : null} <span>Page ${at} of ${pages}</span>
            ${at < pages ? link(at + 1, "Older") : null}
          </nav>`
        : null
    }`;
}

function editForm(edit: PageEdit, object: string, key: string): Html {
  const fields = edit.fields.map((field) => {
    const input = field.choices
      ? html`<select id="edit-${field.name}" name="${field.name}">
          ${field.choices.map((choice) => html`<option${choice === field.value ? html` selected` : html``}>${choice}</option>`)}
        </select>`
      : html`<input id="edit-${field.name}" name="${field.name}" value="${field.value}" />`;
    return labelled(`edit-${field.name}`, field.label, input);
  });
  const url = `/_sandbox${recordPath(object, key)}`;
  return html`<h2>Change this record</h2>
    <form class="sheet pad" data-act="edit-record" data-url="${url}">
      <div class="tools">${fields}<button>Save</button></div>
      <p class="note" role="status"></p>
    </form>`;
}

function factList(facts: PageFacts): Html {
  const items = facts.map(
    ([label, value]) =>
      html`<div>
        <dt>${label}</dt>
        <dd>${textOf(value) === "" ? "–" : cellHtml(value)}</dd>
      </div>`,
  );
  return html`<dl class="facts">${items}</dl>`;
}

/** One record with its lines and related records. */
export function recordView(site: PageSite, object: PageObject, key: string, record: PageRecord): Html {
  const sections = record.sections.map((section) => {
    const count = `${section.rows.length} ${section.rows.length === 1 ? "record" : "records"}`;
    const options = section.totals ? { totals: section.totals } : {};
    return html`<h2>${section.title}</h2>
      ${
        section.rows.length === 0
          ? html`<div class="sheet"><p class="empty">${section.empty}</p></div>`
          : table(`${section.title}, ${count}`, section.columns, section.rows, options)
      }`;
  });
  const more = record.moreFacts
    ? html`<h2>Everything on this record</h2>
        <details class="sheet">
          <summary>Show ${record.moreFacts.length} more fields</summary>
          ${factList(record.moreFacts)}
        </details>`
    : null;
  return html`<p class="crumb"><a href="${sitePath(site, object)}">${object.label}</a></p>
    <h1>${record.title}</h1>
    <p class="lead">${record.subtitle}</p>
    <div class="sheet pad">${factList(record.facts)}</div>
    ${sections} ${record.edit ? editForm(record.edit, object.name, key) : null} ${more}`;
}
