// The look of the page: one style sheet, light and dark, no outside resources.

export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: #f6f7f9; --sheet: #ffffff; --ink: #1b2430; --soft: #566274; --line: #dde2e9;
  --hover: #f1f4f8; --good: #0b6b3a; --good-bg: #e2f4e9; --bad: #a3221b; --bad-bg: #fdeae8; --busy: #7a4d00; --busy-bg: #fdf1d8;
  --quiet: #4a5565; --quiet-bg: #e9edf2; }
:root[data-accent="blue"] { --accent: #0b5cad; --accent-ink: #ffffff; --accent-bg: #e6f0fa; }
:root[data-accent="teal"] { --accent: #0b6e6e; --accent-ink: #ffffff; --accent-bg: #e0f2f1; }
@media (prefers-color-scheme: dark) {
  :root { --ground: #12171e; --sheet: #1a212b; --ink: #e6ebf2; --soft: #a3b0c1; --line: #303a47; --hover: #212a36;
    --good: #7fd8a5; --good-bg: #143424; --bad: #ffaea6; --bad-bg: #46201d; --busy: #f3c66b; --busy-bg: #3d2f10;
    --quiet: #c0cad7; --quiet-bg: #2a3441; }
  :root[data-accent="blue"] { --accent: #8cc2f5; --accent-ink: #0d2033; --accent-bg: #16304a; }
  :root[data-accent="teal"] { --accent: #7ed6d2; --accent-ink: #08302f; --accent-bg: #123b3b; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
a { color: var(--accent); }
a:focus-visible, button:focus-visible, input:focus-visible, select:focus-visible, summary:focus-visible, [tabindex]:focus-visible {
  outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.skip { position: absolute; left: -999px; } .skip:focus { left: 1rem; top: .5rem; background: var(--sheet); padding: .5rem 1rem; z-index: 2; }
header { display: flex; align-items: baseline; gap: .75rem; padding: .9rem 1.5rem; background: var(--sheet); border-bottom: 1px solid var(--line); }
header a { color: inherit; text-decoration: none; font-weight: 650; font-size: 1.05rem; }
header span { color: var(--soft); }
.mark { width: .7rem; height: .7rem; border-radius: 3px; background: var(--accent); align-self: center; }
.frame { display: grid; grid-template-columns: 13.5rem minmax(0, 1fr); gap: 1.75rem; max-width: 92rem; margin: 0 auto; padding: 1.5rem; }
.places { display: grid; gap: 1.25rem; align-content: start; }
nav.side ul { list-style: none; margin: 0; padding: 0; }
nav.side h2 { font-size: .8rem; font-weight: 600; color: var(--soft); margin: 0 0 .4rem .7rem; }
nav.side a { display: flex; justify-content: space-between; padding: .35rem .7rem; border-radius: 6px; color: var(--ink); text-decoration: none; }
nav.side a:hover { background: var(--hover); }
nav.side a[aria-current] { background: var(--accent-bg); color: var(--accent); font-weight: 600; }
nav.side .count { color: var(--soft); font-variant-numeric: tabular-nums; font-weight: 400; }
nav.side a[aria-current] .count { color: inherit; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .25rem; font-weight: 650; } h2 { font-size: 1.08rem; margin: 2rem 0 .6rem; font-weight: 650; }
.lead { color: var(--soft); margin: 0 0 1.2rem; max-width: 44rem; }
.sheet { background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; overflow-x: auto; }
.pad { padding: 1.1rem 1.25rem; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; color: var(--soft); padding: .7rem 1rem .3rem; }
th { text-align: left; font-weight: 600; font-size: .85rem; color: var(--soft); }
th, td { padding: .45rem .65rem; border-top: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
td.wide { white-space: normal; min-width: 11rem; }
th:first-child, td:first-child { padding-left: 1rem; } th:last-child, td:last-child { padding-right: 1rem; }
tbody tr:hover { background: var(--hover); }
.number { text-align: right; font-variant-numeric: tabular-nums; }
tfoot td, tfoot th { border-top: 1px solid var(--line); font-weight: 400; color: var(--ink); font-size: 1rem; }
tfoot tr:last-child > * { font-weight: 650; }
.badge { display: inline-block; padding: 0 .55rem; border-radius: 1rem; font-size: .85rem; line-height: 1.5rem; }
.good { color: var(--good); background: var(--good-bg); } .bad { color: var(--bad); background: var(--bad-bg); }
.busy { color: var(--busy); background: var(--busy-bg); } .quiet { color: var(--quiet); background: var(--quiet-bg); }
dl.facts { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: .9rem 1.5rem; margin: 0; }
dl.facts dt { color: var(--soft); font-size: .85rem; } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
details summary { cursor: pointer; font-weight: 650; padding: .9rem 1.25rem; } details dl { padding: .3rem 1.25rem 1.1rem; }
.tools { display: flex; flex-wrap: wrap; gap: .6rem; align-items: end; margin: 0 0 .8rem; } .tools:last-child { margin-bottom: 0; }
.field { display: grid; gap: .2rem; } label { font-size: .85rem; color: var(--soft); }
input, select { font: inherit; color: var(--ink); background: var(--sheet); border: 1px solid var(--soft); border-radius: 6px; padding: 0 .6rem; height: 2.3rem; min-width: 9rem; }
input[type="number"] { min-width: 0; width: 6.5rem; }
button { font: inherit; font-weight: 600; border: 1px solid var(--accent); background: var(--accent); color: var(--accent-ink); border-radius: 6px; padding: 0 .9rem; height: 2.3rem; cursor: pointer; }
button.plain { background: transparent; color: var(--accent); } button.danger { background: transparent; border-color: var(--bad); color: var(--bad); }
code { font: .9em ui-monospace, "SF Mono", Consolas, monospace; }
.pages { display: flex; gap: 1rem; align-items: center; margin-top: .8rem; color: var(--soft); }
.crumb { color: var(--soft); margin: 0 0 .4rem; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); gap: .8rem; list-style: none; margin: 0; padding: 0; }
.cards a { display: block; height: 100%; padding: .9rem 1.1rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 10px; text-decoration: none; color: var(--ink); }
.cards a:hover { border-color: var(--accent); } .cards strong { display: block; font-size: 1.5rem; font-weight: 650; font-variant-numeric: tabular-nums; }
.note { min-height: 1.5rem; margin: 0; color: var(--soft); }
.empty { padding: 1.2rem; color: var(--soft); margin: 0; }
@media (max-width: 52rem) { .frame { grid-template-columns: minmax(0, 1fr); gap: 1rem; padding: 1rem; } }
`;
