// What is around every page: its head, the switch between companies and the list of objects.
import { html, trusted, type Html } from "./html.ts";
import type { PageObject, PageSite } from "./page-model.ts";
import { PAGE_SCRIPT } from "./script.ts";
import { PAGE_STYLE } from "./style.ts";

/** Where a person is. */
export interface PageFrame {
  readonly site: PageSite;
  readonly sites: readonly PageSite[];
  readonly title: string;
  readonly object: PageObject | null;
}

/** The overview of a site, or the list of one of its objects. */
export function sitePath({ company }: PageSite, object?: PageObject): string {
  const named = { ...(company === undefined ? {} : { company }), ...(object && { object: object.name }) };
  const query = new URLSearchParams(named).toString();
  return query === "" ? "/" : `/?${query}`;
}

/** The same list in another company. */
function companySwitch({ site, sites, object }: PageFrame): Html | null {
  if (sites.length < 2) return null;
  const items = sites.map((other) => {
    const here = other === site ? trusted(' aria-current="true"') : null;
    return html`<li>
      <a href="${sitePath(other, object ?? undefined)}" ${here}>${other.company ?? ""}</a>
    </li>`;
  });
  return html`<nav class="side" aria-label="Company">
    <h2>Company</h2>
    <ul>
      ${items}
    </ul>
  </nav>`;
}

function navigation(site: PageSite, current: PageObject | null): Html {
  const items = site.objects.map((object) => {
    const here = object === current ? trusted(' aria-current="page"') : null;
    return html`<li>
      <a href="${sitePath(site, object)}" ${here}
        >${object.label} <span class="count">${object.rows().length}</span></a
      >
    </li>`;
  });
  return html`<nav class="side" aria-label="Objects">
    <h2>Records</h2>
    <ul>
      ${items}
    </ul>
  </nav>`;
}

/** The whole document. */
export function frame(place: PageFrame, content: Html): string {
  const { site, title, object } = place;
  return html`<!doctype html>
    <html lang="en" data-accent="${site.accent}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <title>${title} · ${site.title}</title>
        <style>
          ${trusted(PAGE_STYLE)}
        </style>
      </head>
      <body>
        <a class="skip" href="#main">Skip to the records</a>
        <header>
          <span class="mark" aria-hidden="true"></span><a href="${sitePath(site)}">${site.title}</a
          ><span>Sandbox</span>
        </header>
        <div class="frame">
          <div class="places">${companySwitch(place)} ${navigation(site, object)}</div>
          <main id="main" tabindex="-1">${content}</main>
        </div>
        <script>
          ${trusted(PAGE_SCRIPT)};
        </script>
      </body>
    </html>`.html;
}
