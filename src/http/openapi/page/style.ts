/** The page's look: one column to read, one to find one's way, light or dark as the reader has it. */
export const style: string = `
:root {
  --paper: #fcfcfa; --raised: #ffffff; --ink: #1d2129; --soft: #5c6470; --line: #e3e4e0; --accent: #1f5fbf; --wash: #f2f2ee;
  --get: #1a6e4a; --post: #1f5fbf; --put: #7a4fb5; --patch: #96610a; --delete: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14161a; --raised: #1b1e24; --ink: #e6e7ea; --soft: #9aa2ae; --line: #2c3038; --accent: #82b1ff; --wash: #22262d;
    --get: #6fd3a3; --post: #82b1ff; --put: #c4a4f5; --patch: #f0bd66; --delete: #ff8f85;
  }
}
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1.5rem; }
body { margin: 0; display: grid; grid-template-columns: 19rem minmax(0, 1fr); background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif; }
code, pre, textarea, nav a span, .type { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: .88em; }
a { color: var(--accent); text-decoration: none; }
a:hover { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: 1rem; z-index: 1; background: var(--raised); padding: .5rem 1rem; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.75rem 1.25rem 3rem; border-right: 1px solid var(--line); background: var(--raised); }
.brand { margin: 0 0 1.5rem; font-weight: 650; font-size: 1.05rem; letter-spacing: -.01em; }
.brand span { margin-left: .5rem; color: var(--soft); font-weight: 400; font-size: .8rem; }
nav h2 { margin: 1.4rem 0 .35rem; font-size: .74rem; font-weight: 600; letter-spacing: .07em; text-transform: uppercase; color: var(--soft); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav a { display: flex; align-items: baseline; gap: .55rem; padding: .2rem .4rem; margin: 0 -.4rem; border-radius: 5px; color: var(--ink); }
nav a:hover { background: var(--wash); text-decoration: none; }
nav a span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
b.get, b.post, b.put, b.patch, b.delete { flex: none; width: 3.4rem; font: 650 .68rem/1.6 ui-monospace, Menlo, Consolas, monospace; letter-spacing: .03em; text-transform: uppercase; }
b.get { color: var(--get); } b.post { color: var(--post); } b.put { color: var(--put); } b.patch { color: var(--patch); } b.delete { color: var(--delete); }
main { padding: 3rem clamp(1.25rem, 5vw, 4.5rem) 6rem; max-width: 62rem; }
h1 { margin: 0; font-size: 2rem; line-height: 1.2; letter-spacing: -.022em; }
.lead { color: var(--soft); font-size: 1.08rem; max-width: 40rem; }
.group { margin-top: 3.25rem; }
.group > h2 { margin: 0 0 1rem; font-size: 1.3rem; letter-spacing: -.012em; text-transform: capitalize; }
article { margin: 0 0 1.1rem; padding: 1.15rem 1.4rem 1.25rem; background: var(--raised); border: 1px solid var(--line); border-radius: 10px; }
article:target { border-color: var(--accent); }
h3 { display: flex; align-items: center; gap: .7rem; margin: 0; font-size: 1rem; font-weight: 600; }
h3 code { font-size: .98rem; font-weight: 600; overflow-wrap: anywhere; }
h3 b.get, h3 b.post, h3 b.put, h3 b.patch, h3 b.delete { width: auto; padding: .18rem .55rem; border: 1px solid currentColor; border-radius: 99px; }
article > p { margin: .5rem 0 0; max-width: 46rem; }
h4 { margin: 1.15rem 0 .3rem; font-size: .78rem; font-weight: 600; color: var(--soft); }
table { width: 100%; border-collapse: collapse; font-size: .92rem; }
th, td { padding: .42rem .9rem .42rem 0; border-top: 1px solid var(--line); text-align: left; vertical-align: top; font-weight: 400; }
tr:first-child > * { border-top: 0; }
th { width: 11rem; }
td:nth-child(2):not(:last-child) { width: 12rem; }
th i { color: var(--delete); font-style: normal; margin-left: .15rem; }
.type { color: var(--soft); } .type em { font-style: normal; opacity: .8; }
tr.good th code { color: var(--get); }
p code, td code { background: var(--wash); padding: .08em .32em; border-radius: 4px; }
th code { background: none; padding: 0; }
details { margin-top: .9rem; }
summary { cursor: pointer; color: var(--accent); font-size: .92rem; width: fit-content; }
.try { border-top: 1px solid var(--line); margin-top: 1.15rem; padding-top: .8rem; }
.inputs { display: grid; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); gap: .7rem; margin: .8rem 0; }
label { display: grid; gap: .2rem; font-size: .82rem; color: var(--soft); }
.wide { grid-column: 1 / -1; }
input, textarea { width: 100%; padding: .45rem .6rem; color: var(--ink); background: var(--paper); border: 1px solid var(--line); border-radius: 6px; font-size: .88rem; }
input { font-family: inherit; }
button { padding: .45rem 1.1rem; border: 0; border-radius: 6px; background: var(--accent); color: var(--paper); font: inherit; font-weight: 600; cursor: pointer; }
pre { margin: .9rem 0 0; padding: .9rem 1rem; max-height: 26rem; overflow: auto; background: var(--wash); border-radius: 8px; }
@media (max-width: 52rem) {
  body { display: block; }
  nav { position: static; height: auto; max-height: 40vh; border-right: 0; border-bottom: 1px solid var(--line); }
  main { padding-top: 2rem; }
  tr { display: block; padding: .4rem 0; border-top: 1px solid var(--line); }
  th, td, td:nth-child(2):not(:last-child) { display: block; width: auto; border: 0; padding: .1rem 0; }
}
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
@media print { nav, .try { display: none; } body { display: block; } }
`;
